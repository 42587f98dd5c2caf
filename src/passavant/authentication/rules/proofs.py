"""What a sign-in proved, in words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# By amr value; those that say no more than the others ("mfa", "user") have no word.
WORDS: dict[str, Promise] = {
    "pwd": gettext_lazy("mot de passe"),
    "sms": gettext_lazy("code reçu par SMS"),
    "otp": gettext_lazy("code à usage unique"),
    "hwk": gettext_lazy("clé d’accès"),
    "swk": gettext_lazy("clé d’accès"),
    "sc": gettext_lazy("certificat électronique"),
}


def proofs(methods: Iterable[str], portal: str = "") -> list[str]:
    """In the language in force, in order; first the portal, as people call it, where its person came through one."""
    first = [_("compte %(portal)s") % {"portal": portal}] if portal else []
    return [*first, *(str(WORDS[method]) for method in methods if method in WORDS)]
