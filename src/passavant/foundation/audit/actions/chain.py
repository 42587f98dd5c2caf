"""The chain as it is read back, and why a link of it does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from passavant.foundation.audit.models import Event, Seal
from passavant.foundation.audit.rules import GENESIS, chained

Kind = Literal["altered", "missing", "reordered", "inserted", "truncated"]
PAGE = 2000  # rows held in memory


@dataclass(frozen=True)
class Link:
    """A seal and the event it names, if there still is one."""

    seal: Seal
    event: Event | None

    def follows(self, digest: str) -> bool:
        return self.event is not None and chained(digest, self.event.content()) == self.seal.digest

    def belongs_to(self, seal: Seal, digest: str) -> bool:
        """Whether this event is what was sealed there, under its own id or under the one the seal names."""
        if self.event is None:
            return False
        contents = (self.event.content(), self.event.content(under=seal.event_id))
        return any(chained(digest, content) == seal.digest for content in contents)


@dataclass(frozen=True)
class Expected:
    """What the next link must be: its position, and the digests of the two before it."""

    position: int = 1
    digest: str = GENESIS
    former: str = ""

    def then(self, link: Link) -> "Expected":
        return Expected(self.position + 1, link.seal.digest, self.digest)


@dataclass(frozen=True)
class Broken:
    """The first row that lies."""

    kind: Kind
    position: int | None = None
    event: int | None = None


def links() -> Iterator[Link]:
    """The chain by position; two queries a page."""
    rows = Seal.objects.order_by("position")
    page = list(rows[:PAGE])
    while page:
        events = Event.objects.in_bulk([seal.event_id for seal in page])
        yield from (Link(seal, events.get(seal.event_id)) for seal in page)
        page = list(rows.filter(position__gt=page[-1].position)[:PAGE])


def diagnose(link: Link, expected: Expected) -> Broken:
    """Why this link does not stand there; the whole chain is read again to tell a moved row from a changed one."""
    if expected.former and link.follows(expected.former):
        return Broken("inserted", expected.position - 1)
    if link.seal.position < expected.position:
        return Broken("inserted", link.seal.position, link.seal.event_id)
    true_next_elsewhere = any(other.follows(expected.digest) for other in _others(link))
    if link.seal.position > expected.position:
        return Broken("reordered" if true_next_elsewhere else "missing", expected.position)
    if true_next_elsewhere:
        kind: Kind = "reordered" if any(link.follows(other.seal.digest) for other in links()) else "inserted"
    elif link.event is None:
        kind = "missing"
    else:
        moved = any(other.belongs_to(link.seal, expected.digest) for other in _others(link))
        kind = "reordered" if moved else "altered"
    return Broken(kind, expected.position, link.seal.event_id)


def _others(link: Link) -> Iterator[Link]:
    return (other for other in links() if other.seal.position != link.seal.position)
