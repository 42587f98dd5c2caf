"""E8: « J’ai tout perdu », from the question to the open request; the answer tells nothing of anybody (A4)."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication import actions
from passavant.authentication.models import AppFactor, Loss
from passavant.authentication.rules.limits import CODE_TRIES, LOSS_ASKED, LOSS_MAILS
from passavant.authentication.rules.losses import DELAY, LIFE
from passavant.authentication.tasks import advance_lost
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import render_mail, render_sms
from passavant.foundation.values import Origin
from tests.people import MOBILE, person
from tests.rooms.authentication.factors import WAYS, person_with_app, shown, types
from tests.rooms.authentication.losing import (
    AWAITED,
    CANCEL,
    LOSS,
    LOSS_CODE,
    OVER,
    asks,
    cancel_path,
    news,
    opens,
    posted,
    state,
    types_back,
)
from tests.rooms.authentication.people_at_the_door import CODE, another, facts, sign_in

pytestmark = pytest.mark.django_db
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
WORDS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
TRAITS: dict[str, dict[str, Any]] = {
    "totp": {"level": "totp"},
    "password": {"level": "password"},
    "sms": {"sms": True},
    "pending": {"level": "totp", "pending": True},
    "suspended": {"level": "totp", "suspended": True},
    "reset": {"level": "totp", "reset_at": timezone.now()},
}


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def answers(login: str) -> tuple[list[object], list[str]]:
    """All that naming this person makes us answer, and the statements it costs, without their values."""
    client, seen = Client(), list[object]()
    with CaptureQueriesContext(connection) as queries:
        for answer in (asks(client, login), client.get(LOSS_CODE), client.post(LOSS_CODE, {"code": "12345"})):
            headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
            cookies = sorted(cookie.OutputString().partition("=")[0] for cookie in answer.cookies.values())
            seen.append((answer.status_code, headers, cookies, PASSING.sub("", answer.content.decode())))
    told = [query["sql"] for query in queries if not query["sql"].startswith(WORDS)]
    return seen, [" ".join(sql.split()[:3]) for sql in told]


@pytest.mark.parametrize("trait", TRAITS)
def test_a4_e8_everybody_is_answered_alike_at_the_same_price(trait: str) -> None:
    with_nobody = answers("lea.durand")
    person(**TRAITS[trait])
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):  # the limits know this name
        Account.objects.exclude(reset_at=None).update(reset_at=timezone.now())
        assert answers("lea.durand") == with_nobody


@pytest.mark.parametrize("trait", TRAITS)
def test_a4_e8_a_wrong_code_is_refused_in_the_same_words_whoever_was_named(trait: str) -> None:
    if trait != "totp":  # nobody at all, once
        person(**TRAITS[trait])
    client = Client()
    asks(client)
    wrong = another(posted("loss_code")[-1]["code"]) if posted("loss_code") else "000000"
    page = client.post(LOSS_CODE, {"code": wrong})
    assert page.status_code == 422
    assert f"Il vous reste {CODE_TRIES - 1} essais." in page.content.decode().replace("\xa0", " ")
    assert not Loss.objects.exists()


def test_e8_who_is_at_the_code_finds_the_page(client: Client) -> None:
    person_with_app()
    sign_in(client)
    for page in (CODE, WAYS):
        assert f'href="{LOSS}"' in client.get(page).content.decode()
    assert client.get(LOSS).status_code == 200
    assert client.post(LOSS, {"login": " "}).status_code == 422


def test_e8_the_pages_in_the_middle_lead_back_to_the_first(client: Client) -> None:
    for page in (LOSS_CODE, AWAITED):
        assert client.get(page).headers["Location"] == LOSS


def test_e8_the_code_opens_a_request_and_every_address_is_told(client: Client, clock: Any) -> None:
    lea = person_with_app(mobile=MOBILE, mobile_proved_at=timezone.now())
    loss = opens(client)
    now = timezone.now()
    assert (loss.state, loss.ready_at, loss.lapses_at) == ("waiting", now + DELAY, now + LIFE)
    assert "À partir du" in client.get(AWAITED).content.decode()
    assert client.get(LOSS_CODE).headers["Location"] == LOSS, "the claim has served"
    assert news() == ["opened"]
    told = {(row.channel, row.recipient) for row in Outgoing.objects.all()}
    assert told == {("mail", lea.email), ("sms", MOBILE)}
    assert [fact["account"] for fact in facts("loss.opened")] == [lea.pk]
    assert AppFactor.objects.count() == 1


def test_e8_the_messages_read_well_in_both_languages(client: Client) -> None:
    for language in ("fr", "en"):
        lea = person_with_app(language=language, mobile=MOBILE, mobile_proved_at=timezone.now())
        opens(Client(), lea.identifier)
    now = timezone.now()
    mails = [render_mail(row, now) for row in Outgoing.objects.filter(channel="mail").order_by("posted_at")]
    subjects = [str(mail.mime["Subject"]) for mail in mails]
    assert [subject for subject in subjects if "votre code" not in subject and "is your" not in subject] == [
        "Vos moyens de connexion vont être retirés",
        "Your ways to sign in are about to be removed",
    ]
    assert all(CANCEL in str(mails[at].mime.get_body(("plain",))) for at in (1, 3))
    assert len([render_sms(row, now).text for row in Outgoing.objects.filter(channel="sms")]) == 2


@pytest.mark.parametrize("trait", ["password", "sms", "reset"])
def test_e8_who_cannot_be_helped_this_way_is_told_so_by_mail_and_no_code_is_right(client: Client, trait: str) -> None:
    person(**TRAITS[trait] | ({"reset_at": timezone.now()} if trait == "reset" else {}))
    asks(client)
    assert (news(), posted("loss_code")) == ([trait], [])
    assert [fact["obstacle"] for fact in facts("loss.asked")] == [trait]
    assert client.session["loss"]["account"] == ""


def test_e8_the_tries_are_those_of_one_browser(client: Client) -> None:
    person_with_app()
    asks(client)
    code = posted("loss_code")[-1]["code"]
    stranger = Client()
    asks(stranger, address="192.0.2.1")
    for _ in range(CODE_TRIES + 1):
        assert stranger.post(LOSS_CODE, {"code": code}).status_code == 422
    assert client.post(LOSS_CODE, {"code": code}).headers["Location"] == AWAITED


def test_e8_a_code_dies_of_age_and_of_a_change_of_credentials(client: Client, clock: Any) -> None:
    lea = person_with_app()
    asks(client)
    clock.shift(timedelta(minutes=10))
    assert types_back(client).status_code == 422
    asks(client)
    lea.void_everything_open()
    assert types_back(client).status_code == 422
    assert not Loss.objects.exists()
    assert [fact["why"] for fact in facts("loss.code_refused")] == ["expired", "none"]


def test_b13_an_address_is_not_flooded_and_one_network_cannot_use_up_its_mails(client: Client) -> None:
    person_with_app()
    assert [asks(client).status_code for _ in range(LOSS_ASKED.allow + 1)] == [302] * LOSS_ASKED.allow + [429]
    for place in range(LOSS_MAILS.allow):
        assert asks(Client(), address=f"192.0.2.{place}").status_code == 302
    assert len(posted("loss_code")) == LOSS_MAILS.allow
    late = Client()
    assert asks(late, address="198.51.100.1").status_code == 302
    assert late.session["loss"]["account"] == "", "without a mail, no code is right"


def test_e8_asking_again_shows_the_same_request(client: Client, clock: Any) -> None:
    person_with_app()
    first = opens(client)
    clock.shift(timedelta(hours=5))
    assert opens(Client()).pk == first.pk
    assert Loss.objects.count() == len(facts("loss.opened")) == news().count("opened") == 1


def test_e8_reading_the_link_does_nothing_and_one_click_cancels(client: Client, clock: Any) -> None:
    person_with_app()
    opens(client)
    reader = Client()
    for _ in range(3):
        assert reader.get(cancel_path()).headers["Location"] == CANCEL
        assert reader.get(CANCEL).status_code == 200
    assert state() == "waiting"
    assert reader.post(CANCEL).headers["Location"] == OVER
    assert reader.get(OVER).status_code == 200
    assert state() == "cancelled"
    assert [fact["why"] for fact in facts("loss.cancelled")] == ["link"]
    again = Client()
    again.get(cancel_path())
    assert (again.get(CANCEL).status_code, again.post(CANCEL).status_code) == (410, 410)
    clock.shift(timedelta(hours=1))
    assert opens(Client()).state == "waiting"


def test_e8_a_link_that_never_was_cancels_nothing(client: Client) -> None:
    client.get(f"{CANCEL}psv_lnk_{'a' * 43}/")
    assert (client.get(CANCEL).status_code, client.post(CANCEL).status_code) == (404, 404)


def test_e8_a_sign_in_with_the_old_factor_cancels_by_itself(client: Client, clock: Any) -> None:
    person_with_app()
    opens(client)
    clock.shift(timedelta(hours=1))
    sign_in(client)
    assert (advance_lost(), state()) == (0, "waiting"), "the password alone proves nothing"
    assert types(client, shown()).status_code == 303
    assert (advance_lost(), state()) == (1, "cancelled")
    assert [fact["why"] for fact in facts("loss.cancelled")] == ["returned"]
    assert advance_lost() == 0


def test_e8_asked_anew_before_the_worker_came_the_former_is_cancelled(client: Client, clock: Any) -> None:
    person_with_app()
    first = opens(client)
    clock.shift(timedelta(hours=1))
    sign_in(client)
    types(client, shown())
    clock.shift(timedelta(hours=1))
    second = opens(Client())
    first.refresh_from_db()
    assert (first.state, second.state, second.pk != first.pk) == ("cancelled", "waiting", True)


def test_e8_nothing_of_the_claim_is_in_clear_in_the_trail() -> None:
    person_with_app()
    actions.ask_loss("lea.durand", origin=Origin("192.0.2.1"))
    (fact,) = facts("loss.asked")
    assert "lea" not in fact["login"]
    assert len(fact["login"]) == 64
