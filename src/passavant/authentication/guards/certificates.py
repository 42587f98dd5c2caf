"""The host where certificates are shown (PASSAVANT_CERTIFICATE_URL): what stands there, what is believed there.

It has no page and no session: a browser comes from the portal, shows its certificate, and goes back with a ticket that
only this browser can use: the portal knows it by a cookie, whose digest went along.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from passavant.authentication.guards.enrolling import SECURITY, Enrolling
from passavant.authentication.guards.paths import local_path
from passavant.authentication.guards.person import NEXT, pending_of
from passavant.authentication.guards.steps import WAYS
from passavant.authentication.models.held import certificates_open
from passavant.authentication.rules.certificates import ADD, Errand
from passavant.authentication.rules.levels import Step
from passavant.foundation.access import Request
from passavant.foundation.access.door import READING, Entry
from passavant.foundation.values import digest

FOR, ACT, TICKET, REFUSAL = "pour", "acte", "ticket", "refus"  # query parameters
DIGEST = re.compile(r"[0-9a-f]{64}")
FOUND, SEE_OTHER = 302, 303
PRESENT = "authentication:present_certificate"


def keep_certificates_apart(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """On the certificates' host nothing else is answered; nothing posted there is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _on_certificate_host(request) or request.path == reverse(PRESENT):
            return get_response(request)
        address = settings.PASSAVANT.public_url + request.get_full_path()
        return HttpResponseRedirect(address, status=FOUND if request.method in READING else SEE_OTHER)

    return middleware


def where_shown(request: Request) -> HttpResponse | None:
    """The entry of the page that reads the certificate: on its host only, for a browser that the portal sent."""
    if not certificates_open():
        raise Http404
    if _on_certificate_host(request) and DIGEST.fullmatch(request.GET.get(FOR, "")):
        return None
    return HttpResponseRedirect(portal(reverse("authentication:certificate")))


def with_certificates(entry: Entry) -> Entry:
    """The entry of a page that exists only where certificates do."""

    def enter(request: Request) -> HttpResponse | None:
        return _closed(request) or entry(request)

    return enter


@dataclass(frozen=True, slots=True)
class EnrollingCertificate(Enrolling):
    """Besides, only where certificates are shown."""

    def __call__(self, request: Request) -> HttpResponse | None:
        return _closed(request) or Enrolling.__call__(self, request)


enrolling_certificate = EnrollingCertificate(_("Ajouter un certificat"), back=SECURITY, step=Step.CERTIFICATE)


def headers_of(request: HttpRequest) -> tuple[str, str]:
    """nginx's verdict and the certificate, escaped; empty unless a proxy of ours says so on the certificates' host."""
    if not (_on_certificate_host(request) and _from_proxy(request)):
        return "", ""
    return request.headers.get("X-SSL-Verify", ""), request.headers.get("X-SSL-Cert", "")


def errand_of(request: HttpRequest) -> Errand:
    """Why the portal sent this browser here; only the portal says, at the return, whether it may be."""
    act = ADD if request.GET.get(ACT) == ADD else ""
    return Errand(request.GET.get(FOR, ""), act, local_path(request.GET.get(NEXT)))


def departure(mark: str, act: str, wanted: str) -> str:
    """The address at which the browser of this mark shows its certificate."""
    asked = {FOR: digest(mark), ACT: act, NEXT: wanted}
    query = urlencode({name: value for name, value in asked.items() if value}, safe="/")
    return f"{settings.PASSAVANT.certificate_url}{reverse(PRESENT)}?{query}"


def portal(path: str, **query: str) -> str:
    """The address of a page of sign-in, from the other host."""
    origin = getattr(settings.PASSAVANT, "auth_url", "") or settings.PASSAVANT.public_url
    return f"{origin}{path}" + (f"?{urlencode(query, safe='/')}" if query else "")


def mark_of(request: HttpRequest) -> str:
    """What marks this browser: what it was given already, or something new."""
    return request.COOKIES.get(cookie_name()) or secrets.token_urlsafe(32)


def remember_mark(answer: HttpResponse, mark: str) -> None:
    """Until the browser is closed: a page may stay open for as long as its person likes."""
    answer.set_cookie(cookie_name(), mark, secure=settings.PASSAVANT.secure, httponly=True, samesite="Lax")


def forget_mark(answer: HttpResponse) -> None:
    """The next person in front of this browser is marked anew."""
    answer.delete_cookie(cookie_name(), samesite="Lax")


def cookie_name() -> str:
    return "__Host-certificat" if settings.PASSAVANT.secure else "certificat"


def _closed(request: Request) -> HttpResponse | None:
    """Where the operator closed this way: a sign-in that began goes on by another, the others find no page."""
    if certificates_open():
        return None
    if pending_of(request) is not None:
        return HttpResponseRedirect(reverse(WAYS))
    raise Http404


def _on_certificate_host(request: HttpRequest) -> bool:
    # The header is compared, never copied: CommonMiddleware has refused those of other sites.
    host = urlsplit(f"//{request.headers.get('Host', '')}").hostname
    return bool(host) and host == settings.PASSAVANT.certificate_host


def _from_proxy(request: HttpRequest) -> bool:
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.PASSAVANT.proxies)
