"""What happened to one's account."""

from django.http import HttpResponse

from passavant.accounts.rules.devices import spoken
from passavant.authentication.guards import signed_in
from passavant.foundation.access import Request, door
from passavant.foundation.audit.actions import history
from passavant.space.rules.history import sentence
from passavant.space.views.page import page

PER_PAGE = 20
BEFORE = "avant"  # ?avant=<number of the last event of the former page>
LONGEST = 18  # figures; a number of more is no event's


@door(entry=signed_in)
def activity(request: Request) -> HttpResponse:
    """One's own history, the most recent first, one query a page."""
    asked = request.GET.get(BEFORE, "")
    before = int(asked) if asked.isdecimal() and len(asked) <= LONGEST else None
    events = history(request.account.pk, limit=PER_PAGE + 1, before=before)
    shown = events[:PER_PAGE]
    facts = [(event, sentence(event.name, event.said), spoken(event.agent)) for event in shown]
    older = shown[-1].pk if len(events) > PER_PAGE else None
    return page(request, "space/activity.html", {"facts": facts, "older": older, "newest": before is None})
