"""Step-up: what matters is done by who proved who they are less than a quarter of an hour ago (E6, C1)."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.authentication.models import AppFactor, RecoveryCode, Session
from tests.people import PASSWORD, person
from tests.rooms.authentication.factors import (
    ENROL_APP,
    chooses,
    person_with_app,
    shown,
    types,
    with_app,
    with_recovery_codes,
)
from tests.rooms.authentication.people_at_the_door import (
    CODE,
    SPACE,
    WRONG,
    codes_sent,
    count_sent,
    facts,
    is_inside,
    key,
    sign_in,
)

pytestmark = pytest.mark.django_db
CONFIRM, EMAIL = "/connexion/confirmation/", "/espace/adresse-electronique/"
STALE = timedelta(minutes=15)
FACTOR = "/espace/securite/application/6f1c8c5e-6f43-4bb5-9b1b-3a3b8f6c1a11"
READ = (
    EMAIL,
    ENROL_APP,
    "/espace/profil/modifier/",
    "/espace/fermer/",
    "/espace/securite/codes/",
    "/espace/mes-donnees/?format=json",
    f"{FACTOR}/retirer/",
    f"{FACTOR}/renommer/",
)
POSTED = (*(page for page in READ if "format" not in page),)


@pytest.fixture
def long_sessions(settings: Settings) -> None:
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"session_idle_minutes": 600})


@pytest.fixture
def clock(long_sessions: None) -> object:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def confirms(client: Client, password: str = PASSWORD, back: str = EMAIL) -> HttpResponse:
    return client.post(f"{CONFIRM}?next={back}", {"password": password})


def wants(answer: HttpResponse) -> str:
    """The page one comes back to once confirmed."""
    where = urlsplit(answer.headers["Location"])
    assert (answer.status_code, where.path) == (303, CONFIRM)
    return parse_qs(where.query)["next"][0]


@pytest.mark.parametrize("page", READ)
def test_e6_a_page_that_matters_asks_again_after_a_quarter_of_an_hour(client: Client, clock: object, page: str) -> None:
    person()
    sign_in(client)
    assert client.get(page).status_code in {200, 404}
    clock.shift(STALE - timedelta(seconds=1))  # type: ignore[attr-defined]
    assert client.get(page).status_code in {200, 404}
    clock.shift(timedelta(seconds=1))  # type: ignore[attr-defined]
    assert wants(client.get(page)) == page
    assert is_inside(client)
    assert client.get("/espace/mes-donnees/").status_code == 200


@pytest.mark.parametrize("page", POSTED)
def test_e6_nothing_is_done_meanwhile(client: Client, clock: object, page: str) -> None:
    person()
    sign_in(client)
    clock.shift(STALE)  # type: ignore[attr-defined]
    before = Account.objects.values().get()
    typed = {"email": "autre@example.org", "current": PASSWORD, "last_name": "Autre", "language": "fr", "code": "1"}
    assert wants(client.post(page, typed)) == page
    assert Account.objects.values().get() == before
    assert not AppFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_the_page_names_the_operation_and_when_one_last_proved_who_one_is(client: Client, clock: object) -> None:
    person()
    sign_in(client)
    clock.shift(STALE)  # type: ignore[attr-defined]
    page = client.get(client.get(EMAIL).headers["Location"]).content.decode()
    assert "<h1>Confirmez que c’est bien vous</h1>" in page
    assert "«\u00a0Changer d’adresse électronique\u00a0» est une opération sensible." in page
    assert "Votre dernière vérification date du" in page
    assert "Revenir sans faire l’opération" in page


def test_c1_the_password_renews_the_proof_under_a_new_key(client: Client, clock: object) -> None:
    person()
    sign_in(client)
    clock.shift(STALE)  # type: ignore[attr-defined]
    before, signed_in_at = key(client), Account.objects.get().last_sign_in_at
    assert confirms(client).headers["Location"] == EMAIL
    assert key(client) != before
    assert client.get(EMAIL).status_code == 200
    assert Session.objects.get().authenticated_at == timezone.now()
    assert Account.objects.get().last_sign_in_at == signed_in_at
    assert (len(facts("sign_in.completed")), len(facts("sign_in.confirmed"))) == (1, 1)
    stolen = Client()
    stolen.cookies["session"] = before
    assert not is_inside(stolen)


def test_a_wrong_password_is_refused_counted_and_audited(client: Client, clock: object) -> None:
    person()
    sign_in(client)
    clock.shift(STALE)  # type: ignore[attr-defined]
    answer = confirms(client, WRONG)
    assert answer.status_code == 422
    assert "Ce mot de passe n’est pas celui de votre compte." in answer.content.decode()
    assert WRONG not in answer.content.decode()
    assert [confirms(client, WRONG).status_code for _ in range(5)][-1] == 429
    assert confirms(client).status_code == 429
    assert client.get(EMAIL).status_code == 303
    assert is_inside(client)
    assert {fact["why"] for fact in facts("sign_in.refused")} == {"wrong"}


def test_e6_the_second_step_of_the_level_is_asked_too(client: Client, clock: object) -> None:
    person_with_app()
    sign_in(client)
    types(client, shown())
    clock.shift(STALE)  # type: ignore[attr-defined]
    before = key(client)
    assert confirms(client).headers["Location"] == CODE
    assert client.get(EMAIL).status_code == 303, "half a proof renews nothing"
    assert is_inside(client), "nor does it close what is open"
    assert types(client, shown()).headers["Location"] == EMAIL
    assert key(client) != before
    assert client.get(EMAIL).status_code == 200
    (fact,) = facts("sign_in.confirmed")
    assert (fact["level"], fact["methods"]) == ("totp", "pwd otp mfa")


def test_e6_by_sms_one_code_leaves_for_the_number_on_the_account(client: Client, clock: object) -> None:
    person(sms=True)
    sign_in(client)
    types(client, codes_sent()[-1])
    clock.shift(STALE)  # type: ignore[attr-defined]
    assert confirms(client).headers["Location"] == CODE
    assert count_sent() == 2
    assert types(client, codes_sent()[-1]).headers["Location"] == EMAIL


def test_e7_another_way_of_the_level_confirms_too(client: Client, clock: object) -> None:
    lea = person(sms=True)
    with_app(lea)
    code = with_recovery_codes(lea)[0]
    sign_in(client)
    types(client, codes_sent()[-1])
    clock.shift(STALE)  # type: ignore[attr-defined]
    confirms(client)
    chooses(client, "recovery")
    assert types(client, code).headers["Location"] == EMAIL
    assert client.get(EMAIL).status_code == 200


def test_what_was_typed_comes_back_but_for_passwords(client: Client, clock: object) -> None:
    person()
    sign_in(client)
    clock.shift(STALE)  # type: ignore[attr-defined]
    wants(client.post(EMAIL, {"email": "nouvelle@example.org", "current": PASSWORD}))
    assert PASSWORD not in str([*Session.objects.values()])
    page = client.get(confirms(client).headers["Location"]).content.decode()
    assert 'value="nouvelle@example.org"' in page
    assert PASSWORD not in page
    client.post(EMAIL, {"email": "nouvelle@example.org", "current": PASSWORD})
    assert len(facts("account.email_change_asked")) == 1


def test_the_profile_typed_comes_back_too(client: Client, clock: object) -> None:
    person()
    sign_in(client)
    clock.shift(STALE)  # type: ignore[attr-defined]
    page = wants(client.post("/espace/profil/modifier/", {"last_name": "Le Goff", "language": "en"}))
    shown_again = client.get(confirms(client, back=page).headers["Location"]).content.decode()
    assert 'value="Le Goff"' in shown_again
    assert '<option value="en" selected>' in shown_again


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "/nulle-part/", ""])
def test_i15_one_comes_back_to_a_page_of_ours(client: Client, back: str) -> None:
    person()
    sign_in(client)
    assert confirms(client, back=back).headers["Location"] == SPACE


def test_visitors_and_sign_ins_under_way_have_nothing_to_confirm(client: Client) -> None:
    person_with_app()
    assert client.get(CONFIRM).headers["Location"].startswith("/connexion/")
    assert confirms(client).headers["Location"].startswith("/connexion/")
    sign_in(client)
    assert client.get(CONFIRM).headers["Location"] == CODE
    assert confirms(client).headers["Location"] == CODE
    assert not is_inside(client)


def test_e6_a_second_step_alone_confirms_nothing(client: Client, clock: object) -> None:
    person_with_app()
    sign_in(client)
    types(client, shown())
    clock.shift(STALE)  # type: ignore[attr-defined]
    for way in ("totp", "sms", "recovery", "passkey"):
        client.post(f"{CONFIRM}?next={EMAIL}", {"moyen": way})
        types(client, shown())
    assert client.get(EMAIL).status_code == 303
    assert not facts("sign_in.confirmed")
