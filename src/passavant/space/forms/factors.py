"""How a person calls a way to sign in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from passavant.foundation.ui.fields import Line
from passavant.foundation.ui.forms import Form

LONGEST = 60  # characters


class FactorForm(Form):
    """Its name."""

    name = Line(
        label=_("Nom du moyen de connexion"),
        longest=LONGEST,
        help_text=_("Exemple : téléphone du bureau"),
        error_messages={"required": _("Saisissez un nom.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
