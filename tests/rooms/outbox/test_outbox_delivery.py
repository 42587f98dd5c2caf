"""A batch: claimed once, carried outside of any transaction, and no message in the way of another."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from passavant.foundation.outbox import relay
from passavant.foundation.outbox.actions import deliver, retry_dead, sweep, waiting
from passavant.foundation.outbox.carriers import smtp
from passavant.foundation.outbox.carriers.outcomes import Later, Refused
from passavant.foundation.outbox.models import Channel, Outgoing
from passavant.foundation.outbox.rules import LEASE
from tests.rooms.outbox.conftest import Configure
from tests.rooms.outbox.post_office import PostOffice
from tests.rooms.outbox.trial import let_time_pass, letter, posted, row, states, text


@pytest.mark.django_db(transaction=True)
def test_parallel_workers_send_each_message_once(office: PostOffice) -> None:
    posted(*(letter(f"p{number}@example.org") for number in range(40)))
    start, faults = threading.Barrier(4), []

    def work() -> None:
        try:
            start.wait()
            while deliver(limit=3):
                pass
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert sorted(office.recipients) == sorted(f"p{number}@example.org" for number in range(40))
    assert states() == {"sent": 40}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[bool] = []
    converse = smtp.converse

    def watch(*arguments: Any) -> Any:
        inside.append(connection.in_atomic_block)
        return converse(*arguments)

    monkeypatch.setattr(smtp, "converse", watch)
    posted(letter())
    deliver()
    assert inside == [False]


@pytest.mark.django_db
def test_what_one_worker_took_comes_back_after_its_lease_only(office: PostOffice) -> None:
    [message] = posted(letter())
    [taken] = relay.claim(Channel.MAIL, 10)
    assert taken.attempts == 1
    assert deliver() == 0
    assert row(message).due_at - timezone.now() > LEASE - timedelta(seconds=30)
    let_time_pass()
    assert deliver() == 1
    assert row(message).state == "sent"


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", [Later("timed out"), Refused("550 no")])
def test_a_worker_that_outlived_its_lease_undoes_nothing(office: PostOffice, outcome: Later | Refused) -> None:
    [message] = posted(letter())
    [taken] = relay.claim(Channel.MAIL, 10)
    let_time_pass()
    [taken_again] = relay.claim(Channel.MAIL, 10)
    relay.settle(taken, outcome)
    assert row(message).state == "waiting"
    assert row(message).reason == ""
    relay.settle(taken_again, relay.Sent())
    relay.settle(taken, outcome)
    assert row(message).state == "sent"


@pytest.mark.django_db
def test_k18_messages_that_cannot_be_made_die_with_their_reason_and_the_others_leave(office: PostOffice) -> None:
    broken, missing, sealed_elsewhere, foreign = posted(
        letter(template="probe/mails/broken"),
        letter(template="probe/mails/nowhere"),
        letter(),
        text(template="probe/sms/words", context={"words": "ç’est"}),
    )
    Outgoing.objects.filter(pk=sealed_elsewhere).update(context=b"not what we sealed")
    posted(*(letter(f"p{number}@example.org") for number in range(10)), text())
    while deliver(limit=4):
        pass
    assert states() == {"dead": 4, "sent": 11}
    assert row(broken).reason == "rendering: TemplateSyntaxError"
    assert row(missing).reason == "rendering: TemplateDoesNotExist"
    assert row(sealed_elsewhere).reason == "rendering: CannotOpen"
    assert row(foreign).reason == "rendering: NotGsm7 U+00E7 U+2019"
    assert len(office.letters) == 10


@pytest.mark.django_db
def test_k18_a_dead_letter_is_put_back_and_leaves_once_the_cause_is_gone(office: PostOffice) -> None:
    office.says = {"RCPT": "550 5.1.1 not yet"}
    dead, sent = posted(letter("lea@example.org"), letter("other@example.org"))
    office.only_for = "lea@example.org"
    deliver()
    assert waiting().dead == 1
    assert retry_dead(dead)
    assert not retry_dead(dead)
    assert not retry_dead(sent)
    office.says = {}
    deliver()
    assert row(dead).state == "sent"
    assert waiting().dead == 0


@pytest.mark.django_db
def test_k18_an_unforeseen_fault_of_a_carrier_stops_no_other(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    converse = smtp.converse

    def stumble(session: Any, mail: Any) -> Any:
        if mail.to == "lea@example.org":
            raise ZeroDivisionError("482915 lea@example.org")
        return converse(session, mail)

    monkeypatch.setattr(smtp, "converse", stumble)
    poisoned, other = posted(letter("lea@example.org"), letter("other@example.org"))
    deliver()
    assert (row(poisoned).state, row(poisoned).reason) == ("waiting", "carrying: ZeroDivisionError")
    assert row(other).state == "sent"


@pytest.mark.django_db
def test_a_slow_server_makes_no_batch_outlive_its_lease(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "BATCH", timedelta(0))
    posted(*(letter(f"p{number}@example.org") for number in range(3)))
    deliver()
    assert states() == {"sent": 1, "waiting": 2}
    assert sorted(Outgoing.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    while deliver():
        pass
    assert states() == {"sent": 3}


@pytest.mark.django_db
def test_e15_codes_leave_before_letters_and_whatever_happens_to_them(configure: Configure) -> None:
    with PostOffice(says={"MAIL": "550 no"}) as office:
        configure(email_url=office.url)
        *_, code = posted(*(letter() for _ in range(30)), text())
        deliver()
        assert row(code).state == "sent"


@pytest.mark.django_db
def test_figures_count_what_waits_and_since_when(django_assert_num_queries: Callable[..., Any]) -> None:
    assert (waiting().waiting, waiting().dead, waiting().oldest_seconds, waiting().late_seconds) == (0, 0, 0.0, 0.0)
    old, _, dead, _ = posted(letter(), letter(), letter(), text())
    hour = timedelta(hours=1)
    Outgoing.objects.filter(pk=old).update(posted_at=timezone.now() - hour)
    Outgoing.objects.filter(pk=dead).update(state="dead", posted_at=timezone.now() - 9 * hour)
    with django_assert_num_queries(1):
        figures = waiting()
    assert (figures.waiting, figures.dead) == (3, 1)
    assert 3600 <= figures.oldest_seconds < 3700
    assert figures.late_seconds < 100
    Outgoing.objects.filter(pk=old).update(due_at=timezone.now() - hour)
    assert 3600 <= waiting().late_seconds < 3700


@pytest.mark.django_db
def test_sweeping_forgets_what_was_settled_before_and_nothing_that_waits(office: PostOffice) -> None:
    old, recent, still = posted(letter(), letter(), letter(thread="kept"))
    Outgoing.objects.filter(pk=still).update(due_at=timezone.now() + timedelta(days=1))
    deliver()
    month = timezone.now() - timedelta(days=30)
    Outgoing.objects.filter(pk=old).update(settled_at=month - timedelta(seconds=1))
    Outgoing.objects.filter(pk=still).update(posted_at=month - timedelta(days=1))
    assert sweep(month) == 1
    assert sweep(month) == 0
    assert set(Outgoing.objects.values_list("pk", flat=True)) == {recent, still}


@pytest.mark.django_db
def test_an_idle_worker_asks_one_question(django_assert_num_queries: Callable[..., Any]) -> None:
    with django_assert_num_queries(1):
        assert deliver() == 0


@pytest.mark.django_db
def test_a_message_more_costs_one_query_more(office: PostOffice) -> None:
    costs = []
    for many in (5, 9):
        posted(*(letter() for _ in range(many)))
        with CaptureQueriesContext(connection) as queries:
            assert deliver() == many
        costs.append(len(queries))
    assert costs[1] - costs[0] == 4
