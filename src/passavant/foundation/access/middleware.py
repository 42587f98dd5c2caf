"""What every request carries (its origin) and every answer (its protections), and how faults are told."""

import re
import secrets
from collections.abc import Callable
from ipaddress import ip_address

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from passavant.foundation.access.door import Request
from passavant.foundation.access.faults import told
from passavant.foundation.values import Origin

Answer = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("passavant.access")

AGENT_LENGTH = 200  # characters kept of a User-Agent
TOKEN = re.compile(r"psv_[a-z]+_[\w-]+")
FORMS = "form-action 'self'"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    f"connect-src 'self'; {FORMS}; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
PROTECTIONS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000; includeSubDomains"


def describe_request(get_response: Answer) -> Answer:
    """Give each request its origin: the address that counts, the agent, a reference to quote."""

    def middleware(request: HttpRequest) -> HttpResponse:
        reference = secrets.token_hex(8)
        agent = request.META.get("HTTP_USER_AGENT", "")[:AGENT_LENGTH]
        request.origin = Origin(client_address(request), _printable(agent), reference)  # type: ignore[attr-defined]
        answer = get_response(request)
        log.info(
            "request",
            method=request.method,
            path=TOKEN.sub("psv_…", request.path),
            status=answer.status_code,
            ref=reference,
        )
        return answer

    return middleware


def client_address(request: HttpRequest) -> str:
    """The rightmost address that no trusted proxy wrote; the header counts only from a trusted proxy."""
    address = request.META.get("REMOTE_ADDR") or "127.0.0.1"
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if not _trusted(address) or not _is_address(hop.strip()):
            break
        address = hop.strip()
    return address


def _trusted(address: str) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in settings.PASSAVANT.proxies)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text.encode("utf-8", "replace").decode())


def harden_answer(get_response: Answer) -> Answer:
    """Put the protections on every answer; a page is kept by no cache."""
    protections = _protections()

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        for name, value in protections.items():
            answer.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            answer.headers.setdefault("Cache-Control", "no-store, private")
        return answer

    return middleware


def _protections() -> dict[str, str]:
    env = settings.PASSAVANT
    protections = PROTECTIONS | ({"Strict-Transport-Security": HSTS} if env.secure else {})
    if env.origins_differ:  # a form may end on the other origin: Chromium holds its redirects to form-action too
        forms = f"{FORMS} {env.public_url} {env.auth_origin}"
        protections["Content-Security-Policy"] = POLICY.replace(FORMS, forms)
    return protections


def survive_faults(get_response: Answer) -> Answer:
    """A fault met by a page is told at once; one met before any page comes to `handler500`, which tells it alike."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_exception = told  # type: ignore[attr-defined]
    return middleware


__all__ = ["Request", "client_address", "describe_request", "harden_answer", "survive_faults"]
