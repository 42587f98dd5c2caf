"""Which tables hold something about a person, read from the tables' own declarations, and the person's rows in them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from passavant.accounts.models import Account
from passavant.space.rules.holdings import WORDS
from passavant.space.rules.ways_in import Words

DIGEST = re.compile(r"\b[0-9a-f]{64}\b")  # what lets us recognise a secret is not handed out
PERSONAL = "personal:"  # how a column declares that it is about somebody
Field: TypeAlias = "models.Field[Any, Any]"
Row = dict[str, Any]
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Purpose:
    """What is held for one reason; `given`: whether a copy holds it."""

    labels: list[Text]
    why: str
    given: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """A table; `link` is its column that says whom a row is about."""

    model: type[models.Model]
    link: str

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    def purposes(self) -> list[Purpose]:
        """The columns declared personal, in words, those of one purpose together."""
        together: dict[tuple[str, bool], list[Text]] = {}
        for field, words in self._worded():
            if (field.db_comment or "").startswith(PERSONAL):
                together.setdefault((str(words.why), words.given), []).append(words.label)
        return [Purpose(labels, why, given) for (why, given), labels in together.items()]

    def given(self) -> dict[str, Words]:
        """The columns a person receives a copy of."""
        return {field.name: words for field, words in self._worded() if words.given}

    def rows(self, account: Account) -> list[Row]:
        """The person's rows, oldest first; one query, none for the account itself."""
        columns = list(self.given())
        if self.model is Account:
            return [{column: getattr(account, column) for column in columns}]
        whom = WHOM.get(self.link, _number)(account)
        found = self.model._default_manager.filter(**{f"{self.link}__in": whom}).order_by("pk")
        return [{column: _without_digests(value) for column, value in row.items()} for row in found.values(*columns)]

    def _worded(self) -> Iterator[tuple[Field, Words]]:
        words = WORDS.get(self.name, {})
        return ((field, words[field.name]) for field in self.model._meta.concrete_fields if field.name in words)


def holdings() -> list[Holding]:
    """Every table with a row about an account, the account first."""
    found = [Holding(model, link) for model in apps.get_models() if (link := _link(model))]
    order = {name: place for place, name in enumerate(WORDS)}
    return sorted(found, key=lambda holding: order.get(holding.name, len(order)))


def _link(model: type[models.Model]) -> str:
    if model is Account:
        return "pk"
    return next((field.name for field in model._meta.concrete_fields if _leads_to_an_account(field)), "")


def _leads_to_an_account(field: Field) -> bool:
    return field.related_model is Account or field.name in WHOM


def _number(account: Account) -> list[Any]:
    return [account.pk]


def _subjects(account: Account) -> list[Any]:
    return [account.subject, account.undo_subject, account.email_subject]


def _addresses(account: Account) -> list[Any]:
    """Where messages reach this person for sure: a number not proved may be somebody else's."""
    return [account.email, account.mobile] if account.mobile_proved_at else [account.email]


# Columns that name an account without a relation, and what they hold for it.
WHOM: dict[str, Callable[[Account], list[Any]]] = {"account": _number, "subject": _subjects, "recipient": _addresses}


def _without_digests(value: Any) -> Any:
    return DIGEST.sub("…", value) if isinstance(value, str) else value
