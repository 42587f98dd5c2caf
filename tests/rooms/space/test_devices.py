"""The browsers in which no code is asked: shown, and asked again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.actions.trusting import trust_device
from passavant.authentication.models import TrustedDevice
from passavant.foundation.values import Origin
from tests.people import PASSWORD, person
from tests.rooms.space.inside import FIREFOX, browser, facts, text
from tests.rooms.space.test_profile import OTHER, change

pytestmark = pytest.mark.django_db
PAGE = "/espace/sessions/"


def trusted_by(account: Account) -> TrustedDevice:
    assert trust_device(account, Level.SMS, timezone.now(), origin=Origin("192.0.2.7", FIREFOX))
    return TrustedDevice.objects.latest("created_at")


def forget(device: TrustedDevice) -> str:
    return f"{PAGE}appareils/{device.pk}/oublier/"


@pytest.fixture(autouse=True)
def in_a_transaction(db: None) -> None:
    """What is tested writes in its caller's transaction, which the test's own is."""


def test_c8_each_says_in_which_browser_since_when_and_until_when() -> None:
    account = person(sms=True)
    with time_machine.travel("2026-11-22T13:00:00Z", tick=False):
        trusted_by(account)
        said = text(browser(account).get(PAGE))
    assert "Appareils où aucun code n’est demandé Firefox sur Linux Depuis le 22 novembre 2026 à 14 h 00" in said
    assert "Jusqu’au 22 décembre 2026 à 14 h 00" in said
    assert "Redemander un code sur l’appareil Firefox sur Linux" in said


def test_c8_those_that_no_longer_count_are_not_shown() -> None:
    account = person(sms=True)
    with time_machine.travel(timezone.now() - timedelta(days=31), tick=False):
        trusted_by(account)
    trusted_by(person(sms=True))
    assert "Appareils où aucun code" not in text(browser(account).get(PAGE))
    trusted_by(account)
    account.void_everything_open()
    assert "Appareils où aucun code" not in text(browser(account).get(PAGE))


def test_c8_one_is_asked_a_code_again_twice_is_no_fault() -> None:
    account = person(sms=True)
    device, client = trusted_by(account), browser(account)
    for _ in range(2):
        answer = client.post(forget(device))
        assert answer.headers["Location"] == "/espace/sessions/?fait=appareil"
    assert "Un code sera de nouveau demandé sur cet appareil." in text(client.get(answer.headers["Location"]))
    assert not TrustedDevice.objects.exists()
    assert facts("devices.forgotten") == [{"account": account.pk, "count": 1}]


def test_h1_that_of_somebody_else_is_not_found_and_goes_on() -> None:
    account, other = person(sms=True), person(sms=True)
    assert browser(account).post(forget(trusted_by(other))).status_code == 404
    assert TrustedDevice.objects.of(other).count() == 1


def test_e6_another_mobile_takes_the_trust_away() -> None:
    account = person(sms=True)
    trusted_by(account)
    assert change(browser(account), mobile=OTHER, current=PASSWORD).status_code == 303
    assert not TrustedDevice.objects.exists()


def test_e16_l7_the_table_is_told_to_its_person_and_hands_out_no_digest() -> None:
    account = person(sms=True)
    device = trusted_by(account)
    copy = browser(account).get("/espace/mes-donnees/?format=json").content.decode()
    assert str(device.pk) in copy
    assert device.digest not in copy
