"""How a person calls a passkey."""

from django import forms
from django.utils.translation import gettext_lazy as _

from passavant.authentication.rules.passkeys import NAME_LENGTH
from passavant.foundation.ui.forms import Form


class PasskeyForm(Form):
    """Its name; without one, it has that of its maker or of the device."""

    marks = "word"  # one field, and it may be left out: no rule to tell

    name = forms.CharField(
        label=_("Nom de la clé"),
        help_text=_("Exemple : ordinateur du bureau"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
