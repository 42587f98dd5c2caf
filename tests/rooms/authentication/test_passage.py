"""Signing in on an origin of its own: how the session moves to the portal, and for whom it does not."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.authentication.models import Session
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.values import digest
from tests.people import PASSWORD, person
from tests.rooms.authentication.people_at_the_door import codes_sent, facts
from tests.rooms.authentication.two_origins import AUTH, PORTAL, SPACE, Browser, paths, separate, ticket_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea(settings: Settings) -> Browser:
    separate(settings)
    person()
    return Browser()


def test_one_signs_in_on_the_other_origin_and_comes_back_where_one_was_going(lea: Browser) -> None:
    lea.opens(f"{SPACE}profil/?onglet=2&de=ici")
    assert (lea.status, paths(lea.way)[1:]) == (200, [f"{PORTAL}/connexion/", f"{AUTH}/connexion/"])
    assert "Connectez-vous pour accéder à" in lea.text
    lea.signs_in()
    assert (lea.status, lea.url) == (200, f"{SPACE}profil/?onglet=2&de=ici")
    assert paths(lea.way)[1:3] == [f"{AUTH}/connexion/passage/", f"{PORTAL}/connexion/retour/"]


@pytest.mark.parametrize("start", [f"{PORTAL}/connexion/", f"{AUTH}/connexion/"])
def test_wherever_one_begins_one_comes_out_in_the_space_of_the_portal(start: str, lea: Browser) -> None:
    lea.opens(start)
    assert lea.url.startswith(f"{AUTH}/connexion/")
    assert "Connectez-vous pour accéder à" not in lea.text
    lea.signs_in()
    assert (lea.status, lea.url) == (200, SPACE)


def test_c1_the_session_moves_under_a_new_key_and_the_other_cookie_opens_nothing(lea: Browser) -> None:
    arriving = ticket_of(lea)
    there, before = lea.key(AUTH), Session.objects.get()
    lea.opens(arriving)
    here, after = lea.key(PORTAL), Session.objects.get()
    assert (lea.url, after.pk, after.expires_at) == (SPACE, before.pk, before.expires_at)
    assert after.key_digest == digest(here) != before.key_digest == digest(there)
    assert lea.key(AUTH) == there
    assert "Me déconnecter" not in lea.opens(f"{AUTH}/connexion/").text
    assert [fact["session"] for fact in facts("session.moved")] == [str(before.pk)]


def test_c1_what_this_browser_had_on_the_portal_is_dead(lea: Browser) -> None:
    other = person(identifier="lea.bis", email="lea.bis@example.org")
    lea.opens(SPACE).signs_in()
    former = lea.key(PORTAL)
    lea.opens(f"{AUTH}/connexion/").signs_in("lea.bis")
    assert (lea.url, Session.objects.get().account) == (SPACE, other)
    assert Session.objects.get().key_digest == digest(lea.key(PORTAL)) != digest(former)


def test_c7_signing_out_on_the_portal_signs_out_everywhere(lea: Browser) -> None:
    lea.opens(SPACE).signs_in()
    lea.posts(f"{PORTAL}/deconnexion/")
    assert paths(lea.way) == [f"{PORTAL}/deconnexion/", f"{PORTAL}/connexion/", f"{AUTH}/connexion/"]
    assert "Vous êtes déconnecté." in lea.text
    assert not Session.objects.exists()
    assert not lea.is_inside()


def test_with_a_second_step_too(lea: Browser) -> None:
    person(sms=True, identifier="lea.bis", email="lea.bis@example.org")
    lea.opens(f"{SPACE}activite/").signs_in("lea.bis")
    assert lea.url == f"{AUTH}/connexion/code/"
    lea.posts(f"{AUTH}/connexion/code/", code=codes_sent()[0])
    assert (lea.status, lea.url) == (200, f"{SPACE}activite/")
    assert Session.objects.get().methods == "pwd sms mfa"


def test_a_page_left_open_and_another_window_still_lead_back(lea: Browser) -> None:
    lea.opens(f"{SPACE}profil/")
    form = lea.hidden()
    lea.opens(SPACE).signs_in()
    lea.posts(f"{AUTH}/connexion/", identifier="lea.durand", password=PASSWORD, **form)
    assert (lea.status, lea.url) == (200, f"{SPACE}profil/")
    assert Session.objects.count() == 1


def refused(browser: Browser, arriving: str) -> list[str]:
    """Follow a ticket that opens nothing; answers why, as the trail has it."""
    browser.opens(arriving)
    assert browser.url.startswith(f"{AUTH}/connexion/?raison=retour&")
    assert "Votre connexion n’est pas arrivée jusqu’au portail." in browser.text
    assert not browser.is_inside()
    return [fact["why"] for fact in facts("passage.refused")]


def test_c1_a_ticket_opens_nothing_in_another_browser(lea: Browser) -> None:
    arriving, thief = ticket_of(lea), Browser()
    assert refused(thief, arriving) == ["stranger"]
    thief.opens(SPACE)  # marked by the portal, as another browser than hers
    assert refused(thief, arriving) == ["stranger", "stranger"]
    assert lea.opens(arriving).url == SPACE


def test_c1_nobody_is_signed_in_to_somebody_else_s_account_by_a_link(lea: Browser) -> None:
    person(identifier="mallory", email="mallory@example.org")
    mallory = Browser().opens(SPACE)
    mallory.asks(f"{AUTH}/connexion/", {"identifier": "mallory", "password": PASSWORD})
    trap = mallory.asks(f"{AUTH}{mallory.hidden()['next']}").headers["Location"]
    assert refused(lea, trap) == ["stranger"]


def test_c1_a_ticket_serves_once(lea: Browser) -> None:
    arriving = ticket_of(lea)
    lea.opens(arriving)
    key = lea.key(PORTAL)
    lea.opens(arriving)
    assert [fact["why"] for fact in facts("passage.refused")] == ["used"]
    assert (lea.key(PORTAL), lea.is_inside()) == (key, True)


def test_a_ticket_lives_a_minute(lea: Browser) -> None:
    arriving = ticket_of(lea)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert refused(lea, arriving) == ["expired"]


def test_a_ticket_of_a_session_ended_meanwhile_opens_nothing(lea: Browser) -> None:
    arriving = ticket_of(lea)
    Account.objects.get().void_everything_open()
    assert refused(lea, arriving) == ["ended"]


def test_a_newer_ticket_of_the_session_replaces_the_older(lea: Browser) -> None:
    arriving = ticket_of(lea)
    mark = lea.jar(PORTAL).cookies["passage"].value
    newer = lea.asks(f"{AUTH}/connexion/passage/?pour={digest(mark)}").headers["Location"]
    assert refused(lea, arriving) == ["superseded"]
    assert lea.opens(newer).url == SPACE


@pytest.mark.parametrize("token", ["", "psv_lnk_" + "A" * 43, "\x00", "é"])
def test_a_ticket_of_nobody_opens_nothing(token: str, lea: Browser) -> None:
    assert refused(lea, f"{PORTAL}/connexion/retour/?ticket={token}") == []


def test_after_a_refusal_signing_in_again_leads_in(lea: Browser) -> None:
    arriving = ticket_of(lea)
    lea.jar(PORTAL).cookies["passage"] = "of another day"
    assert refused(lea, arriving) == ["stranger"]
    assert lea.signs_in().url == SPACE
    assert Session.objects.count() == 1


def test_only_who_is_signed_in_gets_a_ticket(lea: Browser) -> None:
    lea.opens(f"{AUTH}/connexion/passage/?pour={'a' * 64}&next=/espace/")
    assert paths(lea.way)[1:] == [f"{AUTH}/connexion/"]
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("pour", ["", "a" * 63, "A" * 64, "//evil.example"])
def test_a_browser_the_portal_never_named_goes_there_to_be_named(pour: str, lea: Browser) -> None:
    lea.opens(f"{AUTH}/connexion/")
    lea.asks(f"{AUTH}/connexion/", {"identifier": "lea.durand", "password": PASSWORD})
    assert lea.opens(f"{AUTH}/connexion/passage/?pour={pour}").url == SPACE


@pytest.mark.parametrize("path", ["/", "/espace/profil/?a=b"])
def test_who_is_signed_in_there_takes_the_session_along(path: str, lea: Browser) -> None:
    lea.opens(f"{AUTH}/connexion/")
    lea.asks(f"{AUTH}/connexion/", {"identifier": "lea.durand", "password": PASSWORD})
    assert lea.opens(AUTH + path).url == PORTAL + path
    assert lea.is_inside()
    assert Session.objects.get().key_digest == digest(lea.key(PORTAL))


def test_signing_out_forgets_the_browser(lea: Browser) -> None:
    lea.opens(SPACE).signs_in()
    assert lea.asks(f"{PORTAL}/deconnexion/", {}).cookies["passage"]["max-age"] == 0
