"""Where signing in has an origin of its own (PASSAVANT_AUTH_URL): which page stands where, and whose browser it is."""

import secrets
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from passavant.authentication.guards.paths import local_path
from passavant.authentication.guards.person import ASTRAY, NEXT, PASSING, REASON
from passavant.foundation.access import Request
from passavant.foundation.access.door import READING, Entry
from passavant.foundation.values import digest

FOR = "pour"  # the browser that asks, as the portal knows it: the digest of its cookie
FOUND, SEE_OTHER = 302, 303
ONLY_THERE = "/connexion/"  # on the origin of sign-in, and nowhere else
ALSO_THERE = (  # on both: what leads to a sign-in or follows from one, the duties of a site, what machines ask
    "/deconnexion/",
    "/inscription/",
    "/activation/",
    "/mot-de-passe-oublie/",
    "/reinitialisation/",
    "/ce-n-etait-pas-moi/",
    "/adresse-electronique/",
    "/niveau-de-securite/",
    "/certificat/",
    "/langue/",
    "/conditions-generales/",
    "/donnees-personnelles/",
    "/mentions-legales/",
    "/accessibilite/",
    "/plan-du-site/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/.well-known/",
)


def keep_to_origins(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send to the other origin who asks here for one of its pages; nothing posted to the wrong one is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return _elsewhere(request) or get_response(request)

    return middleware


def between_origins(entry: Entry) -> Entry:
    """The entry of a page that exists only where there are two."""

    def enter(request: Request) -> HttpResponse | None:
        if not settings.PASSAVANT.origins_differ:
            raise Http404
        return entry(request)

    return enter


def moving(path: str) -> str:
    """Where who is signed in here is sent: to the portal, which names the browser, and back here for the passage."""
    query = urlencode({REASON: PASSING, NEXT: path})
    return f"{settings.PASSAVANT.public_url}{reverse('authentication:sign_in')}?{query}"


def end_of(path: str) -> str:
    """Where a person comes out who is sent back through the passage; any other path is its own end."""
    parts = urlsplit(path)
    if parts.path != reverse("authentication:leave"):
        return path
    return local_path(parse_qs(parts.query).get(NEXT, [""])[-1])


def browser_of(request: HttpRequest) -> str:
    """The digest of the cookie that marks this browser on the portal, or ""."""
    mark = request.COOKIES.get(cookie_name())
    return digest(mark) if mark else ""


def forget_browser(request: HttpRequest, answer: HttpResponse) -> None:
    """The next person in front of this browser is marked anew."""
    if cookie_name() in request.COOKIES:
        answer.delete_cookie(cookie_name(), samesite="Lax")


def cookie_name() -> str:
    return "__Host-passage" if settings.PASSAVANT.secure else "passage"


def _elsewhere(request: HttpRequest) -> HttpResponse | None:
    # The header is compared, never copied: CommonMiddleware has refused those of other sites.
    host = urlsplit(f"//{request.headers.get('Host', '')}").hostname
    return _off_sign_in(request) if host == settings.PASSAVANT.auth_host else _off_portal(request)


def _off_sign_in(request: HttpRequest) -> HttpResponse | None:
    arriving = request.path == reverse("authentication:arrive")
    if request.path.startswith((ONLY_THERE, *ALSO_THERE)) and not arriving:
        return None
    if _signed_in(request) and not arriving:
        return _sent(request, moving(request.get_full_path()))
    return _sent(request, settings.PASSAVANT.public_url + request.get_full_path())


def _off_portal(request: HttpRequest) -> HttpResponse | None:
    if not request.path.startswith(ONLY_THERE) or request.path == reverse("authentication:arrive"):
        return None
    if request.path == reverse("authentication:sign_in"):
        return _towards_sign_in(request)
    return _sent(request, settings.PASSAVANT.auth_origin + request.get_full_path())


def _towards_sign_in(request: HttpRequest) -> HttpResponse | None:
    """The sign-in page of the other origin, which leads back to this browser; who is signed in needs none."""
    if _signed_in(request) and request.GET.get(REASON) not in {ASTRAY, PASSING}:
        return None
    mark = request.COOKIES.get(cookie_name()) or secrets.token_urlsafe(32)
    asked = {FOR: digest(mark), NEXT: local_path(request.GET.get(NEXT))}
    back = f"{reverse('authentication:leave')}?{urlencode({name: value for name, value in asked.items() if value})}"
    query = urlencode({**request.GET.dict(), NEXT: back})
    answer = _sent(request, f"{settings.PASSAVANT.auth_origin}{request.path}?{query}")
    # Until the browser is closed: a sign-in page may stay open for as long as its person likes.
    answer.set_cookie(cookie_name(), mark, secure=settings.PASSAVANT.secure, httponly=True, samesite="Lax")
    return answer


def _signed_in(request: HttpRequest) -> bool:
    """Signed in on this origin, and reading."""
    return getattr(request, "account", None) is not None and request.method in READING


def _sent(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=FOUND if request.method in READING else SEE_OTHER)
