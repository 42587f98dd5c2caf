"""A certificate becomes a factor, and goes: at the first sign-in of its level, or from « Sécurité »."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.actions import certificates
from passavant.authentication.models import Certificate
from passavant.authentication.rules.certificates import MOST
from passavant.foundation.outbox.models import Outgoing
from tests.authority import DAY, Card
from tests.people import person
from tests.rooms.authentication.certificates import (
    ENROLMENT,
    PAGE,
    House,
    back,
    bound,
    house,
    link_on,
    present,
    shows,
)
from tests.rooms.authentication.people_at_the_door import SPACE, facts, is_inside, sign_in

pytestmark = pytest.mark.django_db
__all__ = ["house"]
SECURITY, CONFIRM, LEVEL = "/espace/securite/", "/connexion/confirmation/", "/espace/securite/niveau/"
MINUTES = timedelta(minutes=1)


@pytest.fixture
def lea() -> Account:
    return person(level="certificate")


@pytest.fixture
def card(house: House) -> Card:
    return house.authority.issue()


def notices() -> int:
    return Outgoing.objects.filter(template="authentication/mails/notice").count()


# E6: the level asks for a certificate, and there is none yet.


def test_e6_it_is_added_and_opens_the_space_at_once(lea: Account, card: Card, client: Client) -> None:
    assert sign_in(client, next="/espace/profil/").headers["Location"] == ENROLMENT
    assert not is_inside(client)
    assert shows(client, card, page=ENROLMENT).headers["Location"] == "/espace/profil/"
    assert is_inside(client)
    row = Certificate.objects.get()
    assert (row.account, row.name, row.holder) == (lea, "Léa Durand", "Léa Durand")
    assert facts("factor.added")[-1]["kind"] == "certificate"
    assert facts("sign_in.completed")[-1]["methods"] == "pwd sc mfa"
    assert notices() == 1
    assert shows(Client(), card).headers["Location"] == SPACE


def test_e14_half_an_enrolment_changes_nothing(lea: Account, card: Card, client: Client) -> None:
    sign_in(client)
    present(link_on(client, ENROLMENT), card)
    present(link_on(client, ENROLMENT), None)
    assert not Certificate.objects.exists()
    assert not is_inside(client)
    assert sign_in(Client()).headers["Location"] == ENROLMENT


@pytest.mark.parametrize("verdict", ["FAILED:certificate has expired", "NONE"])
def test_e10_a_bad_certificate_is_not_added(lea: Account, card: Card, client: Client, verdict: str) -> None:
    sign_in(client)
    page = shows(client, card, verdict, page=ENROLMENT).content.decode()
    assert "fr-alert--error" in page
    assert "Présenter mon certificat" in page
    assert not Certificate.objects.exists()


def test_e6_nobody_adds_one_before_the_password(lea: Account, card: Card, client: Client) -> None:
    assert client.get(ENROLMENT).headers["Location"].startswith("/connexion/")
    answer = present(link_on(client) + "&acte=ajout", card)
    assert back(client, answer).headers["Location"].startswith("/connexion/?next=")
    assert not Certificate.objects.exists()


def test_e6_the_certificate_of_somebody_else_is_not_added(
    lea: Account, card: Card, house: House, client: Client
) -> None:
    bound(person(), card)
    sign_in(client)
    assert shows(client, card, page=ENROLMENT).headers["Location"] == f"{ENROLMENT}?refus=deja"
    assert facts("certificate.not_added")[-1] | {"request_id": ""} == {
        "account": lea.id,
        "why": "known",
        "request_id": "",
    }
    assert not is_inside(client)


def test_e6_of_two_windows_one_adds(lea: Account, house: House) -> None:
    first, second = Client(), Client()
    answers = []
    for browser in (first, second):
        sign_in(browser)
        answers.append(present(link_on(browser, ENROLMENT), house.authority.issue()))
    assert back(first, answers[0]).headers["Location"] == SPACE
    assert back(second, answers[1]).headers["Location"].startswith("/connexion/")
    assert Certificate.objects.count() == 1
    assert not is_inside(second)


# One more, from « Sécurité », and one less.


@pytest.fixture
def camille(client: Client) -> Account:
    account = person(identifier="camille.martin", email="camille@example.org")
    sign_in(client, "camille.martin")
    return account


def test_one_is_added_and_the_other_sessions_end(camille: Account, card: Card, client: Client) -> None:
    other = Client()
    sign_in(other, "camille.martin")
    assert "Ajouter un certificat" in client.get(SECURITY).content.decode()
    answer = shows(client, card, page=ENROLMENT)
    assert answer.headers["Location"] == f"{SECURITY}?fait=certificat"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Le certificat est ajouté." in page
    assert "valable jusqu’au" in page
    assert not is_inside(other)
    assert notices() == 1


def test_e5_the_level_is_raised_once_the_certificate_was_added_and_shown(
    camille: Account, card: Card, client: Client
) -> None:
    raising = {"level": "certificate"}
    assert client.post(LEVEL, raising).headers["Location"] == ENROLMENT
    shows(client, card, page=ENROLMENT)
    where = client.post(LEVEL, raising).headers["Location"]
    assert where == f"{CONFIRM}?next={LEVEL}&niveau=certificate"
    client.post(where, {"moyen": "certificate"})
    assert shows(client, card).headers["Location"] == LEVEL
    assert client.post(LEVEL, raising).headers["Location"] == f"{SECURITY}?fait=niveau"
    assert sign_in(Client(), "camille.martin").headers["Location"] == PAGE


def test_e15_who_is_no_longer_fresh_confirms_first_even_at_the_return(
    camille: Account, card: Card, client: Client
) -> None:
    link = link_on(client, ENROLMENT)
    with time_machine.travel(timezone.now() + 14 * MINUTES):
        client.get(SECURITY)
    with time_machine.travel(timezone.now() + 16 * MINUTES):
        assert client.get(ENROLMENT).headers["Location"].startswith(CONFIRM)
        assert back(client, present(link, card)).headers["Location"].startswith(CONFIRM)
    assert not Certificate.objects.exists()


def test_a_person_has_no_more_than_ten(camille: Account, house: House, client: Client) -> None:
    for _ in range(MOST):
        bound(camille, house.authority.issue())
    answer = shows(client, house.authority.issue(), page=ENROLMENT)
    assert "Vous avez déjà 10 certificats." in client.get(answer.headers["Location"]).content.decode()


def test_j_the_same_one_added_twice_at_once_is_added_once(
    camille: Account, card: Card, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(person(), card)
    monkeypatch.setattr(certificates, "_unwelcome", lambda *_: None)  # looked before the other one wrote
    assert shows(client, card, page=ENROLMENT).headers["Location"] == f"{ENROLMENT}?refus=deja"
    assert (Certificate.objects.count(), notices(), is_inside(client)) == (1, 0, True)


def test_its_own_is_told_to_be_there_already(camille: Account, card: Card, client: Client) -> None:
    bound(camille, card)
    assert shows(client, card, page=ENROLMENT).headers["Location"] == f"{ENROLMENT}?refus=deja"


def test_it_is_called_otherwise_and_removed(camille: Account, card: Card, client: Client) -> None:
    row = bound(camille, card)
    client.post(f"{SECURITY}certificat/{row.pk}/renommer/", {"name": "Carte du bureau"})
    assert "Certificat «\u00a0Carte du bureau\u00a0»" in client.get(SECURITY).content.decode()
    assert client.post(f"{SECURITY}certificat/{row.pk}/retirer/").status_code == 303
    assert "refus=inconnu" in shows(Client(), card).headers["Location"]


def test_e8_the_last_one_the_level_needs_stays_whatever_expired_ones_remain(
    house: House, card: Card, client: Client
) -> None:
    lea = person(level="certificate")
    good, old = bound(lea, card), bound(lea, house.authority.issue(starts=-9 * DAY, ends=-DAY))
    shows(client, card)
    assert client.post(f"{SECURITY}certificat/{good.pk}/retirer/").status_code == 422
    assert facts("factor.kept")[-1]["kind"] == "certificate"
    assert "Expiré" in client.get(SECURITY).content.decode()
    assert client.post(f"{SECURITY}certificat/{old.pk}/retirer/").status_code == 303
    assert list(Certificate.objects.all()) == [good]
