"""The code received."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passavant.foundation.onetime.rules import CODE_DIGITS
from passavant.foundation.ui.forms import Form

TYPED = 32  # characters; room for blanks, and for a code pasted twice


class CodeInput(forms.TextInput):
    """Never written back into a page."""

    def format_value(self, value: Any) -> None:
        return None


class CodeForm(Form):
    """Six digits; blanks, dots and hyphens are forgiven."""

    code = forms.CharField(
        label=gettext_lazy("Code à 6 chiffres"),
        error_messages={"required": gettext_lazy("Saisissez le code à 6 chiffres.")},
        widget=CodeInput(attrs={"autocomplete": "one-time-code", "maxlength": TYPED}),
    )

    def clean_code(self) -> str:
        code = "".join(c for c in self.cleaned_data["code"] if not c.isspace() and c not in ".-")
        if not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(_("Le code ne contient que des chiffres."))
        missing = CODE_DIGITS - len(code)
        if missing > 0:
            raise forms.ValidationError(_("Le code comporte 6 chiffres : il en manque %(n)d.") % {"n": missing})
        if missing < 0:
            raise forms.ValidationError(_("Le code comporte 6 chiffres : il y en a %(n)d de trop.") % {"n": -missing})
        return code
