"""The catalogue: a fact is a small class, its name a contract."""

from dataclasses import FrozenInstanceError
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import pytest

from passavant.foundation.audit import events
from passavant.foundation.audit.events import as_markdown, event


@pytest.fixture(autouse=True)
def catalogue_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "CATALOGUE", {})
    monkeypatch.setattr(events, "NAMES", {})


def test_a_fact_is_frozen_and_entered_under_its_name() -> None:
    @event("parcel.weighed")
    class ParcelWeighed:
        """A parcel was put on the scales. Twice is allowed."""

        parcel: UUID
        grams: int

    fact = ParcelWeighed(parcel=UUID(int=1), grams=12)
    assert events.CATALOGUE == {"parcel.weighed": ParcelWeighed}
    with pytest.raises(FrozenInstanceError):
        fact.grams = 13  # type: ignore[misc]


@pytest.mark.parametrize(
    "name",
    ["", "parcel", "Parcel.weighed", "parcel.weighed.twice", "parcel-weighed.x", "a b.x", "é.x", "a." + "b" * 63],
)
def test_a_badly_formed_name_fails_at_import(name: str) -> None:
    with pytest.raises(ValueError, match=r"noun\.happened"):
        event(name)


def test_a_name_taken_fails_at_import() -> None:
    @event("parcel.weighed")
    class ParcelWeighed: ...

    with pytest.raises(ValueError, match="ParcelWeighed"):

        @event("parcel.weighed")
        class WeighedAgain: ...


@pytest.mark.parametrize("kind", [UUID, str, int, bool, datetime, UUID | None, Literal["a", "b"], str | int])
def test_plain_values_are_accepted(kind: Any) -> None:
    event("parcel.weighed")(type("ParcelWeighed", (), {"__annotations__": {"value": kind}}))
    assert "parcel.weighed" in events.CATALOGUE


@pytest.mark.parametrize("kind", [float, dict, list[str], bytes, object, Any, float | None, Literal[b"a"]])
def test_other_values_are_refused_at_import(kind: Any) -> None:
    with pytest.raises(TypeError, match="value"):
        event("parcel.weighed")(type("ParcelWeighed", (), {"__annotations__": {"value": kind}}))
    assert events.CATALOGUE == {}


def test_the_page_says_name_meaning_fields_and_room() -> None:
    @event("parcel.weighed")
    class ParcelWeighed:
        """A parcel was put on the scales. Twice is allowed."""

        parcel: UUID | None
        scale: Literal["old", "new"]

    @event("parcel.arrived")
    class ParcelArrived: ...

    ParcelWeighed.__module__ = "passavant.adhesions.events"
    *_, first, second = as_markdown().splitlines()
    assert first.startswith("| `parcel.arrived` |  |  | ")
    assert second == (
        "| `parcel.weighed` | A parcel was put on the scales | `parcel`: UUID or nothing, `scale`: « old » or « new » "
        "| adhesions |"
    )
