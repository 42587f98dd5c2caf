"""The sign-up form. Labels are a contract; sentences are those of the house's wording."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passavant.accounts.forms.email import EmailForm
from passavant.accounts.forms.fields import IdentifierField
from passavant.accounts.rules import terms
from passavant.accounts.rules.levels import Level, offered
from passavant.accounts.rules.passwords import faults, shown
from passavant.accounts.rules.registrations import Profile, Registration
from passavant.foundation.ui.fields import (
    CompanyNumberField,
    Lines,
    MobileField,
    NamesForm,
    NewPasswordField,
    PhoneField,
)
from passavant.foundation.values import Identifier

ADDRESS = 500  # characters
LEVEL_REQUIRED = _("Choisissez un niveau de sécurité.")
CONSTRAINTS = _("Les contraintes choisies seront appliquées à chaque accès à votre espace personnel.")
KEEP_PASSWORD = _("Laissez ce champ vide pour garder le mot de passe déjà choisi.")
MANAGER = _("Un gestionnaire de mots de passe peut le créer et le retenir pour vous. Le copier-coller est possible.")


class SignUpForm(NamesForm, EmailForm):
    """Source: the guide, step 1.3. With a `draft`, its answers come back, and its password may be kept."""

    marks = "asterisk"
    blank_is_fixed = True
    groups = (
        (_("Vos identifiants"), ("identifier", "password", "level")),
        (_("Votre identité"), ("last_name", "first_name", "no_first_name", "email", "mobile", "phone")),
        (_("Votre entreprise"), ("company_number", "address")),
    )

    identifier = IdentifierField(
        label=_("Identifiant"),
        help_text=_(
            "6 à 30 caractères : lettres sans accent, chiffres, point, tiret ou tiret bas. "
            "Il vous servira à vous connecter."
        ),
        error_messages={"required": _("Choisissez un identifiant.")},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = NewPasswordField(label=_("Mot de passe"), help_text=MANAGER, rules=shown())
    level = forms.ChoiceField(
        label=_("Niveau de sécurité pour l’accès au compte"),
        error_messages={"required": LEVEL_REQUIRED, "invalid_choice": LEVEL_REQUIRED},
    )
    mobile = MobileField(
        label=_("Téléphone portable"),
        required=False,
        help_text=_("Indispensable si vous choisissez le jeton SMS. Exemple : 06 39 98 12 34 ou +32 470 12 34 56"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    phone = PhoneField(
        label=_("Téléphone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "work tel"}),
    )
    company_number = CompanyNumberField(
        label=_("Numéro SIREN ou SIRET"),
        required=False,
        help_text=_(
            "9 chiffres (SIREN) ou 14 chiffres (SIRET). Les espaces sont acceptés. Particulièrement utile si vous "
            "ouvrez le compte en tant que représentant légal ou employé d’une entreprise (ou d’un établissement)."
        ),
    )
    address = Lines(
        label=_("Adresse professionnelle"),
        required=False,
        longest=ADDRESS,
        widget=forms.Textarea(attrs={"autocomplete": "street-address"}),
    )
    terms = forms.BooleanField(
        label=_("J’accepte les conditions générales d’utilisation"),
        error_messages={"required": _("Acceptez les conditions générales d’utilisation pour créer votre compte.")},
    )

    def __init__(self, data: Any = None, *, draft: Registration | None = None) -> None:
        super().__init__(data, initial=answers(draft) if draft else None)
        empty = ("", _("Sélectionner un niveau"))
        levels = [(level.value, level.label) for level in offered()]
        self.fields["level"].choices = [empty, *levels]  # type: ignore[attr-defined]
        self.fields["level"].help_text = format_html(
            '{} <a href="{}">{}</a>', CONSTRAINTS, reverse_lazy("accounts:choosing"), _("M’aider à choisir")
        )
        self.fields["terms"].help_text = format_html(
            '<a href="{}">{}</a>', reverse_lazy("portal:terms"), _("Lire les conditions générales d’utilisation")
        )
        if draft:
            self.questioned = draft.email.address
            self.fields["password"].required = False
            self.fields["password"].help_text = KEEP_PASSWORD

    def clean(self) -> dict[str, Any]:
        answered = super().clean()
        if answered.get("level") == Level.SMS.value and "mobile" in answered and not answered["mobile"]:
            self.add_error("mobile", _("Saisissez un numéro de téléphone portable : le jeton SMS y sera envoyé."))
        if password := answered.get("password"):
            strong = answered.get("level") not in {None, Level.PASSWORD.value}
            for fault in faults(password, about=self._about(), second_factor=strong)[:1]:
                self.add_error("password", ValidationError(str(fault.message), code=fault.code))
        return answered

    def wanted(self) -> Identifier | None:
        """What was asked for, if it may be an identifier at all."""
        return self.cleaned_data.get("identifier")

    def registration(self, draft: Registration | None, encoded: str) -> Registration:
        """The answers, with the hash of the password; of one draft, it stays the same registration."""
        answered = self.cleaned_data
        kept = ("last_name", "first_name", "mobile", "phone", "company_number", "address")
        return Registration(
            id=draft.id if draft else uuid4(),
            identifier=answered["identifier"],
            password=encoded,
            level=Level(answered["level"]),
            email=answered["email"],
            profile=Profile(language=get_language() or "fr", **{name: answered[name] for name in kept}),
            terms_version=terms.VERSION,
        )

    def _about(self) -> tuple[str, ...]:
        answered = self.cleaned_data
        identifier, email, company = (answered.get(name) for name in ("identifier", "email", "company_number"))
        known = (identifier and identifier.text, email and email.address, company and company.digits)
        return tuple(filter(None, (*known, answered.get("last_name"), answered.get("first_name"))))


def answers(draft: Registration) -> dict[str, Any]:
    """The draft as the form is filled in; the password never comes back."""
    profile = draft.profile
    return {
        "identifier": draft.identifier.text,
        "level": draft.level.value,
        "last_name": profile.last_name,
        "first_name": profile.first_name,
        "no_first_name": not profile.first_name,
        "email": draft.email.address,
        "email_kept": draft.email.address,
        "mobile": profile.mobile.spaced if profile.mobile else "",
        "phone": profile.phone.spaced if profile.phone else "",
        "company_number": profile.company_number.spaced if profile.company_number else "",
        "address": profile.address,
        "terms": draft.terms_version == terms.VERSION,
    }
