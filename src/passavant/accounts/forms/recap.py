"""The answers to read again before « Valider », group by group as the form has them."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passavant.accounts.forms.sign_up import SignUpForm, answers
from passavant.accounts.rules.registrations import Registration

MASKED = _("•••••••• (masqué)")
Row = tuple[str | Promise | None, str | Promise, str]  # label, answer, where to change it


def recap(draft: Registration) -> list[tuple[str | Promise, list[Row]]]:
    """(legend, rows); « Modifier » leads to the field itself."""
    form, page = SignUpForm(draft=draft), reverse("accounts:sign_up")
    told = answers(draft) | {"password": MASKED, "level": draft.level.label}
    del told["no_first_name"]  # said by an empty first name

    def row(name: str) -> Row:
        return form[name].label, told[name], f"{page}#{form[name].auto_id}"

    return [(legend, [row(name) for name in names if name in told]) for legend, names in SignUpForm.groups]
