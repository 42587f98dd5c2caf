"""The code received."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passavant.authentication.rules import recovery
from passavant.foundation.ui.fields import TYPED, CodeField, CodeInput
from passavant.foundation.ui.forms import TYPED_AS_IS, Form


class CodeForm(Form):
    """Six digits."""

    code = CodeField()


class RecoveryForm(Form):
    """Letters and digits; hyphens, blanks and small letters are forgiven."""

    code = forms.CharField(
        label=gettext_lazy("Code de secours"),
        help_text=gettext_lazy("15 lettres et chiffres, avec ou sans tirets."),
        error_messages={"required": gettext_lazy("Saisissez un de vos codes de secours.")},
        widget=CodeInput(attrs={"autocomplete": "off", "maxlength": TYPED, **TYPED_AS_IS}),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not recovery.is_one(code):
            raise forms.ValidationError(_("Un code de secours comporte 15 lettres et chiffres. Vérifiez votre saisie."))
        return code
