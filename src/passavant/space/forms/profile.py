"""What a person may change about oneself, filled in with what is known."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from passavant.accounts.actions.outcomes import Refused
from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.accounts.rules.registrations import Profile
from passavant.foundation.ui.fields import CompanyNumberField, Lines, NamesForm, PhoneField, texted
from passavant.foundation.values import Phone
from passavant.space.forms.credentials import wrong_password
from passavant.space.forms.fields import CurrentPasswordField

ADDRESS = 500  # characters
MOBILE_NEEDED = _("Saisissez un numéro de téléphone portable : le jeton SMS y sera envoyé.")


class ProfileForm(NamesForm):
    """Changing the mobile, which receives sign-in codes, asks the current password; nothing else does."""

    groups = (
        (_("Votre identité"), ("last_name", "first_name", "no_first_name")),
        (_("Vos téléphones"), ("mobile", "current", "phone")),
        (_("Votre entreprise"), ("company_number", "address")),
        (_("Votre langue"), ("language",)),
    )

    mobile = PhoneField(
        label=_("Téléphone portable"),
        required=False,
        help_text=_("Un SMS peut y être envoyé. Exemple : 06 39 98 12 34 ou +32 470 12 34 56"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    current = CurrentPasswordField(
        label=_("Mot de passe actuel"),
        required=False,
        help_text=_("Seulement si vous changez de téléphone portable : nous vérifions que c’est bien vous."),
    )
    phone = PhoneField(
        label=_("Téléphone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "work tel"}),
    )
    company_number = CompanyNumberField(
        label=_("Numéro SIREN ou SIRET"),
        required=False,
        help_text=_("9 chiffres (SIREN) ou 14 chiffres (SIRET). Les espaces sont acceptés."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    address = Lines(
        label=_("Adresse professionnelle"),
        required=False,
        longest=ADDRESS,
        widget=forms.Textarea(attrs={"autocomplete": "street-address"}),
    )
    language = forms.ChoiceField(
        label=_("Langue des pages et des messages"),
        choices=settings.LANGUAGES,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choisissez une langue.")),
    )

    def __init__(self, account: Account, data: Any = None, *, before: Mapping[str, Any] | None = None) -> None:
        """`before`: what had been typed when its person was asked to confirm who they are."""
        super().__init__(data, initial=answers(account) | dict(before or {}))
        self.account = account

    def clean_mobile(self) -> Phone | None:
        mobile: Phone | None = self.cleaned_data["mobile"]
        if mobile is None and self.account.level == Level.SMS.value:
            raise forms.ValidationError(MOBILE_NEEDED)
        return texted(mobile) if mobile and mobile.e164 != self.account.mobile else mobile

    def clean(self) -> dict[str, Any]:
        answered = super().clean()
        if "mobile" in answered and self.another_mobile() and not answered.get("current"):
            told = _("Saisissez votre mot de passe actuel pour changer de téléphone portable.")
            self.add_error("current", told)
        return answered

    def another_mobile(self) -> bool:
        """Whether the mobile answered is not the account's."""
        mobile: Phone | None = self.cleaned_data["mobile"]
        return (mobile.e164 if mobile else "") != self.account.mobile

    def answer(self, refused: Refused) -> None:
        """Say beside the right field why nothing changed."""
        if refused.why == "mobile":
            self.add_error("mobile", MOBILE_NEEDED)
        else:
            self.add_error("current", wrong_password(refused))

    def profile(self) -> Profile:
        kept = ("last_name", "first_name", "mobile", "phone", "company_number", "address", "language")
        return Profile(**{name: self.cleaned_data[name] for name in kept})


def answers(account: Account) -> dict[str, Any]:
    """The profile as the form is filled in."""
    profile = Profile.from_columns({name: getattr(account, name) for name in Profile.__dataclass_fields__})
    return {
        "last_name": profile.last_name,
        "first_name": profile.first_name,
        "no_first_name": not profile.first_name,
        "mobile": profile.mobile.spaced if profile.mobile else "",
        "phone": profile.phone.spaced if profile.phone else "",
        "company_number": profile.company_number.spaced if profile.company_number else "",
        "address": profile.address,
        "language": profile.language,
    }
