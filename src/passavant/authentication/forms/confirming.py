"""The password, asked again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from passavant.authentication.forms.sign_in import AsTyped
from passavant.foundation.ui.forms import Form


class ConfirmForm(Form):
    """Never given back to a page."""

    password = AsTyped(
        label=_("Mot de passe"),
        strip=False,
        error_messages={"required": _("Saisissez votre mot de passe.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
