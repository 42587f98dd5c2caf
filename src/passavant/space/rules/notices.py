"""What a page says after a success: the address carries a word, this table holds the sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DONE = "fait"  # the query parameter: ?fait=profil

NOTICES: dict[str, Promise] = {
    "profil": _("Votre profil est à jour."),
    "mot-de-passe": _("Votre mot de passe est changé. Vos autres sessions sont fermées."),
    "adresse": _("Le changement est annulé. Votre adresse électronique reste la même."),
    "rattachement": _("Ce portail n’ouvre plus votre compte."),
    "session": _("La session est fermée."),
    "sessions": _("Toutes les autres sessions sont fermées."),
}
