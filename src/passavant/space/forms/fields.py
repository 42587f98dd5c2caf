"""What people type in their space becomes a value, or a sentence that says what to do."""

from typing import Any
from unicodedata import category, normalize

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from passavant.accounts.rules.passwords import shown
from passavant.foundation.values import (
    CompanyNumber,
    Email,
    NotACompanyNumber,
    NotAnEmail,
    NotAPhone,
    Phone,
    parse_company_number,
)

UNWRITABLE = {"Cc", "Cs", "Co", "Cn"}  # Unicode: control, half a character, private, not assigned
DISGUISES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd")  # order turned, bytes unread


class Line(forms.Field):
    """One line of text, in NFC, with single blanks; several with a textarea: a str."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        text = normalize("NFC", str(value or ""))
        lines = text.splitlines() if isinstance(self.widget, forms.Textarea) else [text]
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        if any(c in DISGUISES or category(c) in UNWRITABLE for c in text.replace("\n", "")):
            raise ValidationError(_("Retirez les caractères invisibles ou illisibles de ce champ."))
        if len(text) > self.longest:
            raise ValidationError(_("Ce champ comporte %(n)s caractères au maximum."), params={"n": self.longest})
        return text


class EmailField(forms.Field):
    """An `Email`."""

    widget = forms.EmailInput

    def to_python(self, value: Any) -> Email | None:
        try:
            return Email.parse(str(value)) if str(value or "").strip() else None
        except NotAnEmail:
            raise ValidationError(_("Saisissez une adresse complète, avec un @ et un nom de domaine.")) from None


class PhoneField(forms.Field):
    """A `Phone` of any kind."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Phone | None:
        try:
            return Phone.parse(str(value)) if str(value or "").strip() else None
        except NotAPhone:
            told = _("Saisissez un numéro de téléphone à 10 chiffres, ou avec l’indicatif du pays (+33…).")
            raise ValidationError(told) from None


class CompanyNumberField(forms.Field):
    """A `Siren` or a `Siret`."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> CompanyNumber | None:
        try:
            return parse_company_number(str(value)) if str(value or "").strip() else None
        except NotACompanyNumber as error:
            raise ValidationError(COMPANY_FAULTS[error.reason], params={"n": error.digits}) from None


class CurrentPasswordField(forms.CharField):
    """The password of the account, asked again; never given back to a page."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "current-password"}
        told = {"required": _("Saisissez votre mot de passe actuel.")}
        super().__init__(strip=False, widget=forms.PasswordInput(attrs=attrs), error_messages=told, **kwargs)


class NewPasswordField(forms.CharField):
    """A password to be chosen, as typed; its rules are shown under it, the act applies them."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "new-password"}
        told = {"required": _("Saisissez un mot de passe.")}
        super().__init__(strip=False, widget=forms.PasswordInput(attrs=attrs), error_messages=told, **kwargs)
        self.rules = shown()


def texted(phone: Phone) -> Phone:
    """The number, if this site may send SMS to it.

    Raises:
        ValidationError: a line without SMS, or a country the operator did not name.
    """
    if not phone.can_receive_sms:
        raise ValidationError(_("Ce numéro ne reçoit pas de SMS. Saisissez un numéro de portable."))
    if phone.country not in settings.PASSAVANT.sms_countries:
        raise ValidationError(_("Ce site n’envoie pas de SMS vers ce pays. Saisissez le numéro dans « Téléphone »."))
    return phone


COMPANY_FAULTS = {
    "length": _("Le numéro doit comporter 9 ou 14 chiffres. Vous en avez saisi %(n)s."),
    "key": _("Vérifiez ce numéro : il contient probablement une faute de frappe."),
    "chars": _("Le numéro ne comporte que des chiffres. Les espaces sont acceptés."),
}
