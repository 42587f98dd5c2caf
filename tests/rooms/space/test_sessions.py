"""The open sessions, and their end."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from passavant.authentication.models.sessions import Session
from tests.people import person
from tests.rooms.space.inside import browser, facts, is_inside, text

pytestmark = pytest.mark.django_db
PAGE, OTHERS = "/espace/sessions/", "/espace/sessions/fermer/"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"


def end(session: Session) -> str:
    return f"/espace/sessions/{session.pk}/fermer/"


def test_c8_each_session_says_when_where_and_in_which_browser() -> None:
    account = person()
    with time_machine.travel("2026-11-22T13:00:00Z", tick=False):
        client = browser(account)
        browser(account, IPHONE)
        page = client.get(PAGE)
    assert "Firefox sur Linux Cette session Ouverte le 22 novembre 2026 à 14 h 00 (heure de Paris)" in text(page)
    assert "Réseau : 192.0.2.7" in text(page)
    assert "Safari sur iPhone Ouverte le" in text(page)
    assert text(page).count("Cette session") == 1
    assert "Fermer la session Safari sur iPhone" in text(page)
    assert "Fermer la session Firefox sur Linux" not in text(page)


def test_c8_the_sessions_shown_are_those_still_open_and_one_s_own() -> None:
    account, other = person(), person()
    browser(other, IPHONE)
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        browser(account, IPHONE)
    page = text(browser(account).get(PAGE))
    assert "iPhone" not in page
    assert "Aucune autre session n’est ouverte." in page


def test_c8_one_session_is_ended_from_another() -> None:
    account = person()
    client, elsewhere = browser(account), browser(account, IPHONE)
    answer = client.post(end(Session.objects.get(agent=IPHONE)))
    assert answer.headers["Location"] == "/espace/sessions/?fait=session"
    assert "La session est fermée." in text(client.get(answer.headers["Location"]))
    assert (is_inside(client), is_inside(elsewhere)) == (True, False)
    assert facts("sessions.ended") == [{"account": account.pk, "count": 1}]


def test_c8_all_the_others_are_ended_at_once() -> None:
    account = person()
    client, second, third = browser(account), browser(account), browser(account, IPHONE)
    answer = client.post(OTHERS)
    assert "Toutes les autres sessions sont fermées." in text(client.get(answer.headers["Location"]))
    assert (is_inside(client), is_inside(second), is_inside(third)) == (True, False, False)


def test_h1_the_session_of_somebody_else_is_not_found_and_goes_on() -> None:
    account, other = person(), person()
    client, theirs = browser(account), browser(other, IPHONE)
    assert client.post(end(Session.objects.get(agent=IPHONE))).status_code == 404
    client.post(OTHERS)
    assert is_inside(theirs)
    assert facts("sessions.ended") == []


def test_j6_ending_a_session_twice_leads_to_the_same_page() -> None:
    account = person()
    client = browser(account)
    browser(account, IPHONE)
    path = end(Session.objects.get(agent=IPHONE))
    assert {client.post(path).headers["Location"] for _ in range(2)} == {"/espace/sessions/?fait=session"}
    assert {client.post(OTHERS).status_code for _ in range(2)} == {303}
    assert len(facts("sessions.ended")) == 1


def test_ending_the_session_one_is_in_signs_out() -> None:
    account = person()
    client = browser(account)
    assert client.post(end(Session.objects.of(account).get())).status_code == 303
    assert not is_inside(client)


def test_no_key_of_a_session_is_on_the_page() -> None:
    account = person()
    page = browser(account).get(PAGE).content.decode()
    assert Session.objects.of(account).get().key_digest not in page
