"""E8: of officers, workers and persons who act at the same moment, one wins."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication import actions
from passavant.authentication.actions.outcomes import LossAwaits, LossMoved
from passavant.authentication.models import AppFactor, Loss
from passavant.authentication.rules.losses import Claim
from passavant.authentication.tasks import advance_lost
from passavant.foundation.onetime.actions import issue_code
from passavant.foundation.values import Origin
from tests.rooms.accounts.test_races import at_once
from tests.rooms.authentication.factors import person_with_app
from tests.rooms.authentication.losing import check, confirm, opens, refuse, state
from tests.rooms.authentication.people_at_the_door import facts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lea() -> Account:
    """Her request has waited long enough."""
    account = person_with_app()
    opens(Client())
    Loss.objects.update(ready_at=timezone.now() - timedelta(seconds=1))
    return account


def test_e8_of_officers_who_check_at_once_one_does(lea: Account) -> None:
    answers = at_once(4, lambda n: check(lea, f"agent {n}"))
    assert answers.count(LossMoved()) == 1
    assert len(facts("loss.checked")) == 1


def test_e8_of_officers_who_confirm_at_once_one_does(lea: Account) -> None:
    check(lea)
    answers = at_once(4, lambda n: confirm(lea, f"agent {n}"))
    assert answers.count(LossMoved(1)) == 1
    assert len(facts("loss.completed")) == 1
    assert Account.objects.get().security_epoch == lea.security_epoch + 1


def test_e8_confirmed_or_refused_never_both(lea: Account) -> None:
    check(lea)
    acts: list[Any] = [confirm, refuse]
    answers = at_once(4, lambda n: acts[n % 2](lea, f"agent {n}"))
    assert sum(isinstance(answer, LossMoved) for answer in answers) == 1
    assert (state() == "done") is not AppFactor.objects.exists()


def test_e8_a_sign_in_between_the_look_and_the_act_wins(lea: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    check(lea)
    loss = Loss.objects.select_related("account").get()
    Account.objects.update(factor_proved_at=timezone.now())
    monkeypatch.setattr("passavant.authentication.actions.recovering._case", lambda *_: loss)
    assert not isinstance(confirm(lea), LossMoved)
    assert (state(), AppFactor.objects.count()) == ("checked", 1)
    assert [fact["why"] for fact in facts("loss.stopped")] == ["state"]


def test_e8_of_codes_typed_back_at_once_one_request_is_open(lea: Account) -> None:
    Loss.objects.all().delete()
    claims = [Claim(f"claim-{n}", str(lea.pk), lea.security_epoch) for n in range(3)]
    minutes = timedelta(minutes=10)
    codes = [issue_code("authentication.loss", claim.id, lifetime=minutes, tries=5) for claim in claims]
    origin = Origin("192.0.2.1")
    answers = at_once(3, lambda n: actions.prove_loss(claims[n], codes[n], origin=origin))
    assert all(isinstance(answer, LossAwaits) for answer in answers)
    assert Loss.objects.count() == 1


def test_e8_of_workers_at_once_each_move_is_made_once(lea: Account) -> None:
    assert sum(at_once(3, lambda _: advance_lost())) == 1
    assert len(facts("loss.ready")) == 1
