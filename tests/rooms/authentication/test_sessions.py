"""The session: new key at every rise, nothing but digests, two limits, dead when the account says so."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.authentication.actions import end_other_sessions, end_session, open_session
from passavant.authentication.models import Session
from passavant.foundation.values import Origin, digest
from tests.people import person
from tests.rooms.authentication.people_at_the_door import (
    CODE,
    OUT,
    SPACE,
    codes_sent,
    draft,
    facts,
    is_inside,
    key,
    sign_in,
    store,
)

pytestmark = pytest.mark.django_db
HERE = Origin("127.0.0.1")


def test_c1_the_key_changes_at_each_rise_and_the_old_ones_are_dead(client: Client) -> None:
    person(sms=True)
    keys = [draft(client)]
    sign_in(client)
    keys.append(key(client))
    client.post(CODE, {"code": codes_sent()[0]})
    keys.append(key(client))
    assert len(set(keys)) == 3
    assert [Session.objects.filter(key_digest=digest(one)).exists() for one in keys] == [False, False, True]


def test_c1_a_key_chosen_by_somebody_else_is_never_taken(client: Client) -> None:
    person()
    client.cookies["session"] = "A" * 43
    sign_in(client)
    assert key(client) != "A" * 43
    assert is_inside(client)


def test_the_key_is_stored_as_its_digest_only(client: Client) -> None:
    person()
    sign_in(client)
    assert re.fullmatch(r"[\w-]{43}", key(client))
    assert not any(key(client) in str(row) for row in Session.objects.values())


def test_c3_the_cookies_of_a_public_portal(settings: Settings) -> None:
    person()
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"public_url": "https://portail.example"})
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-session", True
    settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE = "__Host-csrf", True
    cookies = sign_in(Client()).cookies
    assert sorted(cookies) == ["__Host-appareil", "__Host-csrf", "__Host-session"]
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert len(cookie.OutputString()) < 4096
    assert cookies["__Host-session"]["max-age"] == ""
    assert cookies["__Host-appareil"]["max-age"] == 180 * 24 * 3600


def test_c4_new_credentials_end_the_other_browsers_and_keep_this_one_under_a_new_key() -> None:
    account = person()
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client)
    session, former = store(first), key(first)
    account.void_everything_open()
    open_session(session, account, origin=HERE)
    first.cookies["session"] = session.session_key
    assert is_inside(first)
    assert not is_inside(second)
    assert session.session_key != former
    assert session.row is not None
    assert (session.row.methods, session.row.level) == ("pwd", "password")


@pytest.mark.parametrize("change", [{"state": "suspended"}, {"state": "closed"}, {"security_epoch": 7}])
def test_c5_a_change_of_the_account_is_felt_at_the_next_request(client: Client, change: dict[str, object]) -> None:
    person()
    sign_in(client)
    assert is_inside(client)
    Account.objects.update(**change)
    assert client.get(SPACE).headers["Location"] == "/connexion/?next=/espace/"


@pytest.mark.parametrize(("away", "open_still"), [(14, True), (15, False)])
def test_c6_fifteen_minutes_without_activity_close_the_session(client: Client, away: int, open_still: bool) -> None:
    person()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(minutes=away))
        assert is_inside(client) is open_still


def test_c6_twelve_hours_close_the_busiest_session(client: Client) -> None:
    person()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        for _ in range(71):
            clock.shift(timedelta(minutes=10))
            assert is_inside(client)
        clock.shift(timedelta(minutes=10))
        assert not is_inside(client)


def test_c6_a_form_sent_too_late_comes_back_after_a_new_sign_in(client: Client) -> None:
    person()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(minutes=20))
        answer = client.post("/espace/profil/modifier/?de=ici", {"last_name": "X"})
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/connexion/?next=/espace/profil/modifier/%3Fde%3Dici&raison=inactivite"
        page = client.get(answer.headers["Location"]).content.decode()
        assert "Vous avez été déconnecté après 15 minutes sans activité." in page
        asked = re.findall(r'name="next" value="([^"]+)"', page)[-1]
        assert sign_in(client, next=asked).headers["Location"] == "/espace/profil/modifier/?de=ici"


def test_c7_signing_out_kills_the_key_and_empties_the_browser(client: Client) -> None:
    person()
    sign_in(client)
    former = key(client)
    answer = client.post(OUT)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/connexion/?sortie=1")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert {name: cookie["max-age"] for name, cookie in answer.cookies.items()} == {"session": 0, "csrf": 0}
    assert "Vous êtes déconnecté." in client.get("/connexion/?sortie=1").content.decode()
    client.cookies["session"] = former
    assert client.get(SPACE).status_code == 302
    assert [fact["account"] for fact in facts("session.ended")] == [Account.objects.get().pk]


def test_c7_a_link_cannot_sign_out(client: Client) -> None:
    person()
    sign_in(client)
    assert client.get(OUT).status_code == 405
    assert client.head(OUT).status_code == 405
    assert is_inside(client)


def test_c7_pages_of_the_space_are_kept_by_no_cache(client: Client) -> None:
    person()
    sign_in(client)
    assert "no-store" in client.get(SPACE).headers["Cache-Control"]


def test_signing_out_twice_is_no_fault(client: Client) -> None:
    assert client.post(OUT).status_code == 303
    assert not facts("session.ended")


def test_other_sessions_end_and_this_one_stays() -> None:
    account = person()
    clients = [Client() for _ in range(3)]
    for client in clients:
        sign_in(client)
    assert end_other_sessions(account, store(clients[0]), origin=HERE) == 2
    assert [is_inside(client) for client in clients] == [True, False, False]
    assert facts("sessions.ended")[0]["count"] == 2


def test_one_session_ends_by_its_name_and_only_its_owner_s(client: Client) -> None:
    account, stranger = person(), person(identifier="un.autre", email="autre@example.org")
    sign_in(client)
    session = Session.objects.get()
    assert not end_session(stranger, session.id, origin=HERE)
    assert list(Session.objects.alive(account, timezone.now())) == [session]
    assert end_session(account, session.id, origin=HERE)
    assert not is_inside(client)
