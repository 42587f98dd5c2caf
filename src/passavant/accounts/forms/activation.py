"""What is typed on the activation page, and to obtain another link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from passavant.foundation.ui.forms import Form


class ActivationForm(Form):
    """Source: the guide, step 1.7 (« remplir les deux rubriques »)."""

    identifier = forms.CharField(
        label=_("Identifiant"),
        error_messages={"required": _("Saisissez votre identifiant.")},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        error_messages={"required": _("Saisissez votre mot de passe.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ResendForm(Form):
    login = forms.CharField(
        label=_("Identifiant ou adresse électronique"),
        error_messages={"required": _("Saisissez votre identifiant ou votre adresse électronique.")},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
