"""What is read of a header that nginx wrote, of a certificate of any make, and of the lists of revoked ones (E10)."""

import os
from datetime import timedelta
from pathlib import Path
from typing import get_args
from urllib.parse import quote

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from django.test import Client
from django.utils import timezone

from passavant.authentication import events
from passavant.authentication.models import revocations
from passavant.authentication.rules.certificates import Fault, stage
from passavant.authentication.tasks import watch_certificate_lists
from passavant.authentication.views.unfit import TOLD, WORDS, told
from passavant.authentication.wire.certificates import TEXT, presented
from passavant.config.doctor import Unwell, revoked
from tests.authority import DAY, HOUR, Authority, Card
from tests.people import person
from tests.rooms.authentication.certificates import House, bound, house, link_on, present, shown, shows
from tests.rooms.authentication.people_at_the_door import SPACE, facts

pytestmark = pytest.mark.django_db
__all__ = ["house"]
AUTHORITY = Authority()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "%00",
        "é",
        "-----BEGIN CERTIFICATE-----",
        quote("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        quote(AUTHORITY.revoked().decode()),
        "A" * (TEXT + 1),
    ],
)
def test_e10_what_is_no_certificate_is_malformed(text: str) -> None:
    assert presented("SUCCESS", text) == (None, "malformed")


def test_e10_a_verdict_against_it_stands_before_what_can_be_read() -> None:
    assert presented("FAILED:certificate revoked", "garbage") == (None, "revoked")
    assert presented("NONE", AUTHORITY.issue().escaped) == (None, "none")


@pytest.mark.parametrize(
    ("key", "strong"),
    [
        (lambda: rsa.generate_private_key(65537, 1024), False),
        (lambda: rsa.generate_private_key(3, 2048), False),
        (lambda: ec.generate_private_key(ec.SECP256K1()), False),
        (lambda: ec.generate_private_key(ec.SECP224R1()), False),
        (lambda: rsa.generate_private_key(65537, 2048), True),
        (lambda: ec.generate_private_key(ec.SECP384R1()), True),
        (ed25519.Ed25519PrivateKey.generate, True),
    ],
)
def test_e10_a_weak_key_is_seen(key, strong: bool) -> None:
    assert shown(AUTHORITY.issue(key=key())).strong is strong


def test_names_are_shown_without_what_cannot_be_printed() -> None:
    read = shown(AUTHORITY.issue("Léa\nDurand\u202e"))
    assert (read.holder, read.authority) == ("Léa Durand", "Autorité d’essai")


def test_two_certificates_of_one_name_have_nothing_that_binds_in_common() -> None:
    one, two = shown(AUTHORITY.issue()), shown(Authority("Autre").issue())
    assert one.holder == two.holder
    assert not {one.issuer, one.serial, one.key} & {two.issuer, two.serial, two.key}


def test_the_trail_and_the_pages_know_every_fault() -> None:
    assert get_args(Fault) == get_args(events.CertificateFault)
    assert set(WORDS) == set(get_args(Fault))
    assert {*WORDS.values(), "limite"} == set(TOLD)
    assert told("trop") == ("Vous avez déjà 10 certificats.", "Retirez-en un avant d’en ajouter un autre.")


@pytest.mark.parametrize(
    ("left", "expected"), [(61 * DAY, None), (60 * DAY, 60), (31 * DAY, 60), (30 * DAY, 30), (7 * DAY, 7), (DAY, 7)]
)
def test_the_stage_of_a_reminder_is_the_last_one_due(left: timedelta, expected: int | None) -> None:
    now = timezone.now()
    assert stage(now + left, now) == expected


# The lists of revoked certificates: without a good one, nobody enters, and somebody is told.


@pytest.fixture
def card(house: House) -> Card:
    made = house.authority.issue()
    bound(person(), made)
    return made


def _closed(client: Client, card: Card) -> None:
    answer = present(link_on(client), card)
    assert "refus=liste" in answer.headers["Location"]
    assert facts("certificate.refused")[-1]["why"] == "list"


def test_e10_a_list_out_of_date_closes_and_the_alarm_is_raised_once(house: House, card: Card, client: Client) -> None:
    house.revokes(made=-2 * HOUR, ends=-HOUR)
    for _ in range(3):
        _closed(client, card)
    (alarm,) = facts("certificate_list.failing")
    assert (alarm["why"], alarm["issuer"]) == ("stale", "Autorité d’essai")
    assert watch_certificate_lists() == 0, "L9: once"
    house.revokes()
    assert shows(client, card).headers["Location"] == SPACE


def test_e10_the_worker_raises_the_alarm_before_anybody_comes(house: House) -> None:
    assert watch_certificate_lists() == 0
    house.revokes(ends=HOUR)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert [watch_certificate_lists() for _ in range(2)] == [1, 0]
    assert len(facts("certificate_list.failing")) == 1


def test_e10_a_list_dated_of_tomorrow_is_none(house: House, card: Card, client: Client) -> None:
    house.revokes(made=HOUR)
    _closed(client, card)


@pytest.mark.parametrize("content", [b"", b"garbage", AUTHORITY.pem, AUTHORITY.revoked()[:-40]])
def test_e10_a_file_that_is_no_list_closes(house: House, card: Card, client: Client, content: bytes) -> None:
    house.crl.write_bytes(content)
    _closed(client, card)
    assert facts("certificate_list.failing")[-1]["why"] == "missing"


def test_e10_a_missing_file_closes(house: House, card: Card, client: Client) -> None:
    house.crl.unlink()
    _closed(client, card)
    assert facts("certificate_list.failing")[-1]["why"] == "missing"


def test_e10_the_list_of_another_authority_vouches_for_nobody(house: House, card: Card, client: Client) -> None:
    house.crl.write_bytes(Authority("Autre").revoked())
    _closed(client, card)


def test_several_lists_stand_in_one_file_and_the_last_of_each_counts(house: House, card: Card, client: Client) -> None:
    old, new = house.authority.revoked(made=-2 * HOUR), house.authority.revoked(card)
    house.crl.write_bytes(Authority("Racine").revoked() + new + old)
    assert len(revocations.lists()) == 2
    assert "refus=revoque" in present(link_on(client), card).headers["Location"]


def test_a_list_is_read_again_only_when_it_changes(house: House, tmp_path: Path) -> None:
    first = revocations.lists()
    assert revocations.lists() is first
    os.utime(house.crl, ns=(1, 1))
    assert revocations.lists() is not first


def test_the_doctor_says_a_day_before_that_a_list_ends(house: House) -> None:
    assert revoked() == "1 list(s) of revoked certificates in force"
    house.revokes(ends=23 * HOUR)
    with pytest.raises(Unwell, match="Autorité d’essai"):
        revoked()
