"""What a page says after a success: the address carries a word, this table holds the sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DONE = "fait"  # the query parameter: ?fait=profil

NOTICES: dict[str, Promise] = {
    "profil": _("Votre profil est à jour."),
    "mot-de-passe": _("Votre mot de passe est changé. Vos autres sessions sont fermées."),
    "adresse": _("Le changement est annulé. Votre adresse électronique reste la même."),
    "rattachement": _("Ce portail n’ouvre plus votre compte."),
    "certificat": _("Le certificat est ajouté. Vos autres sessions sont fermées."),
    "cle": _("La clé d’accès est ajoutée. Vos autres sessions sont fermées."),
    "application": _("Votre application d’authentification est ajoutée. Vos autres sessions sont fermées."),
    "niveau": _("Votre niveau de sécurité est changé. Vos autres sessions sont fermées."),
    "niveau-demande": _("Votre demande est enregistrée. Nous vous en prévenons par courriel."),
    "niveau-garde": _("Votre niveau de sécurité reste le même."),
    "renomme": _("Le moyen de connexion porte son nouveau nom."),
    "retire": _("Le moyen de connexion est retiré. Vos autres sessions sont fermées."),
    "appareil": _("Un code sera de nouveau demandé sur cet appareil."),
    "session": _("La session est fermée."),
    "sessions": _("Toutes les autres sessions sont fermées."),
}
