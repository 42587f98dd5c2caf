"""E8: two officers remove what was lost, the person enrols anew, and nobody sees or sets a secret."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.actions.outcomes import LossHindered, LossMoved
from passavant.authentication.models import AppFactor, Certificate, Loss, Passkey, RecoveryCode
from passavant.authentication.rules.losses import KEPT, LIFE, MOVES, OPEN, State, last_four, officer_key
from passavant.authentication.tasks import advance_lost
from passavant.config.command import parser
from passavant.config.recovering import recover
from tests.people import PASSWORD, person
from tests.rooms.authentication.factors import (
    ENROL_APP,
    person_with_app,
    secret_on,
    shown,
    types,
    with_recovery_codes,
)
from tests.rooms.authentication.losing import SECOND, check, confirm, news, opened, opens, posted, refuse, state
from tests.rooms.authentication.people_at_the_door import facts, is_inside, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def command(*words: str) -> int:
    return recover(parser().parse_args(["account", "recover", *words]))


def test_e8_the_table_of_moves() -> None:
    assert {name: (sorted(move.sources), move.target.value) for name, move in MOVES.items()} == {
        "ripen": (["waiting"], "ready"),
        "check": (["ready", "waiting"], "checked"),
        "confirm": (["checked"], "done"),
        "refuse": (["checked", "ready", "waiting"], "refused"),
        "cancel": (["checked", "ready", "waiting"], "cancelled"),
        "lapse": (["checked", "ready", "waiting"], "lapsed"),
    }


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("start", State)
@pytest.mark.parametrize("age", ["young", "ripe", "stale"])
def test_e8_a_move_is_made_from_its_sources_in_its_time_and_from_nowhere_else(
    move: str, start: State, age: str
) -> None:
    now, table = timezone.now(), MOVES[move]
    ready, lapses = {"young": (SECOND, LIFE), "ripe": (-SECOND, LIFE), "stale": (-LIFE, -SECOND)}[age]
    officers = {"checked_by": "alix", "confirmed_by": "noé"} if start is State.DONE or move == "confirm" else {}
    loss = Loss(account=person(level="totp"), state=start.value, opened_at=now, ready_at=now + ready, **officers)
    loss.lapses_at = now + lapses
    loss.save()
    possible = start in table.sources and table.stale == (age == "stale") and not (table.ripe and age == "young")
    assert Loss.objects.move(loss, move, now) is possible
    loss.refresh_from_db()
    assert loss.state == (table.target if possible else start).value
    assert (loss.ended_at == now) is (possible and table.target not in OPEN)


def test_e8_two_officers_remove_the_factors_and_the_person_enrols_anew(client: Client, clock: Any) -> None:
    lea, other = person_with_app(), person_with_app()
    with_recovery_codes(lea)
    sign_in(client)
    types(client, shown())
    clock.shift(SECOND)
    opened(lea, clock)
    assert check(lea) == LossMoved()
    assert AppFactor.objects.filter(account=lea).exists()
    assert confirm(lea) == LossMoved(factors=1)
    factors = (AppFactor, Passkey, Certificate, RecoveryCode)
    assert not any(table.objects.filter(account=lea).exists() for table in factors)
    assert AppFactor.objects.filter(account=other).count() == 1
    after = Account.objects.get(pk=lea.pk)
    assert (after.level, after.password, after.state) == ("totp", lea.password, "active")
    assert after.security_epoch == lea.security_epoch + 1
    assert not is_inside(client)
    assert posted("notice")[-1]["what"] == "factors_removed"
    browser = Client()
    assert sign_in(browser).headers["Location"] == ENROL_APP
    assert not is_inside(browser)
    assert types(browser, shown(secret_on(browser.get(ENROL_APP).content.decode())), ENROL_APP).status_code == 303
    assert is_inside(browser)


def test_e8_the_trail_keeps_the_type_and_the_last_four_and_both_officers(clock: Any) -> None:
    lea = person_with_app()
    opened(lea, clock)
    check(lea)
    confirm(lea)
    (checked,), (completed,) = facts("loss.checked"), facts("loss.completed")
    assert (checked["account"], checked["paper"], checked["last_four"]) == (lea.pk, "passport", "7X42")
    assert (checked["officer"], completed["officer"], completed["factors"]) == ("alix martin", "noé petit", 1)


def hindered(outcome: LossMoved | LossHindered) -> str:
    assert isinstance(outcome, LossHindered)
    return outcome.why


def test_e8_not_a_second_before_the_delay_is_over(clock: Any) -> None:
    lea = person_with_app()
    loss = opened(lea, clock)
    clock.shift(-SECOND)
    outcome = check(lea)
    assert outcome == LossHindered("early", loss.ready_at)
    clock.shift(SECOND)
    assert check(lea) == LossMoved(), "a worker that is late changes nothing"
    assert [(fact["act"], fact["why"]) for fact in facts("loss.stopped")] == [("check", "early")]


def test_e8_the_same_officer_never_confirms(clock: Any) -> None:
    lea = person_with_app()
    opened(lea, clock)
    assert hindered(confirm(lea)) == "unchecked"
    check(lea)
    assert hindered(confirm(lea, "alix martin")) == "same"
    assert officer_key(" ALIX  Martin ") == "alix martin"
    assert (state(), AppFactor.objects.count()) == ("checked", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Loss.objects.update(confirmed_by="alix martin")
    with pytest.raises(IntegrityError), transaction.atomic():
        Loss.objects.update(state="done")


@pytest.mark.parametrize("act", [check, confirm])
def test_e8_a_sign_in_with_the_old_factor_stops_the_officers_before_the_worker_comes(
    client: Client, clock: Any, act: Callable[[Account], Any]
) -> None:
    lea = person_with_app()
    opened(lea, clock)
    if act is confirm:
        check(lea)
    clock.shift(SECOND)
    sign_in(client)
    types(client, shown())
    assert hindered(act(lea)) == "returned"
    assert AppFactor.objects.count() == 1
    assert (advance_lost(), state()) == (1, "cancelled")


def test_e8_nobody_nothing_open_and_a_level_that_is_not_for_it(clock: Any) -> None:
    lea = person_with_app()
    assert hindered(check(Account(identifier="personne.ici"))) == "nobody"
    assert hindered(check(lea)) == hindered(refuse(lea)) == "none"
    opened(lea, clock)
    Account.objects.update(level="password")
    assert hindered(check(lea)) == "level"
    Account.objects.update(state="suspended")
    assert hindered(check(lea)) == "nobody"


def test_e8_an_officer_refuses_and_the_person_is_told(clock: Any) -> None:
    lea = person_with_app()
    opened(lea, clock)
    check(lea)
    assert refuse(lea) == LossMoved()
    assert (state(), news()[-1], AppFactor.objects.count()) == ("refused", "refused", 1)
    assert hindered(confirm(lea)) == "none"
    assert not [mail for mail in posted("loss")[1:] if mail["link"]]


def test_e8_time_ripens_lapses_and_forgets(clock: Any) -> None:
    lea = person_with_app()
    opens(Client())
    assert advance_lost() == 0
    opened_at = Loss.objects.get().opened_at
    clock.move_to(opened_at + (Loss.objects.get().ready_at - opened_at))
    assert (advance_lost(), state(), news()[-1], advance_lost()) == (1, "ready", "ready", 0)
    assert check(lea) == LossMoved()
    clock.move_to(opened_at + LIFE)
    assert hindered(confirm(lea)) == "lapsed"
    assert (advance_lost(), state(), news()[-1], advance_lost()) == (1, "lapsed", "lapsed", 0)
    clock.shift(KEPT)
    assert (advance_lost(), Loss.objects.exists(), advance_lost()) == (1, False, 0)
    assert Account.objects.get().is_active


def test_e8_a_closed_account_leaves_no_request() -> None:
    person_with_app()
    opens(Client())
    Account.objects.update(state="closed")
    assert advance_lost() > 0
    assert not Loss.objects.exists()


def test_e8_the_command_of_the_officers(clock: Any, capsys: pytest.CaptureFixture[str]) -> None:
    lea = person_with_app()
    opened(lea, clock)
    paper = ("--paper", "passport", "--last-four", "7x42")
    assert command("check", lea.email, "--officer", "Alix Martin") == 2
    assert command("check", lea.email, "--officer", "Alix Martin", "--paper", "passport", "--last-four", "17X42") == 2
    assert command("check", lea.email, "--officer", " ", *paper) == 2
    assert command("check", lea.email, "--officer", "Alix Martin", *paper) == 0
    assert command("confirm", lea.email, "--officer", "alix  MARTIN") == 1
    assert "another one does" in capsys.readouterr().err
    assert command("confirm", lea.email, "--officer", "Noé Petit") == 0
    assert capsys.readouterr().out.startswith("confirmed: 1 factor(s) removed")
    assert command("refuse", lea.email, "--officer", "Noé Petit") == 1
    with pytest.raises(SystemExit):
        command("confirm", lea.email)
    assert PASSWORD not in str(facts("loss.checked"))


@pytest.mark.parametrize("typed", ["", "123", "12345", "12 4", "éé42"])
def test_e8_four_letters_or_digits_and_no_more(typed: str) -> None:
    with pytest.raises(ValueError, match="last four"):
        last_four(typed)
