"""What is typed by who forgot a password. Source: the procedure of June 2022, screen by screen."""

from typing import Any
from unicodedata import normalize

from django import forms
from django.utils.translation import gettext_lazy as _

from passavant.accounts.actions.outcomes import Refused
from passavant.accounts.rules.passwords import shown
from passavant.foundation.ui.fields import EmailField, NewPasswordField
from passavant.foundation.ui.forms import Form

CHOOSE = _("Choisissez « Identifiant » ou « Courriel ».")


class ForgottenForm(Form):
    """One of two ways to say who one is; what is typed under the other does not count."""

    reveals = {"by": {"identifier": ("identifier",), "email": ("email",)}}

    by = forms.ChoiceField(
        label=_("Choisissez un des éléments pour réinitialiser votre mot de passe"),
        choices=(("identifier", _("Identifiant")), ("email", _("Courriel"))),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.RadioSelect,
    )
    identifier = forms.CharField(
        label=_("Identifiant"),
        error_messages={"required": _("Saisissez votre identifiant.")},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    email = EmailField(
        label=_("Courrier électronique"),
        help_text=_("exemple : nom@moncourriel.fr"),
        error_messages={"required": _("Saisissez votre adresse électronique.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        for name in {"identifier", "email"} - {self.cleaned_data.get("by")}:
            self.errors.pop(name, None)
        return self.cleaned_data

    def login(self) -> str:
        """The identifier, or the address, as `Account.objects.by_login` reads it."""
        typed = self.cleaned_data
        return str(typed["email"].address if typed["by"] == "email" else typed["identifier"])


class ResetForm(Form):
    """The identifier, and the new password twice."""

    marks = "asterisk"

    identifier = forms.CharField(
        label=_("Identifiant"),
        help_text=_(
            "exemple : nom@moncourriel.fr. L’identifiant est votre courriel "
            "si votre compte vient de Portailpro.gouv.fr."
        ),
        error_messages={"required": _("Saisissez votre identifiant.")},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = NewPasswordField(label=_("Mot de passe"), rules=shown())
    confirmation = forms.CharField(
        label=_("Confirmer le mot de passe"),
        strip=False,
        error_messages={"required": _("Saisissez de nouveau le mot de passe.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        typed = [self.cleaned_data.get(name) for name in ("password", "confirmation")]
        first, second = (normalize("NFC", text or "") for text in typed)
        if all(typed) and first != second:
            self.add_error("confirmation", _("Les deux mots de passe sont différents. Saisissez-les de nouveau."))
        return self.cleaned_data

    def answer(self, refused: Refused) -> None:
        """Say beside the right field why nothing changed."""
        if refused.why == "weak":
            self.add_error("password", str(refused.faults[0].message))
            return
        told = _("Cet identifiant ne correspond pas au lien reçu. Saisissez celui du compte à réinitialiser.")
        self.add_error("identifier", told)
