"""Does the trail still say what was written? The first row that lies is named."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from passavant.foundation.audit.actions.chain import Broken, Expected, Kind, diagnose, links
from passavant.foundation.audit.actions.sealing import kept_anchor
from passavant.foundation.audit.models import Event, Seal, Waiting
from passavant.foundation.audit.rules import Anchor

STRIDE = 20_000  # ids looked at in one query
LATE = timedelta(hours=1)  # far beyond the longest transaction: nothing commits so late

MEANING: dict[Kind, str] = {
    "altered": "an event or its seal is not what was written",
    "missing": "an event or its seal was removed",
    "reordered": "rows changed places",
    "inserted": "a row was added that was not written here at its time",
    "truncated": "the end of the trail was cut",
}


@dataclass(frozen=True)
class Verdict:
    """`sealed` rows were read from the first on and are right; `broken` is the first that is not."""

    sealed: int
    waiting: int
    anchor: Anchor | None
    broken: Broken | None = None

    @property
    def sound(self) -> bool:
        return self.broken is None

    def __str__(self) -> str:
        if self.broken is None:
            anchored = (
                f"the anchor at position {self.anchor.position} agrees" if self.anchor else "no anchor is kept yet"
            )
            return f"The audit trail is sound: {self.sealed} events sealed, {self.waiting} waiting to be; {anchored}."
        places = {"position": self.broken.position, "event": self.broken.event}
        where = ", ".join(f"{name} {number}" for name, number in places.items() if number is not None)
        kind = self.broken.kind
        return f"The audit trail is BROKEN at {where}: {kind} ({MEANING[kind]}). {self.sealed} events before are right."


def verify(anchor: Anchor | None = None) -> Verdict:
    """Read the whole chain, then what is not in it, and compare with the anchor.

    Args:
        anchor: a head kept elsewhere; None takes the one that the worker keeps in PASSAVANT_VAR.
    """
    anchor = anchor or kept_anchor()
    expected = Expected()
    for link in links():
        if link.seal.position != expected.position or not link.follows(expected.digest):
            return _verdict(expected, anchor, diagnose(link, expected))
        if anchor and anchor.position == expected.position and anchor.digest != link.seal.digest:
            return _verdict(expected, anchor, Broken("altered", expected.position, link.seal.event_id))
        expected = expected.then(link)
    if anchor and anchor.position >= expected.position:
        return _verdict(expected, anchor, Broken("truncated", expected.position))
    return _verdict(expected, anchor, _outside_the_chain())


def _verdict(expected: Expected, anchor: Anchor | None, broken: Broken | None) -> Verdict:
    return Verdict(expected.position - 1, Waiting.objects.count(), anchor, broken)


def _outside_the_chain() -> Broken | None:
    """The first event that waits and is gone, or that is neither sealed nor rightly waiting."""
    there = Event.objects.filter(pk=OuterRef("event_id"))
    if gone := Waiting.objects.filter(~Exists(there)).order_by("event_id").first():
        return Broken("missing", event=gone.event_id)
    last = Seal.objects.aggregate(last=Max("event_id"))["last"] or 0
    top = Event.objects.aggregate(top=Max("id"))["top"] or 0
    strays = (_stray(low, last) for low in range(0, top, STRIDE))
    stray = next(filter(None, strays), None)
    return Broken("inserted" if stray < last else "truncated", event=stray) if stray else None


def _stray(low: int, last: int) -> int | None:
    """One statement, hence one moment: sealing moves an event from the list to the chain at once."""
    window = Event.objects.filter(pk__gt=low, pk__lte=low + STRIDE)
    sealed = Seal.objects.filter(event_id=OuterRef("pk"))
    waits = Waiting.objects.filter(event_id=OuterRef("pk"))
    too_late = Q(pk__lt=last, at__lt=timezone.now() - LATE)
    strays = window.filter(~Exists(sealed)).filter(~Exists(waits) | too_late)
    return strays.order_by("pk").values_list("pk", flat=True).first()
