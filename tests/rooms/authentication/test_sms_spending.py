"""E4, E16: nobody makes us pay for SMS, nor receive some unasked."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.foundation.outbox.rules import septets
from tests.people import person
from tests.rooms.authentication.people_at_the_door import (
    CODE,
    WRONG,
    codes_sent,
    count_sent,
    facts,
    resend,
    sign_in,
    sms_text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea() -> Account:
    return person(sms=True)


def configure(settings: Settings, **changed: object) -> None:
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update=changed)


def test_e16_without_the_password_no_sms_leaves(lea: Account, client: Client) -> None:
    sign_in(client, password=WRONG)
    resend(client)
    client.post(CODE, {"code": "123456"})
    assert codes_sent() == []


def test_e4_another_code_waits_a_minute(lea: Account, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client)
        assert "Nouveau code possible à" in client.get(CODE).content.decode()
        answer = resend(client)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert count_sent() == 1


def test_e4_one_account_gets_five_codes_in_a_quarter_of_an_hour(lea: Account) -> None:
    browsers = [Client() for _ in range(6)]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for browser in browsers:
            clock.shift(timedelta(seconds=61))  # the passwords' own limit is another matter
            assert sign_in(browser).status_code == 303
        page = browsers[-1].get(CODE).content.decode()
    assert count_sent() == 5
    assert "Vous avez demandé 5 codes." in page
    assert "Le prochain sera possible à" in page
    assert facts("code.withheld")[0]["why"] == "authentication.sms.account"


def test_e4_one_number_gets_ten_codes_a_day_unless_they_are_typed_back(lea: Account) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(12):
            clock.shift(timedelta(minutes=16))
            sign_in(Client())
    assert count_sent() == 10
    assert facts("code.withheld")[0]["why"] == "authentication.sms.number"


def test_who_types_codes_back_may_sign_in_all_day(lea: Account) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for count in range(1, 13):
            clock.shift(timedelta(minutes=10))
            browser = Client()
            sign_in(browser)
            assert count_sent() == count
            assert browser.post(CODE, {"code": codes_sent()[-1]}).status_code == 303


def test_e4_one_network_gets_fifty_codes_an_hour() -> None:
    for n in range(51):
        person(identifier=f"salarie.{n:02}", email=f"s{n}@example.org", sms=True, mobile=f"+3363998{1000 + n:04}")
        sign_in(Client(), f"salarie.{n:02}")
    assert count_sent() == 50
    assert facts("code.withheld")[0]["why"] == "authentication.sms.network"


def test_e4_the_budget_of_the_day_stops_everybody_and_is_told_once(settings: Settings) -> None:
    configure(settings, sms_daily_budget=2)
    for n in range(4):
        person(identifier=f"salarie.{n}", email=f"s{n}@example.org", sms=True, mobile=f"+3363998{1000 + n:04}")
        sign_in(Client(), f"salarie.{n}")
    assert count_sent() == 2
    assert len(facts("sms_budget.reached")) == 1
    assert len(facts("code.withheld")) == 2


def test_e4_a_country_not_served_gets_nothing_and_is_told(lea: Account, settings: Settings) -> None:
    configure(settings, sms_countries=("BE",))
    browser = Client()
    sign_in(browser)
    assert codes_sent() == []
    assert "Ce portail n’envoie pas de SMS vers votre pays." in browser.get(CODE).content.decode()


def test_e4_a_withheld_code_does_not_open_the_door(lea: Account, settings: Settings) -> None:
    configure(settings, sms_daily_budget=0)
    browser = Client()
    sign_in(browser)
    answer = browser.post(CODE, {"code": "000000"})
    assert answer.status_code == 422
    assert "Demandez un nouveau code." in answer.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_sms_fits_one_part_and_ends_with_our_name(lea: Account, language: str) -> None:
    Account.objects.update(language=language)
    sign_in(Client())
    (code,) = codes_sent()
    text = sms_text()
    assert septets(text) <= 160
    assert text.startswith(f"{code} ")
    assert text.endswith(f"\n\n@localhost #{code}")
    told = "Ne le donnez à personne, y compris à un agent" if language == "fr" else "not even a customs officer"
    assert told in text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("host", ["passavant.example", "h" * 25, "h" * 26, f"{'h' * 60}.example"])
def test_the_sms_fits_whatever_the_length_of_the_site_s_name(
    lea: Account, settings: Settings, language: str, host: str
) -> None:
    Account.objects.update(language=language)
    sign_in(Client())
    configure(settings, public_url=f"https://{host}")
    assert septets(sms_text()) <= 160
