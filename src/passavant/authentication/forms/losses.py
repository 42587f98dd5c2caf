"""What is typed by who lost everything."""

from django import forms
from django.utils.translation import gettext_lazy as _

from passavant.foundation.ui.forms import Form


class LossForm(Form):
    login = forms.CharField(
        label=_("Identifiant ou adresse électronique"),
        max_length=254,
        error_messages={"required": _("Saisissez votre identifiant ou votre adresse électronique.")},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
