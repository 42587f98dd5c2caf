"""A refusal tells nothing, unless the password was right."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from passavant.foundation.values import identifier_key, keyed_digest
from tests.people import PASSWORD, person
from tests.rooms.authentication.people_at_the_door import SIGN_IN, WRONG, facts, is_inside, sign_in

pytestmark = pytest.mark.django_db
OWN = {"X-Request-Id", "Date", "Set-Cookie"}
NOBODY = "lea.durant"  # as long as the other name: the length of the page is compared too
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def told(answer: HttpResponse, login: str) -> tuple[object, ...]:
    """What an answer tells, once removed what differs at each request, and what was typed."""
    headers = {name: value for name, value in answer.headers.items() if name not in OWN}
    body = TOKENS.sub("", answer.content.decode()).replace(login, "…")
    return answer.status_code, headers, body, sorted(answer.cookies)


def test_a1_known_and_unknown_get_the_same_answer_and_both_leave_a_trace(client: Client) -> None:
    account = person()
    known, unknown = (told(sign_in(Client(), login, WRONG), login) for login in ("lea.durand", NOBODY))
    assert known == unknown
    assert known[0] == 422
    first, second = facts("sign_in.refused")
    assert (first["account"], second["account"]) == (account.id, None)
    assert first["why"] == second["why"] == "wrong"


def test_l1_the_trail_never_holds_what_was_typed(client: Client, settings: object) -> None:
    sign_in(client, "Secret.Tape@example.org", WRONG)
    (fact,) = facts("sign_in.refused")
    key = settings.SECRET_KEY
    assert fact["login"] == keyed_digest(key, identifier_key("secret.tape@example.org"))
    assert fact["request_id"]
    assert "secret" not in str(fact).lower().replace(fact["login"], "")


@pytest.mark.parametrize(
    "state",
    [{"pending": True}, {"suspended": True}, {"closed": True}, {"password": ""}, {}],
    ids=["pending", "suspended", "closed", "federated-only", "active"],
)
def test_a2_a_wrong_password_tells_no_state(state: dict[str, object]) -> None:
    person(**state)
    reference = told(sign_in(Client(), NOBODY, WRONG), NOBODY)
    assert told(sign_in(Client(), "lea.durand", WRONG), "lea.durand") == reference


@pytest.mark.parametrize("login", ["lea.durand", NOBODY])
def test_a2_slowed_says_the_same_whoever_it_is(login: str) -> None:
    person()
    for _ in range(5):
        assert sign_in(Client(), login, WRONG).status_code == 422
    answer = sign_in(Client(), login, WRONG)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "Trop de tentatives" in answer.content.decode()
    assert "la connexion est bloquée jusqu’à" in answer.content.decode()


def test_a2_a_right_password_on_a_pending_account_leads_to_activation(client: Client) -> None:
    person(pending=True)
    answer = sign_in(client)
    assert answer.status_code == 422
    assert "Activez d’abord votre compte" in answer.content.decode()
    assert 'href="/activation/renvoyer/"' in answer.content.decode()
    assert facts("sign_in.refused")[0]["why"] == "inactive"
    assert not is_inside(client)


def test_a2_a_right_password_on_a_suspended_account_says_since_when(client: Client) -> None:
    person(suspended=True)
    answer = sign_in(client)
    assert answer.status_code == 422
    assert f"Ce compte est désactivé depuis le {timezone.localtime():%-d}" in answer.content.decode()
    assert not is_inside(client)


@pytest.mark.parametrize("state", [{"closed": True}, {"password": ""}])
def test_a_closed_account_and_one_without_password_let_nobody_in(client: Client, state: dict[str, object]) -> None:
    person(**state)
    for password in (PASSWORD, " "):
        assert sign_in(client, password=password).status_code == 422
    assert not is_inside(client)


def test_the_form_keeps_the_identifier_and_never_the_password(client: Client) -> None:
    page = sign_in(client, "lea.durand", WRONG).content.decode()
    assert 'value="lea.durand"' in page
    assert "Sextant" not in page
    assert "<title>Erreur : Se connecter" in page.replace("\u00a0", " ")


def test_an_empty_form_says_what_is_missing(client: Client) -> None:
    page = client.post(SIGN_IN, {}).content.decode()
    assert "Saisissez votre identifiant ou votre adresse électronique." in page
    assert "Saisissez votre mot de passe." in page
    assert not facts("sign_in.refused")


@pytest.mark.parametrize("length", [257, 40_000])
def test_d9_a_long_password_is_refused_unhashed_with_the_same_message(length: int) -> None:
    person()
    usual = told(sign_in(Client(), "lea.durand", WRONG), "lea.durand")
    assert told(sign_in(Client(), "lea.durand", "a" * length), "lea.durand") == usual


def test_d9_a_body_of_a_megabyte_is_refused_by_its_size(client: Client) -> None:
    assert sign_in(client, "lea.durand", "a" * 1_000_000).status_code == 413


@pytest.mark.parametrize(
    "typed", ["\x00", "lea\x00.durand", "\ud800".encode("utf-8", "surrogatepass"), "é" * 5000, "'--"]
)
def test_j3_whatever_is_typed_is_only_wrong(client: Client, typed: str) -> None:
    person()
    assert sign_in(client, typed, WRONG).status_code == 422
    assert sign_in(client, "lea.durand", typed).status_code == 422
