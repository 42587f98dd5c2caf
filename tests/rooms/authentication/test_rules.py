"""Levels, devices, counters, pending sign-ins: policy without a database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import time_machine

from passavant.accounts.rules.levels import offered
from passavant.authentication.rules import limits
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.devices import KEPT, MOST, Devices
from passavant.authentication.rules.levels import LEVELS, Step
from passavant.authentication.rules.pending import Pending

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_each_offered_level_has_its_row() -> None:
    assert set(offered()) <= set(LEVELS)


def test_d3_a_known_device_is_a_place_of_its_own_and_leaves_the_others_their_count() -> None:
    unknown = Attempt.of("lea.durand", "", "192.0.2.1")
    known = Attempt.of("lea.durand", "d7", "192.0.2.1")
    assert set(unknown.charges).isdisjoint(known.charges)
    assert limits.NETWORK not in [limit for limit, _key in known.charges]


def test_a_success_does_not_forgive_the_network() -> None:
    attempt = Attempt.of("lea.durand", "", "192.0.2.1")
    assert limits.NETWORK in [limit for limit, _key in attempt.charges]
    assert limits.NETWORK not in [limit for limit, _key in attempt.forgiven]


def test_a_device_is_known_to_its_account_under_its_epoch_only() -> None:
    lea, max_ = uuid4(), uuid4()
    devices = Devices().adding(lea, 3, NOW)
    assert devices.known(lea, 3)
    assert not devices.known(lea, 4)
    assert not devices.known(max_, 3)


def test_a_shared_browser_knows_its_last_people_and_keeps_their_devices_names() -> None:
    people = [uuid4() for _ in range(MOST + 1)]
    devices = Devices()
    for person in people:
        devices = devices.adding(person, 0, NOW)
    assert [bool(devices.known(person, 0)) for person in people] == [False, *[True] * MOST]
    name = devices.known(people[-1], 0)
    assert devices.adding(people[-1], 0, NOW).known(people[-1], 0) == name


def test_a_device_is_forgotten_after_its_time() -> None:
    lea = uuid4()
    entries = Devices().adding(lea, 0, NOW).entries
    assert Devices.read(entries, NOW + KEPT - timedelta(seconds=1)).known(lea, 0)
    assert not Devices.read(entries, NOW + KEPT).known(lea, 0)


def test_a_pending_sign_in_survives_its_storage_and_its_time_only() -> None:
    with time_machine.travel(NOW, tick=False):
        pending = Pending(
            account=uuid4().hex, epoch=0, level="sms", done=("password",), held=("sms",), methods=("pwd",)
        )
        assert Pending.read(pending.stored()) == pending
        assert pending.step is Step.SMS
    with time_machine.travel(NOW + limits.PENDING_LIFETIME, tick=False):
        assert Pending.read(pending.stored()) is None


def test_a8_at_most_the_kind_of_number_and_two_digits_are_shown() -> None:
    pending = Pending(account=uuid4().hex, epoch=0, level="sms", done=(), number="+33639981234")
    assert pending.masked == "06 •• •• •• 34"


def test_e4_one_country_abroad_cannot_use_the_budget_of_all() -> None:
    assert limits.sms_country("FR", 2000).allow == 2000
    assert limits.sms_country("BE", 2000).allow == 200
    assert limits.sms_budget(2000).allow == 2000
