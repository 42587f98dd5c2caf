"""How a fault is told, wherever it arises: a part that does not answer is a clean 503, a malformed request a 400."""

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from passavant.foundation.values import Origin, ServiceBusy

log = structlog.get_logger("passavant.access")

RETRY_SECONDS = 5


def told(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page for a fault that has one, else None."""
    reference = getattr(request, "origin", Origin("")).request_id
    if isinstance(error, ServiceBusy):
        return _page("ui/503.html", 503, reference, retry_after=error.retry_after)
    if isinstance(error, (OperationalError, InterfaceError)):
        log.error("part down", ref=reference, error=type(error).__name__)
        return _page("ui/503.html", 503, reference, retry_after=RETRY_SECONDS)
    if isinstance(error, (RequestDataTooBig, TooManyFieldsSent)):
        return _page("ui/400.html", 413, reference)
    if isinstance(error, (BadRequest, SuspiciousOperation, UnicodeDecodeError)):
        return _page("ui/400.html", 400, reference)
    if isinstance(error, (DatabaseError, ValueError)) and "NUL" in str(error):
        return _page("ui/400.html", 400, reference)
    return None


def _page(template: str, status: int, reference: str, retry_after: int | None = None) -> HttpResponse:
    html = loader.get_template(template).render({"reference": reference, "site_name": settings.PASSAVANT.site_name})
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return HttpResponse(html, status=status, headers=headers)
