"""The security level: raised at once, lowered after a delay that leaves time to refuse (E6)."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.authentication.models import AppFactor, Lowering, Session
from passavant.authentication.tasks import lower_levels
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import cipher
from tests.people import PASSWORD, person
from tests.rooms.authentication.factors import ENROL_APP, person_with_app, secret_on, shown, types, with_app
from tests.rooms.authentication.people_at_the_door import CODE, another_browser, facts, is_inside, key, sign_in
from tests.rooms.space.inside import browser, text

pytestmark = pytest.mark.django_db
LEVEL, SECURITY, CANCEL = "/espace/securite/niveau/", "/espace/securite/", "/niveau-de-securite/garder/"
DAYS = timedelta(hours=72)


@pytest.fixture
def clock(settings: Settings) -> object:
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"session_idle_minutes": 6000, "session_total_hours": 99})
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def asks(client: Client, level: str) -> HttpResponse:
    return client.post(LEVEL, {"level": level})


def level() -> str:
    return Account.objects.get().level


def link() -> str:
    row = Outgoing.objects.filter(template="authentication/mails/level_lowering").latest("posted_at")
    return urlsplit(json.loads(cipher().open(row.context))["link"]).path


def lea_lowers(client: Client) -> Account:
    lea = person_with_app()
    sign_in(client)
    types(client, shown())
    assert asks(client, "password").headers["Location"] == f"{SECURITY}?fait=niveau-demande"
    return lea


def test_e14_a_raise_leads_to_enrolment_and_takes_effect_with_it(client: Client, clock: object) -> None:
    person()
    sign_in(client)
    assert asks(client, "totp").headers["Location"] == ENROL_APP
    assert level() == "password"
    secret = secret_on(client.get(ENROL_APP).content.decode())
    assert types(client, shown(secret), ENROL_APP).status_code == 303
    assert level() == "password"
    assert Session.objects.get().methods == "pwd otp mfa"
    other = another_browser(client)
    sign_in(other)
    before = key(client)
    assert asks(client, "totp").headers["Location"] == f"{SECURITY}?fait=niveau"
    assert level() == "totp"
    assert (is_inside(client), is_inside(other), key(client) != before) == (True, False, True)
    assert Session.objects.get(account__isnull=False, epoch=Account.objects.get().security_epoch).level == "totp"
    assert [(fact["before"], fact["after"]) for fact in facts("level.changed")] == [("password", "totp")]
    assert sign_in(Client()).headers["Location"] == CODE


def test_e6_a_session_below_the_level_wanted_proves_it_first(client: Client, clock: object) -> None:
    with_app(person())
    sign_in(client)
    where = asks(client, "totp").headers["Location"]
    assert where == f"/connexion/confirmation/?next={LEVEL}&niveau=totp"
    assert level() == "password"
    client.post(where, {"password": PASSWORD})
    assert types(client, shown()).headers["Location"] == LEVEL
    assert '<option value="totp" selected>' in client.get(LEVEL).content.decode()
    assert asks(client, "totp").headers["Location"] == f"{SECURITY}?fait=niveau"
    assert level() == "totp"


def test_a_level_that_needs_a_number_leads_to_it_and_one_not_offered_is_refused(client: Client) -> None:
    person()
    sign_in(client)
    assert asks(client, "sms").headers["Location"] == "/espace/profil/modifier/"
    assert asks(client, "nothing").status_code == 422
    assert level() == "password"


def test_e6_lowering_waits_three_days_and_every_address_is_told(client: Client, clock: object) -> None:
    lea_lowers(client)
    assert level() == "totp"
    assert "il sera moins élevé" in text(client.get(SECURITY))
    assert lower_levels() == 0
    clock.shift(DAYS - timedelta(seconds=1))  # type: ignore[attr-defined]
    assert sign_in(Client()).headers["Location"] == CODE
    assert lower_levels() == 0
    clock.shift(timedelta(seconds=1))  # type: ignore[attr-defined]
    assert lower_levels() == 1
    assert (level(), Lowering.objects.exists(), lower_levels()) == ("password", False, 0)
    assert is_inside_with_password()
    assert [(fact["before"], fact["after"]) for fact in facts("level.changed")] == [("totp", "password")]


def is_inside_with_password() -> bool:
    browser = Client()
    sign_in(browser)
    return is_inside(browser)


def test_a_worker_that_is_late_changes_nothing(client: Client, clock: object) -> None:
    lea_lowers(client)
    clock.shift(DAYS)  # type: ignore[attr-defined]
    assert is_inside_with_password()
    assert (level(), lower_levels(), len(facts("level.changed"))) == ("password", 0, 1)


def test_e6_the_link_of_the_notice_keeps_the_level_and_reading_it_does_not(client: Client, clock: object) -> None:
    lea_lowers(client)
    reader = Client()
    for _ in range(3):
        assert reader.get(link()).headers["Location"] == CANCEL
        assert reader.get(CANCEL).status_code == 200
    assert Lowering.objects.exists()
    assert reader.post(CANCEL).headers["Location"] == "/niveau-de-securite/garde/"
    assert reader.get("/niveau-de-securite/garde/").status_code == 200
    assert not Lowering.objects.exists()
    assert len(facts("level.lowering_cancelled")) == 1
    again = Client()
    again.get(link())
    assert (again.get(CANCEL).status_code, again.post(CANCEL).status_code) == (410, 410)
    clock.shift(DAYS)  # type: ignore[attr-defined]
    assert (lower_levels(), level()) == (0, "totp")


def test_a_link_that_never_was_opens_nothing(client: Client) -> None:
    client.get(f"{CANCEL}psv_lnk_{'a' * 43}/")
    assert (client.get(CANCEL).status_code, client.post(CANCEL).status_code) == (404, 404)


def test_the_person_thinks_better_of_it(client: Client, clock: object) -> None:
    lea_lowers(client)
    assert client.post(f"{LEVEL}garder/").headers["Location"] == f"{SECURITY}?fait=niveau-garde"
    assert not Lowering.objects.exists()
    assert Client().get(link()).status_code == 302
    asks(client, "password")
    assert asks(client, "totp").headers["Location"] == f"{SECURITY}?fait=niveau-garde"
    assert not Lowering.objects.exists()


def test_e6_the_old_level_fresh_is_needed_to_lower_it(client: Client, clock: object) -> None:
    person_with_app()
    sign_in(client)
    assert asks(client, "password").headers["Location"] == CODE, "the password alone asks nothing"
    types(client, shown())
    clock.shift(timedelta(minutes=15))  # type: ignore[attr-defined]
    where = asks(client, "password").headers["Location"]
    assert where.startswith("/connexion/confirmation/")
    assert client.post(where, {"password": PASSWORD}).headers["Location"] == CODE
    assert asks(client, "password").headers["Location"].startswith("/connexion/confirmation/")
    assert not Lowering.objects.exists()


def test_e8_while_the_lower_level_waits_the_higher_one_still_needs_its_factor(client: Client, clock: object) -> None:
    lea_lowers(client)
    assert client.post(f"{SECURITY}application/{AppFactor.objects.get().pk}/retirer/").status_code == 422


def test_a_raise_forgets_the_lower_level_that_waited() -> None:
    lea = person_with_app("sms", mobile="+33639981234")
    client = browser(lea)
    assert asks(client, "password").status_code == 303
    Session.objects.update(level="totp")
    assert asks(client, "totp").headers["Location"] == f"{SECURITY}?fait=niveau"
    assert (level(), Lowering.objects.exists()) == ("totp", False)
