"""The profile to read again, group by group as the form has it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.space.forms.profile import ProfileForm, answers

Text = str | Promise
Row = tuple[Text, Any, str]  # label, answer, where to change it ("": nowhere)
HIDDEN = ("no_first_name", "current")


def recap(account: Account) -> list[tuple[Text, list[Row]]]:
    """(title, rows); « Modifier » leads to the field itself."""
    form, page = ProfileForm(account), reverse("space:profile_change")
    told = answers(account) | {"language": dict(settings.LANGUAGES)[account.language]}
    fixed: list[Row] = [
        (_("Identifiant"), account.identifier, ""),
        (_("Adresse électronique"), account.email, reverse("space:email")),
        (_("Mot de passe"), _("•••••••• (masqué)"), reverse("space:password")),
        (_("Niveau de sécurité pour l’accès au compte"), Level(account.level).label, ""),
    ]
    changed: list[tuple[Text, list[Row]]] = [
        (title, [(form[n].label, told[n], f"{page}#{form[n].auto_id}") for n in names if n not in HIDDEN])
        for title, names in ProfileForm.groups
    ]
    return [(_("Vos identifiants"), fixed), *changed]
