"""Identifier and password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passavant.authentication.actions.sign_in import Credentials
from passavant.foundation.ui.forms import Form


class AsTyped(forms.CharField):
    """Looked for, never judged: whatever was typed gets the same answer as an unknown name."""

    def run_validators(self, value: Any) -> None:
        return


class SignInForm(Form):
    """The guide marks both fields « (obligatoire) »."""

    marks = "word"
    blank_is_fixed = True

    identifier = AsTyped(
        label=_("Identifiant"),
        help_text=_("Votre identifiant ou votre adresse électronique"),
        error_messages={"required": _("Saisissez votre identifiant ou votre adresse électronique.")},
        widget=forms.TextInput(attrs={"autocomplete": "username webauthn"}),
    )
    password = AsTyped(
        label=_("Mot de passe"),
        strip=False,
        error_messages={"required": _("Saisissez votre mot de passe.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = AsTyped(required=False, widget=forms.HiddenInput)

    def credentials(self, wanted: str) -> Credentials:
        """What was typed, and where the person was going."""
        return Credentials(self.cleaned_data["identifier"], self.cleaned_data["password"], wanted)
