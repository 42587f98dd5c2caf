"""The code of an authenticator app: RFC 6238's own figures, then as a step of a sign-in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.authentication.actions.apps import reseal
from passavant.authentication.models import AppFactor, Session
from passavant.authentication.rules import totp
from passavant.authentication.rules.levels import LEVELS
from passavant.foundation.values import CannotOpen
from tests.people import person
from tests.rooms.authentication.factors import (
    SECRET,
    chooses,
    person_with_app,
    secret_on,
    shown,
    types,
    with_app,
)
from tests.rooms.authentication.people_at_the_door import (
    CODE,
    SPACE,
    another,
    count_sent,
    facts,
    is_inside,
    resend,
    sign_in,
)

pytestmark = pytest.mark.django_db
RFC_SECRET = b"12345678901234567890"
MINUTE = datetime(2026, 11, 22, 12, tzinfo=UTC)  # the start of a period


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    step = totp.step_at(datetime.fromtimestamp(seconds, tz=UTC))
    assert totp.code(RFC_SECRET, step, digits=8) == code
    assert totp.code(RFC_SECRET, step) == code[2:]


@pytest.mark.parametrize(("drift", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_e1_the_clocks_may_differ_by_one_period(client: Client, drift: int, right: bool) -> None:
    person_with_app()
    with time_machine.travel(MINUTE, tick=False):
        sign_in(client)
        assert types(client, shown(drift=drift)).status_code == (303 if right else 422)
        assert is_inside(client) is right


def test_the_right_code_opens_the_space_and_is_announced(client: Client) -> None:
    person_with_app()
    with time_machine.travel(MINUTE, tick=False):
        assert sign_in(client, next="/espace/profil/").headers["Location"] == CODE
        page = client.get(CODE).content.decode()
        assert "Saisissez le code de votre application" in page
        assert client.get(SPACE).headers["Location"] == CODE
        code = shown()
        answer = types(client, f"{code[:3]} {code[3:]}")
        assert answer.headers["Location"] == "/espace/profil/"
    (fact,) = facts("sign_in.completed")
    assert (fact["level"], fact["methods"]) == ("totp", "pwd otp mfa")
    assert Session.objects.get().level == "totp"
    assert LEVELS["totp"].acr == "eidas2"  # type: ignore[index]
    app = AppFactor.objects.get()
    assert (app.last_used_at, app.last_step) == (MINUTE, totp.step_at(MINUTE))
    assert Account.objects.get().last_factor == "totp"
    assert count_sent() == 0


def test_e1_a_code_serves_once(client: Client) -> None:
    person_with_app()
    with time_machine.travel(MINUTE, tick=False):
        for browser, status in ((client, 303), (Client(), 422)):
            sign_in(browser)
            answer = types(browser, shown())
            assert answer.status_code == status
    assert "Ce code a déjà servi." in answer.content.decode()
    assert [fact["why"] for fact in facts("code.refused")] == ["spent"]


def test_e1_a_code_older_than_the_last_one_used_is_dead(client: Client) -> None:
    person_with_app()
    with time_machine.travel(MINUTE, tick=False):
        sign_in(client)
        types(client, shown(drift=1))
        for drift in (-1, 0, 1):
            browser = Client()
            sign_in(browser)
            assert types(browser, shown(drift=drift)).status_code == 422
    with time_machine.travel(MINUTE + timedelta(seconds=60), tick=False):
        browser = Client()
        sign_in(browser)
        assert types(browser, shown()).status_code == 303


def test_any_of_several_apps_will_do(client: Client) -> None:
    lea = person_with_app()
    other = bytes(reversed(SECRET))
    with_app(lea, other, "Tablette")
    with time_machine.travel(MINUTE, tick=False):
        sign_in(client)
        assert types(client, shown(other)).status_code == 303
    assert {app.name: app.last_used_at for app in AppFactor.objects.all()} == {"Téléphone": None, "Tablette": MINUTE}


def test_the_app_of_somebody_else_opens_nothing(client: Client) -> None:
    person_with_app()
    with_app(person(level="totp"), bytes(reversed(SECRET)))
    with time_machine.travel(MINUTE, tick=False):
        sign_in(client)
        assert types(client, shown(bytes(reversed(SECRET)))).status_code == 422


def test_wrong_codes_are_told_counted_and_then_wait(client: Client) -> None:
    person_with_app()
    with time_machine.travel(MINUTE, tick=False):
        sign_in(client)
        wrong = another(shown())
        page = types(client, wrong).content.decode()
        assert "Vérifiez aussi que l’heure de votre téléphone est réglée automatiquement." in page
        assert "Il vous reste 9 essais." in page
        assert [types(client, wrong).status_code for _ in range(9)] == [422] * 9
        answer = types(client, shown())
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert not is_inside(client)
    assert {fact["method"] for fact in facts("code.refused")} == {"totp"}


def test_e7_no_sms_is_sent_nor_accepted_where_the_level_asks_an_app(client: Client) -> None:
    person_with_app(mobile="+33639981234")
    sign_in(client)
    assert resend(client).headers["Location"].startswith("/connexion/")
    assert chooses(client, "sms").headers["Location"] == CODE
    assert count_sent() == 0
    assert "Saisissez le code de votre application" in client.get(CODE).content.decode()


@pytest.mark.parametrize("change", [{"security_epoch": 1}, {"state": "suspended"}, {"level": "sms"}])
def test_c5_a_change_of_the_account_ends_the_pending_sign_in(client: Client, change: dict[str, object]) -> None:
    lea = person_with_app()
    with time_machine.travel(MINUTE, tick=False):
        sign_in(client)
        Account.objects.filter(pk=lea.pk).update(**change)
        assert types(client, shown()).headers["Location"].startswith("/connexion/")
    assert not is_inside(client)


def test_e13_the_secret_is_sealed_and_said_nowhere(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    person_with_app()
    with time_machine.travel(MINUTE, tick=False):
        sign_in(client)
        pages = [client.get(CODE).content.decode(), types(client, another(shown())).content.decode()]
        types(client, shown())
        pages.append(client.get("/espace/mes-donnees/?format=json").content.decode())
    held = bytes(AppFactor.objects.get().secret)
    for form in (SECRET, totp.key(SECRET).encode(), totp.spaced(SECRET).encode(), SECRET.hex().encode()):
        assert form not in held
        assert not any(form in text.encode() for text in (*pages, *capfd.readouterr()))


def test_k12_the_secret_follows_the_keys_and_is_lost_without_them(settings: Settings) -> None:
    person_with_app()
    old, new = settings.PASSAVANT.secret_key[0], "another-key-drawn-to-take-its-place-one-day"
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"secret_key": (new, old)})
    assert AppFactor.objects.get().opened() == SECRET
    assert (reseal(), reseal()) == (1, 0)
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"secret_key": (new,)})
    assert AppFactor.objects.get().opened() == SECRET
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"secret_key": (old,)})
    with pytest.raises(CannotOpen):
        AppFactor.objects.get().opened()


def test_the_key_is_written_as_applications_take_it() -> None:
    assert secret_on(totp.spaced(SECRET)) == SECRET
    address = totp.address(SECRET, "Passavant & Cie", "léa@example.org")
    assert address.startswith("otpauth://totp/Passavant%20%26%20Cie%3Al%C3%A9a%40example.org?")
    assert f"secret={totp.key(SECRET)}&issuer=Passavant%20%26%20Cie&digits=6&period=30" in address


@pytest.mark.django_db(transaction=True)
def test_e1_of_parallel_right_codes_one_enters() -> None:
    person_with_app()
    browsers = [Client() for _ in range(8)]
    with time_machine.travel(timezone.now(), tick=False):
        for browser in browsers:
            sign_in(browser, address=f"192.0.2.{browsers.index(browser)}")
        start, code = Barrier(len(browsers)), shown()

        def enter(browser: Client) -> int:
            try:
                start.wait(timeout=30)
                return int(types(browser, code).status_code)
            finally:
                connection.close()

        with ThreadPoolExecutor(len(browsers)) as crowd:
            statuses = sorted(crowd.map(enter, browsers))
    assert statuses == [303, *[422] * 7]
    assert len(facts("sign_in.completed")) == 1
