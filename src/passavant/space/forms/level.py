"""Another security level."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level, offered
from passavant.foundation.ui.forms import Form

REQUIRED = _("Choisissez un niveau de sécurité.")


class LevelForm(Form):
    """The levels of this site, the account's own chosen."""

    level = forms.ChoiceField(
        label=_("Niveau de sécurité pour l’accès au compte"),
        error_messages={"required": REQUIRED, "invalid_choice": REQUIRED},
    )

    def __init__(self, account: Account, data: Any = None, *, before: dict[str, str] | None = None) -> None:
        """`before`: what had been chosen when its person was asked to confirm who they are."""
        super().__init__(data, initial={"level": account.level} | (before or {}))
        levels = {level: level.label for level in (*offered(), Level(account.level))}
        self.fields["level"].choices = [(level.value, label) for level, label in levels.items()]  # type: ignore[attr-defined]

    def wanted(self) -> Level:
        return Level(self.cleaned_data["level"])
