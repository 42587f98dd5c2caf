"""A form with every kind of field."""

from typing import ClassVar

from django import forms

from passavant.foundation.ui.forms import Form


class Sample(Form):
    marks = "asterisk"
    groups = (
        ("Vos identifiants", ("identifier", "password")),
        ("Votre identité", ("last_name", "first_name", "email")),
    )
    reveals: ClassVar = {"by": {"mail": ("other_mail",)}}

    identifier = forms.CharField(
        label="Identifiant",
        help_text="6 à 30 caractères",
        min_length=6,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Choisissez un identifiant."},
    )
    email = forms.EmailField(
        label="Adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "work email"}),
        error_messages={"required": "Saisissez votre adresse."},
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Saisissez un mot de passe."},
    )
    last_name = forms.CharField(
        label="Nom",
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Saisissez votre nom."},
    )
    first_name = forms.CharField(
        label="Prénom",
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Saisissez votre prénom."},
    )
    level = forms.ChoiceField(
        label="Niveau",
        choices=[("", "Sélectionner"), ("sms", "SMS")],
        error_messages={"required": "Choisissez un niveau."},
    )
    by = forms.ChoiceField(
        label="Par quel moyen",
        choices=[("id", "Identifiant"), ("mail", "Courriel")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez « Identifiant » ou « Courriel »."},
    )
    other_mail = forms.CharField(label="Courrier électronique", required=False)
    address = forms.CharField(
        label="Adresse", required=False, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "work street-address"})
    )
    code = forms.CharField(
        label="Code", required=False, widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "maxlength": 32})
    )
    terms = forms.BooleanField(label="J’accepte", error_messages={"required": "Acceptez pour continuer."})
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].rules = [("length:8", "8 caractères minimum"), ("lower", "1 minuscule")]
