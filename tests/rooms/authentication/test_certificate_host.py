"""The host of certificates: believed from the proxy only, and on that host only; nothing else stands there (E10)."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from passavant.accounts.models import Account
from passavant.authentication.models import Certificate, Session
from passavant.foundation.onetime.models import Ticket
from tests.authority import Card
from tests.people import PASSWORD, person
from tests.rooms.authentication.certificates import (
    ENROLMENT,
    HOST,
    PAGE,
    PRESENT,
    PROXY,
    RETURN,
    House,
    bound,
    house,
    link_on,
    opened,
    present,
    shows,
)
from tests.rooms.authentication.factors import WAYS
from tests.rooms.authentication.people_at_the_door import SPACE, facts, sign_in

pytestmark = pytest.mark.django_db
__all__ = ["house"]


@pytest.fixture
def card(house: House) -> Card:
    made = house.authority.issue()
    bound(person(), made)
    return made


@pytest.mark.parametrize("address", ["192.0.2.7", "127.0.0.2", "::1", "", "unix:"])
def test_e10_headers_of_anybody_but_the_proxy_are_as_if_absent(card: Card, client: Client, address: str) -> None:
    answer = present(link_on(client), card, REMOTE_ADDR=address)
    assert "refus=aucun" in answer.headers["Location"]
    assert facts("certificate.refused")[-1]["why"] == "none"
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("path", [PAGE, PRESENT, RETURN, ENROLMENT, "/connexion/", SPACE])
def test_e10_headers_on_the_portal_s_own_host_are_as_if_absent(card: Card, path: str) -> None:
    forged = {"HTTP_X_SSL_VERIFY": "SUCCESS", "HTTP_X_SSL_CERT": card.escaped, "REMOTE_ADDR": PROXY}
    query = link_on(Client()).partition("?")[2]
    Client().get(f"{path}?{query}", **forged)
    assert facts("certificate.refused") == []
    assert not Ticket.objects.exists()
    assert not Session.objects.exists()


def test_e10_a_forwarded_address_makes_nobody_the_proxy(card: Card, client: Client) -> None:
    answer = present(link_on(client), card, REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=PROXY)
    assert "refus=aucun" in answer.headers["Location"]


@pytest.mark.parametrize("path", ["/", "/connexion/", PAGE, RETURN, SPACE, "/healthz", "/rien"])
def test_nothing_else_stands_on_the_certificates_host(card: Card, path: str) -> None:
    answer = Client().get(f"{path}?a=b", HTTP_HOST=HOST, REMOTE_ADDR=PROXY)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"http://localhost:8000{path}?a=b")
    assert not answer.cookies


def test_nothing_posted_to_the_certificates_host_is_read(card: Card) -> None:
    form = {"identifier": "lea.durand", "password": PASSWORD}
    answer = Client().post("/connexion/", form, HTTP_HOST=HOST)
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://localhost:8000/connexion/")
    assert facts("sign_in.completed") == []


@pytest.mark.parametrize("query", ["", "?pour=", "?pour=abc", f"?pour={'g' * 64}"])
def test_a_browser_that_the_portal_did_not_send_is_sent_there(card: Card, query: str) -> None:
    answer = present(f"https://{HOST}{PRESENT}{query}", card)
    assert answer.headers["Location"] == f"http://localhost:8000{PAGE}"
    assert not Ticket.objects.exists()


def test_no_cookie_is_set_on_the_certificates_host(card: Card, client: Client) -> None:
    assert not present(link_on(client), card).cookies
    assert not present(link_on(client), None).cookies


def test_the_ticket_holds_what_binds_and_no_certificate(card: Card, client: Client) -> None:
    present(link_on(client), card)
    ticket = Ticket.objects.get()
    assert set(ticket.note) == {"issuer", "serial", "key", "holder", "authority", "starts", "ends", "act", "next"}
    assert "BEGIN" not in str(ticket.note)
    assert client.cookies["certificat"].value not in f"{ticket.subject}{ticket.note}"


def test_the_cookie_of_the_browser_is_read_by_nobody_else(house: House, client: Client) -> None:
    link_on(client)
    cookie = client.cookies["certificat"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    shows(client, None)
    link_on(client)
    client.get(RETURN, {"ticket": "x"})
    assert client.cookies["certificat"].value == "", "forgotten once it has served"


# Nothing of it exists where the operator did not open it.


@pytest.mark.parametrize("path", [PAGE, ENROLMENT, RETURN, PRESENT])
def test_there_is_no_such_page(client: Client, path: str) -> None:
    person()
    sign_in(client)
    assert client.get(path).status_code == 404


def test_no_page_names_it(client: Client) -> None:
    assert "certificat" not in client.get("/connexion/").content.decode()
    person()
    sign_in(client)
    assert "certificat" not in client.get("/espace/securite/").content.decode()
    assert "certificat" not in client.get("/inscription/").content.decode().lower()


def test_e5_who_needs_one_is_told_so_and_goes_round_in_no_circle(
    house: House, settings: Any, client: Client, tmp_path: Path
) -> None:
    lea = person(level="certificate")
    opened(settings, tmp_path / "none.pem", certificate_url="")
    where = sign_in(client).headers["Location"]
    assert (where, client.get(where).headers["Location"]) == (ENROLMENT, WAYS)
    assert "Aucun de vos moyens" in client.get(WAYS).content.decode()
    bound(lea, house.authority.issue())
    assert client.get(sign_in(client).headers["Location"]).headers["Location"] == WAYS


def test_e6_closing_and_opening_again_lets_no_password_add_another(house: House, settings: Any, client: Client) -> None:
    lea, opening = person(level="certificate"), settings.PASSAVANT
    bound(lea, house.authority.issue())
    opened(settings, house.crl, certificate_url="")
    sign_in(client)
    settings.PASSAVANT = opening
    assert shows(client, house.authority.issue(), page=ENROLMENT).status_code in (302, 303)
    assert Certificate.objects.count() == 1


def test_the_level_is_offered_where_it_is_listed(house: House, client: Client) -> None:
    assert 'value="certificate"' in client.get("/inscription/").content.decode()


def test_the_account_of_a_removed_certificate_is_untouched(card: Card, client: Client) -> None:
    shown = link_on(client)
    answer = present(shown, card)
    Certificate.objects.all().delete()
    where = answer.headers["Location"].removeprefix("http://localhost:8000")
    assert client.get(where).headers["Location"] == f"{PAGE}?refus=inconnu"
    assert Account.objects.get().last_sign_in_at is None
