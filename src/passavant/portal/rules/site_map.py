"""The map of the site: every page one may ask for by its address, but for those a procedure leads to."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Page = tuple[Promise, str]  # label, name of the URL

SECTIONS: tuple[tuple[Promise, tuple[Page, ...]], ...] = (
    (
        _("Le portail"),
        ((_("Accueil"), "portal:home"), (_("Plan du site"), "portal:sitemap")),
    ),
    (
        _("Mon compte"),
        (
            (_("S’inscrire"), "accounts:sign_up"),
            (_("Recevoir un nouveau lien d’activation"), "accounts:resend"),
            (_("Se connecter"), "authentication:sign_in"),
        ),
    ),
    (
        _("Mon espace personnel"),
        (
            (_("Tableau de bord"), "space:home"),
            (_("Mon profil"), "space:profile"),
            (_("Mon adresse électronique"), "space:email"),
            (_("Mon mot de passe"), "space:password"),
            (_("Sessions ouvertes"), "space:sessions"),
            (_("Historique d’activité"), "space:activity"),
            (_("Mes données"), "space:data"),
            (_("Fermer mon compte"), "space:close"),
        ),
    ),
    (
        _("À propos de ce site"),
        (
            (_("Accessibilité : non conforme"), "portal:accessibility"),
            (_("Conditions générales d’utilisation"), "portal:terms"),
            (_("Données personnelles"), "portal:privacy"),
            (_("Mentions légales"), "portal:legal"),
        ),
    ),
)
