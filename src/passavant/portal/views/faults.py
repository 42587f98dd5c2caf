"""The pages of what went wrong: each says what happened and where to go."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from passavant.foundation.access.faults import told


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old, or was sent from elsewhere."""
    match = request.resolver_match
    _entry, _writes, reads = getattr(match.func if match else None, "door", (None, (), True))
    return render(request, "portal/csrf_failure.html", {"back": request.path if reads else "/"}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "portal/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "portal/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _bare(request, "ui/400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles the fault: before any page too, one that has its own words is told in them."""
    fault = sys.exc_info()[1]
    known = told(request, fault) if isinstance(fault, Exception) else None
    return known or _bare(request, "ui/500.html", 500)


def _bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that asks nothing of the database, the session or the language."""
    reference = getattr(getattr(request, "origin", None), "request_id", "")
    context = {"reference": reference, "site_name": settings.PASSAVANT.site_name}
    return HttpResponse(loader.get_template(template).render(context), status=status)
