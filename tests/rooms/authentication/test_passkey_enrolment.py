"""A passkey is added: by whom, with what checks, and what follows (E6, E8, E9, E14)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_decode, websafe_encode

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.models import Passkey
from passavant.authentication.rules.passkeys import LIFETIME, MOST
from passavant.foundation.outbox.models import Outgoing
from tests.people import person
from tests.rooms.authentication.authenticators import (
    BACKED,
    ELIGIBLE,
    ES256,
    NEW,
    NEW_CHALLENGE,
    PRESENT,
    RS256,
    USUAL,
    VERIFIED,
    Authenticator,
    Ed25519,
    adds,
    asked,
    enters,
    says,
)
from tests.rooms.authentication.people_at_the_door import facts, is_inside, sign_in

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36"
SMALL = rsa.generate_private_key(65537, 1024).public_key().public_numbers().n.to_bytes(128)
POINT = ES256().public()
MODULUS = RS256().public()


@pytest.fixture
def lea(client: Client) -> Account:
    """Signed in by her password."""
    account = person()
    sign_in(client)
    return account


@pytest.mark.parametrize("pair", [ES256, RS256, Ed25519])
def test_a_key_is_added_and_told(lea: Account, client: Client, pair: Callable[[], Any]) -> None:
    other = Client()
    sign_in(other)
    key = Authenticator(pair(), flags=USUAL | ELIGIBLE | BACKED, count=3)
    assert adds(client, key, " Ordinateur  du bureau ").status_code == 200
    row = Passkey.objects.get()
    assert (row.account, row.credential_id) == (lea, websafe_encode(key.credential))
    assert (row.name, row.sign_count, row.synced, row.user_verified) == ("Ordinateur  du bureau", 3, True, True)
    assert (row.aaguid, row.last_used_at) == (UUID(int=0), None)
    assert [(fact["account"], fact["kind"]) for fact in facts("factor.added")] == [(lea.id, "passkey")]
    told = Outgoing.objects.filter(template="authentication/mails/notice")
    assert [letter.recipient for letter in told] == [lea.email]
    assert is_inside(client), "this browser goes on"
    assert not is_inside(other), "ASVS 7.4.3: the others are out"


@pytest.mark.parametrize(
    ("why", "false"),
    [
        ("origin", {"browser": {"origin": "https://localhost.example"}}),
        ("framed", {"browser": {"crossOrigin": True}}),
        ("rp", {"host": "localhost.example"}),
        ("challenge", {"browser": {"challenge": websafe_encode(b"another" * 5)}}),
        ("type", {"browser": {"type": "webauthn.get"}}),
        ("presence", {"flags": VERIFIED}),
        ("verification", {"flags": PRESENT}),
        ("backup", {"flags": USUAL | BACKED}),
        ("algorithm", {"public": {**POINT, 3: -47}}),
        ("algorithm", {"public": {**POINT, 3: -35}}),
        ("algorithm", {"public": {**MODULUS, 3: -65535}}),
        ("algorithm", {"public": {**MODULUS, 3: "RS256"}}),
        ("key", {"public": {**POINT, -1: 2}}),
        ("key", {"public": {**POINT, 1: 3}}),
        ("key", {"public": {**POINT, -2: POINT[-2][:31]}}),
        ("key", {"public": {**POINT, -2: 2**40}}),
        ("key", {"public": {**POINT, -3: bytes(32)}}),
        ("key", {"public": {**MODULUS, -1: SMALL}}),
        ("key", {"public": {**MODULUS, -2: b"\x03"}}),
        ("key", {"public": {**MODULUS, -1: bytes(256)}}),
        ("key", {"public": {1: 1, 3: -8, -1: 6, -2: bytes(31)}}),
    ],
)
def test_e9_each_false_part_is_refused_and_named(lea: Account, client: Client, why: str, false: dict[str, Any]) -> None:
    answer = adds(client, Authenticator(), **false)
    assert (answer.status_code, answer.json()["told"][:24]) == (422, "La clé n’a pas été créée")
    assert [(fact["why"], fact["account"]) for fact in facts("passkey.not_added")] == [(why, lea.id)]
    assert not Passkey.objects.exists()


def test_e9_a_creation_serves_once_and_for_five_minutes(lea: Account, client: Client) -> None:
    now = timezone.now()
    options, late = asked(client, NEW_CHALLENGE), Authenticator()
    with time_machine.travel(now + LIFETIME + timedelta(seconds=5), tick=False):
        assert says(client, late.create(options), NEW).status_code == 422
    assert says(client, late.create(options), NEW).status_code == 422
    assert [fact["why"] for fact in facts("passkey.not_added")] == ["expired", "challenge"]


def test_the_challenge_of_a_sign_in_adds_no_key(lea: Account, client: Client) -> None:
    options = asked(client, NEW_CHALLENGE) | {"challenge": asked(client)["challenge"]}
    assert says(client, Authenticator().create(options), NEW).status_code == 422
    assert facts("passkey.not_added")[0]["why"] == "challenge"


def test_e9_a_key_that_somebody_has_is_refused(lea: Account, client: Client) -> None:
    key = Authenticator()
    adds(client, key)
    answer = adds(client, key)
    assert answer.json()["told"] == "Cet appareil a déjà une clé d’accès pour ce compte."
    person(identifier="paul.martin", email="paul.martin@example.org")
    other = Client()
    sign_in(other, "paul.martin")
    assert adds(other, Authenticator(credential=key.credential)).status_code == 422
    assert [fact["why"] for fact in facts("passkey.not_added")] == ["known", "known"]
    assert Passkey.objects.get().account == lea


def test_a_person_has_ten_keys_at_most(lea: Account, client: Client) -> None:
    for _ in range(MOST):
        assert adds(client, Authenticator()).status_code == 200
    answer = adds(client, Authenticator())
    assert answer.json()["told"].startswith("Vous avez déjà 10 clés d’accès.")
    assert Passkey.objects.count() == MOST


def test_the_options_name_the_person_by_a_number_and_the_keys_already_there(lea: Account, client: Client) -> None:
    key = Authenticator()
    adds(client, key)
    options = asked(client, NEW_CHALLENGE)
    assert len(websafe_decode(options.pop("challenge"))) == 32
    assert websafe_decode(options["user"]["id"]) == lea.id.bytes
    assert (options["user"]["name"], options["user"]["displayName"]) == ("lea.durand", "Léa Durand")
    assert options["rp"] == {"id": "localhost", "name": "Passavant"}
    assert [one["id"] for one in options["excludeCredentials"]] == [websafe_encode(key.credential)]
    assert [one["alg"] for one in options["pubKeyCredParams"]] == [-7, -8, -257]
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"


@pytest.mark.parametrize(
    ("model", "agent", "name"),
    [
        ("2fc0579f-8113-47ea-b116-bb5a8db9202a", CHROME, "YubiKey"),
        ("00000000-0000-0000-0000-000000000000", CHROME, "Chrome sur Linux"),
        ("12345678-0000-0000-0000-000000000000", "", "Un appareil inconnu"),
    ],
)
def test_a_key_without_a_name_has_that_of_its_maker_or_device(
    lea: Account, client: Client, model: str, agent: str, name: str
) -> None:
    key = Authenticator(model=UUID(model).bytes)
    made = key.create(asked(client, NEW_CHALLENGE))
    client.post(NEW, {"cle": json.dumps(made), "name": " "}, HTTP_USER_AGENT=agent)
    assert Passkey.objects.get().name == name


def test_a_name_that_is_too_long_is_told_and_nothing_is_added(lea: Account, client: Client) -> None:
    answer = adds(client, Authenticator(), "a" * 61)
    assert (answer.status_code, answer.json()) == (422, {"told": "Saisissez 60 caractères au maximum."})
    assert not Passkey.objects.exists()


def test_e6_nobody_adds_a_key_without_being_in(client: Client) -> None:
    person()
    for path in (NEW, NEW_CHALLENGE):
        answer = client.post(path)
        assert (answer.status_code, answer.headers["Location"][:11]) == (302, "/connexion/")


def test_e14_the_level_passkey_begins_by_adding_one(client: Client) -> None:
    person(level=Level.PASSKEY.value)
    assert sign_in(client, next="/espace/profil/").headers["Location"] == NEW
    assert client.get("/espace/").headers["Location"] == NEW
    assert "Créez votre clé d’accès" in client.get(NEW).content.decode()
    key = Authenticator()
    assert adds(client, key, flags=PRESENT).status_code == 422
    assert client.get("/espace/").headers["Location"] == NEW, "half an enrolment changes nothing"
    added = adds(client, key).json()["location"]
    assert "Votre clé d’accès est ajoutée." in client.get(added).content.decode()
    assert not is_inside(client), "what was added has not proved anything yet"
    assert enters(client, key).json() == {"location": "/espace/profil/"}
    (fact,) = facts("sign_in.completed")
    assert (fact["level"], fact["methods"]) == ("passkey", "pwd hwk user mfa")


def test_e6_who_has_the_password_only_adds_no_second_key(lea: Account, client: Client) -> None:
    adds(client, Authenticator())
    Account.objects.update(level=Level.PASSKEY.value)
    thief = Client()
    assert sign_in(thief).headers["Location"] == "/connexion/cle/"
    for path in (NEW, NEW_CHALLENGE):
        assert thief.post(path).status_code == 302
    assert Passkey.objects.count() == 1


def test_an_enrolment_that_another_browser_ended_first_is_lost(client: Client) -> None:
    person(level=Level.PASSKEY.value)
    late = Client()
    sign_in(client)
    sign_in(late)
    options, key = asked(late, NEW_CHALLENGE), Authenticator()
    assert adds(client, Authenticator()).status_code == 200
    assert says(late, key.create(options), NEW).json()["location"].startswith("/connexion/")
    assert Passkey.objects.count() == 1
