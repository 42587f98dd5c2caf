"""The code received."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from passavant.authentication.rules import recovery
from passavant.foundation.ui.fields import TYPED, CodeField, CodeInput
from passavant.foundation.ui.forms import TYPED_AS_IS, Form


class CodeForm(Form):
    """Six digits; and, where this browser may be trusted for so many `days`, whether it is."""

    code = CodeField()
    remember = forms.BooleanField(
        required=False, help_text=gettext_lazy("Ne cochez pas cette case sur un appareil partagé.")
    )

    def __init__(self, *args: Any, days: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = ngettext(
            "Ne plus demander de code sur cet appareil pendant %(n)d jour",
            "Ne plus demander de code sur cet appareil pendant %(n)d jours",
            days,
        )
        if days:
            self.fields["remember"].label = label % {"n": days}
        else:
            del self.fields["remember"]


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
