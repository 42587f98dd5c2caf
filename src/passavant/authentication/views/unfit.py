"""Why a certificate is refused, in words: (title, body). The word of each stands in the address of the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passavant.authentication.rules.certificates import MOST, Fault

ANOTHER = _("Utilisez un autre certificat, ou un autre moyen de connexion.")
WORDS: dict[Fault, str] = {
    "none": "aucun",
    "malformed": "illisible",
    "early": "trop-tot",
    "expired": "expire",
    "issuer": "autorite",
    "chain": "autorite",
    "revoked": "revoque",
    "list": "liste",
    "usage": "usage",
    "key": "cle",
    "ticket": "ticket",
    "unknown": "inconnu",
    "namesake": "inconnu",
    "mismatch": "inconnu",
    "account": "autre-compte",
    "disabled": "compte",
    "known": "deja",
    "many": "trop",
}
TOLD: dict[str, tuple[Promise, Promise]] = {
    "aucun": (
        _("Votre navigateur n’a présenté aucun certificat."),
        _("Branchez votre carte ou votre clé USB, fermez toutes les fenêtres du navigateur, puis réessayez."),
    ),
    "illisible": (_("Ce certificat n’a pas pu être lu."), ANOTHER),
    "trop-tot": (
        _("Ce certificat n’est pas encore valable."),
        _("Attendez la date de début qui y est écrite, ou utilisez un autre moyen de connexion."),
    ),
    "expire": (
        _("Ce certificat a expiré."),
        _("Renouvelez-le auprès de l’organisme qui l’a délivré. En attendant, utilisez un autre moyen de connexion."),
    ),
    "autorite": (_("Ce certificat n’a pas été délivré par un organisme reconnu sur ce portail."), ANOTHER),
    "revoque": (
        _("Ce certificat a été révoqué."),
        _("Demandez-en un nouveau à l’organisme qui l’a délivré. En attendant, utilisez un autre moyen de connexion."),
    ),
    "liste": (
        _("Nous ne pouvons pas vérifier ce certificat pour le moment."),
        _("Ce n’est pas de votre fait. Réessayez plus tard, ou utilisez un autre moyen de connexion."),
    ),
    "usage": (_("Ce certificat n’est pas prévu pour s’authentifier."), ANOTHER),
    "cle": (_("La clé de ce certificat n’est plus assez sûre."), ANOTHER),
    "ticket": (
        _("La vérification de votre certificat n’a pas abouti à temps."),
        _("Recommencez dans cette fenêtre."),
    ),
    "inconnu": (
        _("Ce certificat n’est rattaché à aucun compte."),
        _("Connectez-vous autrement, puis ajoutez-le dans « Sécurité »."),
    ),
    "autre-compte": (_("Ce certificat est celui d’un autre compte."), ANOTHER),
    "compte": (_("Ce compte est désactivé."), _("Contactez l’assistance pour le rouvrir.")),
    "deja": (_("Ce certificat est déjà rattaché à un compte."), _("Chaque certificat ne sert qu’à un seul compte.")),
    "trop": (_("Vous avez déjà %(n)d certificats."), _("Retirez-en un avant d’en ajouter un autre.")),
    "limite": (_("Trop de demandes"), _("Réessayez dans une minute.")),
}


def told(word: str) -> tuple[str, str] | None:
    """What the page says at the return; nothing for a word that is none of ours."""
    if word not in TOLD:
        return None
    title, body = TOLD[word]
    return str(title) % {"n": MOST} if word == "trop" else str(title), str(body)
