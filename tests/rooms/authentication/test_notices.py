"""Every notice of the ways in has one link for « ce n’était pas moi »; those of new devices are grouped."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from passavant.accounts.actions import disown_reset
from passavant.accounts.actions.outcomes import Asked
from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.accounts.rules.links import NOT_ME, NOT_ME_LIFETIME
from passavant.authentication.actions.leveling import DELAY, apply_lowerings, change_level
from passavant.authentication.actions.managing import remove_factor
from passavant.authentication.actions.recovery import make_recovery_codes
from passavant.authentication.actions.telling import tell
from passavant.authentication.models import AppFactor, SessionStore
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import cipher, render_mail
from passavant.foundation.values import Origin
from tests.people import person
from tests.rooms.authentication.factors import chooses, person_with_app, shown, types, with_app, with_recovery_codes
from tests.rooms.authentication.people_at_the_door import CODE, codes_sent, facts, is_inside, sign_in

pytestmark = pytest.mark.django_db
HERE = Origin("192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
LINK = re.compile(r"http://localhost:8000/ce-n-etait-pas-moi/(psv_lnk_[\w-]+)/")


def bodies(row: Outgoing) -> tuple[str, str]:
    mime = render_mail(row, timezone.now()).mime
    text, html = mime.get_body(("plain",)), mime.get_body(("html",))
    assert text and html
    return text.get_content(), html.get_content()


def last() -> Outgoing:
    return Outgoing.objects.filter(channel="mail").latest("posted_at")


def added(lea: Account) -> None:
    with transaction.atomic():
        tell(lea, "factor_added", HERE, factor="Téléphone")


def removed(lea: Account) -> None:
    with_app(lea)
    remove_factor(lea, "totp", AppFactor.objects.get().pk, origin=HERE)


def raised(lea: Account) -> None:
    with transaction.atomic():
        tell(lea, "level_raised", HERE)


def lowering(lea: Account) -> None:
    Account.objects.filter(pk=lea.pk).update(level="sms", mobile="+33639981234")
    lea.refresh_from_db()
    change_level(SessionStore(), lea, Level.PASSWORD, origin=HERE)


def lowered(lea: Account) -> None:
    lowering(lea)
    with time_machine.travel(timezone.now() + DELAY, tick=False):
        assert apply_lowerings() == 1


def used(lea: Account) -> None:
    code = with_recovery_codes(lea)[0]
    with_app(lea)
    Account.objects.filter(pk=lea.pk).update(level="totp")
    client = Client()
    sign_in(client)
    chooses(client, "recovery")
    assert types(client, code).status_code == 303


def new_device(lea: Account) -> None:
    sign_in(Client())
    sign_in(Client())


NOTICES: list[Callable[[Account], object]] = [
    added,
    removed,
    raised,
    lowering,
    lowered,
    used,
    new_device,
    lambda lea: make_recovery_codes(lea, origin=HERE),
]


@pytest.mark.parametrize("born", [False, True])
@pytest.mark.parametrize("told", NOTICES)
def test_e6_each_notice_closes_all_and_forces_a_reset(told: Callable[[Account], object], born: bool) -> None:
    lea = person()
    told(lea)
    if born:  # on another portal: no password to lose, all the rest is the same
        Account.objects.update(password="", born_of="portailpro")
    text, html = bodies(last())
    (token,) = LINK.findall(text)
    assert token in html
    ticket = Ticket.objects.get(purpose=NOT_ME, spent_at=None, superseded_at=None)
    assert ticket.expires_at - ticket.created_at == NOT_ME_LIFETIME == timedelta(days=10)
    epoch = Account.objects.get().security_epoch
    assert disown_reset(token, origin=HERE) == Asked()
    account = Account.objects.get()
    assert (account.password, account.security_epoch) == ("", epoch + 1)
    assert Outgoing.objects.filter(template="accounts/mails/reset", recipient=lea.email).count() == 1
    assert len(facts("account.password_disowned")) == 1


def test_c4_the_session_of_the_new_device_ends_with_the_link() -> None:
    person()
    sign_in(Client())
    stranger = Client()
    sign_in(stranger)
    assert is_inside(stranger)
    (token,) = LINK.findall(bodies(last())[0])
    assert disown_reset(token, origin=HERE) == Asked()
    assert not is_inside(stranger)


def test_new_devices_within_five_minutes_are_told_together_afterwards() -> None:
    person()
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        sign_in(Client())
        for _ in range(4):
            sign_in(Client())
            clock.shift(timedelta(minutes=1))
        rows = Outgoing.objects.filter(channel="mail", state="waiting").order_by("posted_at")
        first, later = rows
        assert first.due_at == now
        assert timedelta() <= now + timedelta(minutes=5) - later.due_at < timedelta(milliseconds=1)
        assert "D’autres connexions" not in bodies(first)[0]
        assert all("D’autres connexions de ce genre l’ont précédée de peu." in body for body in bodies(later))
        assert len(LINK.findall(bodies(later)[0])) == 1
        clock.move_to(now + timedelta(minutes=5, seconds=1))
        sign_in(Client())
        assert last().due_at == timezone.now()
    assert len(facts("sign_in.completed")) == 6


def test_new_devices_of_two_people_are_told_apart() -> None:
    for name in ("lea.durand", "lea.durand.1"):
        person()
        sign_in(Client(), name)
        sign_in(Client(), name)
    assert Outgoing.objects.filter(channel="mail", thread="").count() == 2


@pytest.mark.parametrize(
    ("level", "steps", "second"),
    [
        ("password", "mot de passe", "Aucune seconde étape n’a été demandée."),
        ("sms", "mot de passe, code reçu par SMS", "Une seconde étape a été demandée et passée."),
        ("totp", "mot de passe, code à usage unique", "Une seconde étape a été demandée et passée."),
    ],
)
def test_the_notice_says_whether_a_second_step_was_passed(level: str, steps: str, second: str) -> None:
    lea = person_with_app(level=level, mobile="+33639981234")
    Account.objects.filter(pk=lea.pk).update(last_sign_in_at=timezone.now())
    client = Client()
    sign_in(client)
    if level != "password":
        client.post(CODE, {"code": shown() if level == "totp" else codes_sent()[0]})
    assert is_inside(client)
    for body in bodies(last()):
        assert f"Vérifications\xa0: {steps}" in body
        assert second in body


def test_l7_no_notice_keeps_its_link_in_clear() -> None:
    person()
    sign_in(Client())
    sign_in(Client())
    row = last()
    (token,) = LINK.findall(bodies(row)[0])
    assert token in json.loads(cipher().open(row.context))["link"]
    assert token not in str(Outgoing.objects.values().get(pk=row.pk))
