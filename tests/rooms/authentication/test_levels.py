"""What each level asks, what leads to it, what must be enrolled first: tables, without a database."""

from itertools import combinations
from uuid import uuid4

import pytest

from passavant.accounts.rules.levels import Level
from passavant.authentication.rules.levels import (
    LEVELS,
    Progress,
    Step,
    announced,
    asked,
    missing,
    next_step,
    progress,
    rank,
    reached,
    satisfied,
    ways,
)
from passavant.authentication.rules.pending import RECOVERY, Pending

PASSWORD, SMS, TOTP, PASSKEY = Step.PASSWORD, Step.SMS, Step.TOTP, Step.PASSKEY
ALL = "password sms totp passkey"


def sets() -> list[frozenset[Step]]:
    return [frozenset(some) for count in range(len(Step) + 1) for some in combinations(Step, count)]


@pytest.mark.parametrize(
    ("level", "done", "held", "expected"),
    [
        ("password", "", "password", [PASSWORD]),
        ("password", "", ALL, [PASSWORD, PASSKEY]),
        ("password", "password", ALL, []),
        ("sms", "", "password sms", [PASSWORD]),
        ("sms", "password", "password sms", [SMS]),
        ("sms", "password", ALL, [SMS, TOTP, PASSKEY]),
        ("sms", "password sms", ALL, []),
        ("sms", "password totp", ALL, []),
        ("totp", "password", "password sms totp", [TOTP]),
        ("totp", "password sms", "password sms totp", [TOTP]),
        ("totp", "password", "password sms passkey", [PASSKEY]),
        ("totp", "password", "password sms", []),
        ("totp", "", "password sms", [PASSWORD]),
        ("passkey", "", "password passkey", [PASSKEY]),
        ("passkey", "password", ALL, [PASSKEY]),
        ("passkey", "password totp", ALL, [PASSKEY]),
        ("passkey", "passkey", ALL, []),
        ("passkey", "", "password", [PASSWORD]),
        ("passkey", "password", "password", []),
        ("certificate", "password totp passkey", ALL, []),
    ],
)
def test_e7_what_leads_to_the_level_and_nothing_else(level: str, done: str, held: str, expected: list[Step]) -> None:
    standing = progress(level, done.split(), held.split())
    assert list(ways(standing)) == expected
    assert next_step(standing) is (expected[0] if expected else None)


@pytest.mark.parametrize(
    ("level", "done", "held", "expected"),
    [
        ("totp", "password", "password sms", TOTP),
        ("totp", "password", "password totp", None),
        ("totp", "password", "password passkey", None),
        ("totp", "", "password", None),
        ("passkey", "password", "password totp", PASSKEY),
        ("passkey", "", "password", None),
        ("passkey", "", "", None),
        ("sms", "password", "password sms", None),
        ("certificate", "password", ALL, Step.CERTIFICATE),
        ("password", "password", "", None),
    ],
)
def test_e6_a_factor_is_enrolled_after_the_password_and_only_when_none_would_do(
    level: str, done: str, held: str, expected: Step | None
) -> None:
    assert missing(progress(level, done.split(), held.split())) is expected


@pytest.mark.parametrize("level", [*LEVELS])
def test_e5_whatever_is_done_a_floor_is_reached_by_a_level_at_or_above_it_only(level: Level) -> None:
    for done in sets():
        for held in sets():
            standing = Progress(level, done, held)
            enough = any(LEVELS[other].needed <= done for other in LEVELS if rank(other) >= rank(level))
            assert satisfied(standing) is enough
            assert not (enough and (ways(standing) or missing(standing)))
            assert enough or ways(standing) or missing(standing)


def test_e7_each_way_leads_there_with_what_is_held() -> None:
    for level in LEVELS:
        for held in sets():
            done: frozenset[Step] = frozenset({PASSWORD})
            while step := next_step(Progress(level, done, held)):
                assert step in held
                done |= {step}
            assert satisfied(Progress(level, done, held)) or missing(Progress(level, done, held)) not in held


@pytest.mark.parametrize(
    ("done", "level"),
    [
        ("", None),
        ("sms", None),
        ("totp", None),
        ("password", Level.PASSWORD),
        ("password sms", Level.SMS),
        ("password sms totp", Level.TOTP),
        ("passkey", Level.PASSKEY),
        ("password passkey", Level.PASSKEY),
        ("certificate", Level.CERTIFICATE),
    ],
)
def test_the_level_reached_is_the_strongest_whose_steps_are_all_done(done: str, level: Level | None) -> None:
    assert reached(frozenset(map(Step, done.split()))) is level


def test_the_floor_that_binds_is_the_strongest() -> None:
    assert asked(Level.SMS) is Level.SMS
    assert asked(Level.SMS, Level.PASSKEY, Level.TOTP) is Level.PASSKEY
    assert [rank(level) for level in Level] == sorted(rank(level) for level in Level)


@pytest.mark.parametrize(
    ("level", "acr", "amr"),
    [
        ("password", "eidas1", "pwd"),
        ("sms", "eidas1-mfa", "pwd sms mfa"),
        ("totp", "eidas2", "pwd otp mfa"),
        ("passkey", "eidas2", "hwk user mfa"),
        ("certificate", "eidas3", "sc mfa"),
    ],
)
def test_what_teleservices_are_told(level: str, acr: str, amr: str) -> None:
    demand = LEVELS[Level(level)]
    assert (demand.acr, demand.amr) == (acr, tuple(amr.split()))


def test_two_kinds_of_proof_are_announced_once() -> None:
    assert announced(Level.PASSWORD, ("pwd",)) == ("pwd",)
    assert announced(Level.TOTP, ("pwd", "otp")) == ("pwd", "otp", "mfa")
    assert announced(Level.PASSKEY, ("swk", "user")) == ("swk", "user", "mfa")
    assert announced(Level.SMS, ("pwd", "mfa", "sms")) == ("pwd", "mfa", "sms")


def pending(level: str, done: str, held: str, **more: object) -> Pending:
    kept = {
        "account": uuid4().hex,
        "epoch": 0,
        "level": level,
        "done": tuple(done.split()),
        "held": tuple(held.split()),
    }
    return Pending(**kept | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "offered", "asks"),
    [
        (pending("sms", "password", "password sms totp"), ("sms", "totp"), "sms"),
        (pending("sms", "password", "password sms totp", choice="totp"), ("sms", "totp"), "totp"),
        (pending("totp", "password", "password sms totp", choice="sms"), ("totp",), "totp"),
        (pending("totp", "password", "totp", spare=True), ("totp", RECOVERY), "totp"),
        (pending("totp", "password", "totp", spare=True, choice=RECOVERY), ("totp", RECOVERY), RECOVERY),
        (pending("totp", "password", "totp", choice=RECOVERY), ("totp",), "totp"),
        (pending("passkey", "password", "passkey", spare=True), ("passkey", RECOVERY), "passkey"),
        (pending("passkey", "", "password passkey", spare=True), ("passkey",), "passkey"),
        (pending("sms", "password", "sms totp", floor="totp", spare=True, choice=RECOVERY), ("totp",), "totp"),
        (pending("totp", "password", "password", spare=True), (), ""),
    ],
)
def test_e7_a_choice_is_kept_among_what_leads_to_the_level(
    standing: Pending, offered: tuple[str, ...], asks: str
) -> None:
    assert (standing.ways, standing.asks) == (offered, asks)
