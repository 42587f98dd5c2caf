"""Kinds of fields that several rooms show: what people type becomes a value, or a sentence that says what to do."""

from collections.abc import Sequence
from typing import Any
from unicodedata import category, normalize

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from passavant.foundation.onetime.rules import CODE_DIGITS
from passavant.foundation.ui.forms import Form, Rule
from passavant.foundation.values import (
    CompanyNumber,
    Email,
    NotACompanyNumber,
    NotAnEmail,
    NotAPhone,
    Phone,
    parse_company_number,
)

NAME = 100  # characters
TYPED = 32  # characters of a code: room for blanks, and for a code pasted twice
UNWRITABLE = {"Cc", "Cs", "Co", "Cn"}  # Unicode: control, half a character, private, not assigned
DISGUISES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd"  # reading order turned; unreadable bytes


class Line(forms.Field):
    """One line of text, in NFC, with single blanks: a str."""

    widget: type[forms.Widget] = forms.TextInput

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        text = "\n".join(" ".join(line.split()) for line in self.lines(normalize("NFC", str(value or "")))).strip()
        if any(c in DISGUISES or category(c) in UNWRITABLE for c in text.replace("\n", "")):
            raise ValidationError(_("Retirez les caractères invisibles ou illisibles de ce champ."))
        if len(text) > self.longest:
            raise ValidationError(_("Ce champ comporte %(n)s caractères au maximum."), params={"n": self.longest})
        return text

    def lines(self, text: str) -> list[str]:
        return [text]


class Lines(Line):
    """Several lines of text: a str."""

    widget: type[forms.Widget] = forms.Textarea

    def lines(self, text: str) -> list[str]:
        return text.splitlines()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"rows": "3"}


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

    widget = forms.TextInput(attrs={"type": "tel"})

    def to_python(self, value: Any) -> Phone | None:
        try:
            return Phone.parse(str(value)) if str(value or "").strip() else None
        except NotAPhone:
            raise ValidationError(self.told()) from None

    def told(self) -> Any:
        return _("Saisissez un numéro de téléphone à 10 chiffres, ou avec l’indicatif du pays (+33…).")


class MobileField(PhoneField):
    """A `Phone` to which this site may send SMS: the operator names the countries, for each SMS costs money (E4)."""

    def told(self) -> Any:
        return _("Saisissez un numéro de portable à 10 chiffres, ou avec l’indicatif du pays (+33…).")

    def to_python(self, value: Any) -> Phone | None:
        phone = super().to_python(value)
        if phone and not phone.can_receive_sms:
            raise ValidationError(_("Ce numéro ne reçoit pas de SMS. Saisissez un numéro de portable."))
        if phone and phone.country not in settings.PASSAVANT.sms_countries:
            raise ValidationError(
                _("Ce site n’envoie pas de SMS vers ce pays. Saisissez le numéro dans « Téléphone ».")
            )
        return phone


class CompanyNumberField(forms.Field):
    """A `Siren` or a `Siret`."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> CompanyNumber | None:
        try:
            return parse_company_number(str(value)) if str(value or "").strip() else None
        except NotACompanyNumber as error:
            raise ValidationError(COMPANY_FAULTS[error.reason], params={"n": error.digits}) from None


class CodeInput(forms.TextInput):
    """Never written back into a page."""

    def format_value(self, value: Any) -> None:
        return None


class CodeField(forms.CharField):
    """The six digits of a code received; blanks, dots and hyphens are forgiven."""

    def __init__(self) -> None:
        told = {"required": _("Saisissez le code à 6 chiffres.")}
        widget = CodeInput(attrs={"autocomplete": "one-time-code", "maxlength": TYPED})
        super().__init__(label=_("Code à 6 chiffres"), error_messages=told, widget=widget)

    def clean(self, value: Any) -> str:
        code = "".join(c for c in super().clean(value) if not c.isspace() and c not in ".-")
        if not (code.isascii() and code.isdigit()):
            raise ValidationError(_("Le code ne contient que des chiffres."))
        missing = CODE_DIGITS - len(code)
        if missing > 0:
            raise ValidationError(_("Le code comporte 6 chiffres : il en manque %(n)d."), params={"n": missing})
        if missing < 0:
            raise ValidationError(_("Le code comporte 6 chiffres : il y en a %(n)d de trop."), params={"n": -missing})
        return code


class NewPasswordField(forms.CharField):
    """A password to be chosen, as typed; its rules are shown under it, the form or the act applies them."""

    def __init__(self, *, rules: Sequence[Rule], **kwargs: Any) -> None:
        attrs = {"autocomplete": "new-password"}
        told = {"required": _("Saisissez un mot de passe.")}
        super().__init__(strip=False, widget=forms.PasswordInput(attrs=attrs), error_messages=told, **kwargs)
        self.rules = rules


class NamesForm(Form):
    """Who a person is called; « Je n’ai pas de prénom » makes the first name the empty text."""

    last_name = Line(
        label=_("Nom"),
        longest=NAME,
        error_messages={"required": _("Saisissez votre nom.")},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    first_name = Line(
        label=_("Prénom"),
        longest=NAME,
        error_messages={"required": _("Saisissez votre prénom, ou cochez « Je n’ai pas de prénom ».")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    no_first_name = forms.BooleanField(label=_("Je n’ai pas de prénom"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["first_name"].required = not (data and data.get("no_first_name"))

    def clean(self) -> dict[str, Any]:
        answered = self.cleaned_data
        if answered.get("no_first_name"):
            answered["first_name"] = ""
        return answered


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
