"""The security levels a person may choose.

Source: the sign-up guide, step 1.3 (« choix d'un niveau de sécurité … parmi ceux proposés sur la liste déroulante »).
What each one asks at sign-in belongs to the authentication room.
"""

from enum import Enum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(str, Enum):
    """The value is public: forms, stored accounts and tests know it."""

    PASSWORD = "password"  # noqa: S105 : the name of a level
    SMS = "sms"
    TOTP = "totp"
    PASSKEY = "passkey"
    CERTIFICATE = "certificate"

    @property
    def label(self) -> Promise:
        return LABELS[self]


LABELS: dict[Level, Promise] = {
    Level.PASSWORD: _("Mot de passe"),
    Level.SMS: _("Mot de passe et jeton SMS"),
    Level.TOTP: _("Mot de passe et application d’authentification"),
    Level.PASSKEY: _("Clé d’accès (sans mot de passe, recommandé)"),
    Level.CERTIFICATE: _("Certificat électronique"),
}


def offered() -> list[Level]:
    """The levels configured on this site, weakest first whatever the operator's order."""
    return [level for level in Level if level.value in settings.PASSAVANT.levels]
