"""Every page hangs on a door, which says who enters and which methods write."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from passavant.foundation.access import Request, anyone, door

WRITING = {"POST", "PUT", "PATCH", "DELETE"}
# A protocol comes back by a redirect, hence by GET: its one-time value is bound to a cookie of this browser.
RETURNS = {
    "connexion/<slug:provider>/retour/",
    "connexion/passage/",
    "connexion/retour/",
    "connexion/certificat/retour/",
    "certificat/",  # on the certificates' own host, which has no session
}


def pages(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every route of the site and the view behind it."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        else:
            yield from pages(entry, route)


def doorless(found: Iterator[tuple[str, Callable[..., Any]]]) -> list[str]:
    return [route for route, view in found if not _is_hung(route, getattr(view, "door", None))]


def _is_hung(route: str, hung: Any) -> bool:
    if not isinstance(hung, tuple):
        return False
    entry, writes, reads = hung
    allowed = WRITING | {"GET"} if route in RETURNS else WRITING
    return callable(entry) and set(writes) <= allowed and isinstance(reads, bool) and bool(writes or reads)


def test_every_page_has_a_door() -> None:
    found = list(pages(get_resolver()))
    assert len(found) > 20
    assert doorless(iter(found)) == []


def test_every_address_has_a_name_and_ends_as_the_others() -> None:
    routes = [route for route, _ in pages(get_resolver())]
    assert len(routes) == len(set(routes))
    assert [route for route in routes if route and not route.endswith("/")] == [
        route for route in routes if route in MACHINES
    ]


MACHINES = {"healthz", "readyz", "metrics", ".well-known/change-password", ".well-known/security.txt", "robots.txt"}


def test_the_check_bites() -> None:
    def view(request: Request) -> HttpResponse:
        return HttpResponse()

    def badly_hung(request: Request) -> HttpResponse:
        return HttpResponse()

    badly_hung.door = (anyone, ("GET",), True)  # type: ignore[attr-defined]
    room = URLResolver(path("", view).pattern, [path("a", view), path("b", door(anyone)(view)), path("c", badly_hung)])
    assert doorless(pages(room)) == ["a", "c"]
