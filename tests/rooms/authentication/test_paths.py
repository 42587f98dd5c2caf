"""I15: whatever is asked, one comes back to a readable page of this site."""

import pytest
from django.http import HttpResponse
from django.urls import re_path
from pytest_django.fixtures import Settings

from passavant.authentication.guards import local_path

EVIL = [
    "//evil.example",
    "///evil.example",
    "////evil.example//espace/",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https://evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "HTTPS://evil.example/espace/",
    "ftp://evil.example",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "/%2Fevil.example/espace/",
    "/%5cevil.example",
    "/%255cevil.example",
    "/%252fevil.example",
    "/%2525252fevil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "\t//evil.example",
    " //evil.example",
    " /espace/",
    "/espace/ ",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "@evil.example",
    "https://localhost:8000@evil.example",
    "//localhost:8000@evil.example/espace/",
    "localhost:8000/espace/",
    "http://localhost:8000/espace/",
    "evil.example",
    ".evil.example",
    "/∕evil.example",
    "∕∕evil.example",
    "／／evil.example",
    "/／evil.example",
    "/espace/../../evil.example",
    "/espace/..%2f..%2fevil.example",
    "/./espace/",
    "?next=//evil.example",
    "#//evil.example",
    "/espace/\x00",
    "/espace/\u202e",
    "/" + "a" * 3000,
    "",
]
NOT_OURS = ["/@evil.example", "/.evil.example", "/espace/;@evil.example", "/nulle-part/", "/deconnexion/"]

urlpatterns = [re_path("", lambda request: HttpResponse())]  # a site that has a page at every address


@pytest.mark.parametrize("text", EVIL)
def test_i15_even_a_site_with_a_page_everywhere_sends_nobody_elsewhere(text: str, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    assert local_path("/nulle-part/") == "/nulle-part/"
    assert local_path(text) == ""


@pytest.mark.parametrize("text", [*EVIL, *NOT_OURS])
def test_i15_it_leads_nowhere_else(text: str) -> None:
    assert local_path(text) == ""
    assert local_path(text, "/espace/") == "/espace/"


def test_i15_nothing_asked() -> None:
    assert local_path(None) == ""


@pytest.mark.parametrize(
    "text", ["/", "/espace/", "/espace/profil/", "/espace/profil/?onglet=2", "/espace/?u=//evil.example"]
)
def test_pages_of_ours(text: str) -> None:
    assert local_path(text) == text
