"""The pages that several of these views answer."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from passavant.federation.rules.providers import Provider
from passavant.foundation.access import Request

STATUS = {"down": 503, "denied": 200, "lost": 400, "unproved": 400}
RETRY_SECONDS = "30"


def no_way(
    request: Request, why: str, portal: Provider | None = None, name: str = "", since: datetime | None = None
) -> HttpResponse:
    """One page for all that did not succeed: what happened in plain words, and the ways that remain."""
    again = reverse("federation:start", args=[name]) if name else ""
    context = {"why": why, "portal": portal, "again": again, "since": since}
    answer = render(request, "federation/no_way.html", context, status=STATUS.get(why, 403))
    if why == "down":
        answer.headers["Retry-After"] = RETRY_SECONDS
    return answer
