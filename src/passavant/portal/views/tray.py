"""The mail and the SMS of a demonstration, read in the browser; these pages exist nowhere else."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from passavant.foundation.access import Request, door
from passavant.foundation.outbox.carriers.tray import names, read

PER_PAGE = 10
# The mail as readers get it: its own styles, and nothing that runs, loads or sends anything.
MAIL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def demonstration(request: Request) -> None:
    """The entry of what does not exist outside a demonstration."""
    if not settings.PASSAVANT.demo:
        raise Http404


@door(entry=demonstration)
def tray(request: Request) -> HttpResponse:
    page = Paginator(names(), PER_PAGE).get_page(request.GET.get("page"))
    kept = [message for name in page if (message := read(name))]
    return render(request, "portal/tray.html", {"page": page, "messages": kept})


@door(entry=demonstration)
def message(request: Request, name: str) -> HttpResponse:
    kept = read(name)
    if kept is None:
        raise Http404
    if kept.html and request.GET.get("version") == "html":
        return HttpResponse(kept.html, headers={"Content-Security-Policy": MAIL_POLICY})
    return render(request, "portal/tray_message.html", {"message": kept})
