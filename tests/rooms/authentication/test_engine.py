"""The engine under Django's interface: rows for those who have something to keep, and none twice."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.utils import timezone

from passavant.authentication.models import Session, SessionStore
from passavant.authentication.tasks import clear_expired
from tests.people import person
from tests.rooms.authentication.people_at_the_door import OUT, SIGN_IN, SPACE, draft, sign_in, store

pytestmark = pytest.mark.django_db


def test_a_session_signed_out_meanwhile_is_not_resurrected(client: Client) -> None:
    person()
    sign_in(client)
    late = store(client)
    late["draft"] = 1
    client.post(OUT)
    with pytest.raises(UpdateError):
        late.save()
    assert not Session.objects.exists()


def test_a_visitor_has_no_session(client: Client) -> None:
    for page in (SIGN_IN, "/", SPACE):
        assert "session" not in client.get(page).cookies
    assert not Session.objects.exists()


def test_a_visitor_s_draft_is_kept_and_updated_in_its_row() -> None:
    session = SessionStore()
    session["draft"] = {"last_name": "Durand"}
    session.save()
    again = SessionStore(session.session_key)
    assert again["draft"] == {"last_name": "Durand"}
    again["draft"] = {"last_name": "Durand", "first_name": "Léa"}
    again.save()
    assert Session.objects.get().data == {"draft": {"last_name": "Durand", "first_name": "Léa"}}


def test_a_cycled_key_keeps_all_but_the_key(client: Client) -> None:
    person()
    sign_in(client)
    session, before = store(client), Session.objects.values().get()
    session.cycle_key()
    after = Session.objects.values().get()
    assert before.pop("key_digest") != after.pop("key_digest")
    assert before == after


def test_the_worker_forgets_what_is_over(client: Client) -> None:
    person()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        draft(Client())
        assert clear_expired() == 0
        clock.shift(timedelta(minutes=15))
        assert clear_expired() == 1
        clock.shift(timedelta(hours=12))
        assert clear_expired() == 1
    assert not Session.objects.exists()
