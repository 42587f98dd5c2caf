"""A level that needs an app: enrolled at the first sign-in, before the space opens."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.models import AppFactor, Session
from passavant.foundation.outbox.models import Outgoing
from tests.people import person
from tests.rooms.authentication.factors import ENROL_APP, chooses, person_with_app, secret_on, shown, types
from tests.rooms.authentication.people_at_the_door import (
    CODE,
    SIGN_IN,
    SPACE,
    another,
    another_browser,
    facts,
    is_inside,
    key,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea() -> Account:
    return person(level="totp", mobile="+33639981234")


def page_of(client: Client) -> str:
    return client.get(ENROL_APP).content.decode()


def test_e14_the_first_sign_in_leads_to_enrolment_and_opens_nothing(lea: Account, client: Client) -> None:
    assert sign_in(client).headers["Location"] == ENROL_APP
    for page in (SPACE, "/espace/profil/", CODE):
        assert client.get(page).headers["Location"] == ENROL_APP
    assert not is_inside(client)
    assert not facts("sign_in.completed")


def test_the_page_shows_a_qr_code_drawn_here_and_its_key_in_groups_of_four(lea: Account, client: Client) -> None:
    sign_in(client)
    page = page_of(client)
    assert "<svg viewBox=" in page
    assert len(secret_on(page)) == 20
    assert secret_on(page_of(client)) == secret_on(page)
    assert "style=" not in page.partition("<main")[2].partition("</main>")[0]


def test_one_right_code_completes_enrolment_and_the_sign_in(lea: Account, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client, next="/espace/profil/")
        before, secret = key(client), secret_on(page_of(client))
        answer = types(client, shown(secret), ENROL_APP)
        assert answer.headers["Location"] == "/espace/profil/"
        assert key(client) != before
        assert is_inside(client)
        assert AppFactor.objects.get().opened() == secret
        assert Session.objects.get().level == "totp"
        browser = another_browser(client)
        assert sign_in(browser).headers["Location"] == CODE
        assert types(browser, shown(secret)).status_code == 422, "the code of the enrolment has served"
    (fact,) = facts("factor.added")
    assert fact["kind"] == "totp"
    assert "authentication/mails/notice" in [row.template for row in Outgoing.objects.all()]


def test_e14_a_half_enrolment_changes_nothing(lea: Account, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client)
        first = secret_on(page_of(client))
        assert types(client, another(shown(first)), ENROL_APP).status_code == 422
        assert not AppFactor.objects.exists()
        assert sign_in(Client()).headers["Location"] == ENROL_APP
        sign_in(client)
        assert secret_on(page_of(client)) != first, "another sign-in, another secret"
    assert (Account.objects.get().level, Account.objects.get().security_epoch) == ("totp", 0)
    assert not is_inside(client)


def test_e13_the_secret_of_a_half_enrolment_is_kept_nowhere(lea: Account, client: Client) -> None:
    sign_in(client)
    secret = secret_on(page_of(client))
    kept = str(list(Session.objects.values()) + list(Outgoing.objects.values()))
    assert secret.hex() not in kept
    with time_machine.travel(timezone.now(), tick=False):
        types(client, shown(secret), ENROL_APP)
        assert client.get(ENROL_APP).status_code in {200, 302}
        assert secret_on(page_of(client)) != secret


def test_e6_no_other_factor_opens_an_account_whose_level_needs_an_app(lea: Account, client: Client) -> None:
    sign_in(client)
    for way in ("sms", "passkey", "recovery", "password", ""):
        assert chooses(client, way).headers["Location"] == ENROL_APP
    assert not is_inside(client)


def test_e6_who_has_an_app_is_not_led_to_enrol_another(client: Client) -> None:
    person_with_app()
    sign_in(client)
    for asked in (client.get(ENROL_APP), types(client, "123456", ENROL_APP)):
        assert asked.headers["Location"] == CODE
    assert AppFactor.objects.count() == 1


def test_nobody_enrols_without_the_password(lea: Account, client: Client) -> None:
    assert client.get(ENROL_APP).headers["Location"].startswith(SIGN_IN)
    assert types(client, "123456", ENROL_APP).headers["Location"].startswith(SIGN_IN)


def test_wrong_codes_of_an_enrolment_are_limited_too(lea: Account, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client)
        secret = secret_on(page_of(client))
        statuses = [types(client, another(shown(secret)), ENROL_APP).status_code for _ in range(10)]
        assert statuses == [422] * 10
        assert types(client, shown(secret), ENROL_APP).status_code == 429


def test_e14_an_enrolment_has_the_time_of_a_sign_in(lea: Account, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        secret = secret_on(page_of(client))
        clock.shift(timedelta(minutes=15))
        assert types(client, shown(secret), ENROL_APP).headers["Location"].startswith(SIGN_IN)
    assert not AppFactor.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_e14_of_parallel_enrolments_one_is_kept(lea: Account, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client)
        start, code, session = Barrier(6), shown(secret_on(page_of(client))), key(client)

        def enrol(_number: int) -> bool:
            browser = Client()
            browser.cookies["session"] = session
            try:
                start.wait(timeout=30)
                types(browser, code, ENROL_APP)
                return is_inside(browser)
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as crowd:
            assert sum(crowd.map(enrol, range(6))) == 1
    assert AppFactor.objects.count() == 1
    assert len(facts("factor.added")) == 1
