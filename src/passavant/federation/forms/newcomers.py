"""What a newcomer confirms: an address, then a name and the terms."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passavant.accounts.rules import terms
from passavant.accounts.rules.newcomers import Newcomer
from passavant.federation.models import Arrival
from passavant.foundation.ui.fields import CodeField, CompanyNumberField, EmailField, NamesForm
from passavant.foundation.ui.forms import Form
from passavant.foundation.values import Email


class AddressForm(Form):
    """The address to prove; the portal's own is proposed."""

    email = EmailField(
        label=_("Adresse électronique"),
        error_messages={"required": _("Saisissez votre adresse électronique.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AddressCodeForm(Form):
    """The code sent to it."""

    code = CodeField()


class NewcomerForm(NamesForm):
    """What the portal told is proposed; the person has the last word on it."""

    marks = "asterisk"
    groups = (
        (_("Votre identité"), ("last_name", "first_name", "no_first_name")),
        (_("Votre entreprise"), ("company_number",)),
    )

    company_number = CompanyNumberField(
        label=_("Numéro SIREN ou SIRET"),
        required=False,
        help_text=_("9 chiffres (SIREN) ou 14 chiffres (SIRET). Les espaces sont acceptés."),
    )
    terms = forms.BooleanField(
        label=_("J’accepte les conditions générales d’utilisation"),
        error_messages={"required": _("Acceptez les conditions générales d’utilisation pour créer votre compte.")},
    )

    def __init__(self, arrival: Arrival, data: Any = None) -> None:
        told = arrival.told
        kept = {name: getattr(told, name) for name in ("last_name", "first_name", "company_number")}
        super().__init__(data, initial=kept)
        self.arrival = arrival
        self.fields["terms"].help_text = format_html(
            '<a href="{}">{}</a>', reverse_lazy("portal:terms"), _("Lire les conditions générales d’utilisation")
        )

    def newcomer(self) -> Newcomer:
        answered = self.cleaned_data
        return Newcomer(
            email=Email.parse(self.arrival.email),
            portal=self.arrival.provider,
            last_name=answered["last_name"],
            first_name=answered["first_name"],
            company_number=answered["company_number"],
            language=get_language() or "fr",
            terms_version=terms.VERSION,
        )
