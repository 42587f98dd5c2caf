"""J3, I12–I14: whatever is sent, a page or a refusal; never an error of ours, never a change without its token."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.foundation.outbox.models import Outgoing
from tests.people import person
from tests.rooms.accounts.visitor import Visitor, link_in, mails

pytestmark = pytest.mark.django_db
PAGES = ["/inscription/", "/inscription/verification/", "/inscription/confirmation/", "/inscription/adresse/"]
PAGES += ["/activation/", "/activation/renvoyer/", "/adresse-electronique/confirmer/", "/adresse-electronique/annuler/"]
FIELDS = [
    "identifier",
    "password",
    "level",
    "last_name",
    "email",
    "mobile",
    "company_number",
    "address",
    "login",
    "draft",
]
FORM = "application/x-www-form-urlencoded"
JUNK = [
    "%ff%fe",
    "%00",
    "%ed%a0%80",
    "%F0%9F%92%A9" * 50,
    "%E2%80%A8",
    "'\";--",
    "${7*7}",
    "a" * 2000,
    "%C0%AE",
    "1e999",
]


def bodies() -> list[str]:
    every = ["&".join(f"{name}={junk}" for name in FIELDS) for junk in JUNK]
    lists = ["&".join(f"{name}[]=x&{name}=a&{name}=b&{name}[k]=c" for name in FIELDS)]
    return [*every, *lists, "", "=", "&&&", "%", "identifier"]


@pytest.mark.parametrize("page", PAGES)
def test_j3_junk_is_a_refusal_never_a_fault(page: str) -> None:
    client = Client()
    client.cookies["activation"] = "psv_lnk_" + "A" * 43
    for body in bodies():
        assert client.post(page, body, content_type=FORM).status_code < 500, body
    assert client.post(page, b"\xff\xfe", content_type="application/json").status_code < 500
    assert client.post(page, b"\x00", content_type="multipart/form-data; boundary=x").status_code < 500
    assert Account.objects.count() == 0


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("cookie", ["\x01", "é" * 50, "psv_lnk_", "x" * 4000, '"', "psv_lnk_" + "A" * 79])
def test_j3_strange_cookies_are_no_fault(page: str, cookie: str) -> None:
    client = Client()
    for name in ("activation", "adresse", "adresse-annuler", "session"):
        client.cookies[name] = cookie
    assert client.get(page).status_code < 500


def test_j3_a_thousand_fields_or_a_megabyte_are_refused_by_size() -> None:
    assert Client().post("/inscription/", {f"f{n}": "x" for n in range(1000)}).status_code in {400, 413}
    assert Client().post("/inscription/", {"password": "x" * 1_000_000}).status_code in {400, 413}


@pytest.mark.parametrize("page", PAGES)
def test_other_methods_are_refused(page: str) -> None:
    for method in ("put", "patch", "delete", "options"):
        assert getattr(Client(), method)(page).status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_i12_nothing_is_done_without_the_token_of_the_page(page: str) -> None:
    lea = Visitor().registers()
    answer = lea.client.post(page, {"email": "x@evil.example", "login": "lea.durand"})
    assert answer.status_code == 403
    assert Outgoing.objects.count() == 1


def test_i14_every_page_carries_its_protections() -> None:
    for page in PAGES:
        headers: Any = Client().get(page).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store, private"
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{7*7}}", "{% load x %}", "{0.__class__}", "%(id)s"])
def test_i2_i3_a_name_is_shown_as_it_is_on_every_page(name: str) -> None:
    lea = Visitor().signs_up(last_name=name, address=name, first_name=name)
    assert lea.page.text.count(name) == 3
    assert "<script>alert" not in lea.html
    lea.clicks("Modifier : Nom")
    assert lea.page.form("Continuer").values["last_name"] == name
    lea.signs_up(last_name=name, terms="")
    assert lea.page.form("Continuer").values["last_name"] == name


def test_i2_an_identifier_refused_is_shown_as_it_is() -> None:
    lea = Visitor().signs_up(identifier="<b>lea</b>")
    assert "<b>lea" not in lea.html
    assert "Retirez : < > /." in lea.page.text


def test_the_cookie_of_a_link_is_the_hosts_own_when_the_site_is_secure(settings: Settings) -> None:
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"public_url": "https://portail.example"})
    answer = Client().get("/activation/psv_lnk_" + "A" * 43 + "/", secure=True)
    cookie = answer.cookies["__Host-activation"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")


def test_mass_assignment_changes_nothing_that_the_form_does_not_ask() -> None:
    Visitor().registers(state="active", security_epoch="9", activated_at="2026-01-01", id="1")
    account = Account.objects.get()
    assert (account.state, account.security_epoch, account.activated_at) == ("pending", 0, None)


def test_b14_a_link_opened_by_somebody_signed_in_acts_on_nobody_else() -> None:
    other = person(identifier="autre.personne")
    Visitor().registers()
    seen = Visitor().opens("/connexion/")
    seen.sends("Me connecter", identifier=other.identifier, password="Grand-Voilier 1789 !")
    assert seen.opens(link_in(mails()[0])).status == 403
    assert Account.objects.get(identifier_key="lea.durand").state == "pending"
