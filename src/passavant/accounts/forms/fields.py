"""The identifier a person chooses, or a sentence that says what to do."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from passavant.foundation.values import Identifier, NotAnIdentifier


class IdentifierField(forms.Field):
    """An `Identifier`."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Identifier | None:
        try:
            return Identifier.parse(str(value)) if str(value or "").strip() else None
        except NotAnIdentifier as error:
            shown = " ".join(c if c.isprintable() and c != " " else f"U+{ord(c):04X}" for c in error.chars)
            raise ValidationError(IDENTIFIER_FAULTS[error.reason], params={"chars": shown}) from None


IDENTIFIER_FAULTS = {
    "short": _("L’identifiant doit comporter au moins 6 caractères."),
    "long": _("L’identifiant doit comporter 30 caractères au maximum."),
    "chars": _(
        "L’identifiant ne peut contenir que des lettres sans accent, des chiffres, un point, un tiret "
        "ou un tiret bas. Retirez : %(chars)s."
    ),
}
