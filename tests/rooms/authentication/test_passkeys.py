"""A passkey opens the space; anything less than its whole answer does not (E9)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode

from passavant.accounts.models import Account
from passavant.authentication.models import Passkey, Session
from passavant.authentication.rules.passkeys import LIFETIME
from tests.people import person
from tests.rooms.authentication.authenticators import (
    BACKED,
    ELIGIBLE,
    ES256,
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
from tests.rooms.authentication.people_at_the_door import SPACE, facts, is_inside, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea() -> Account:
    return person()


@pytest.fixture
def key(lea: Account) -> Authenticator:
    """A key that Léa added, and used once."""
    browser, made = Client(), Authenticator()
    sign_in(browser)
    adds(browser, made)
    assert enters(Client(), made).status_code == 200
    return made


def refused(client: Client, key: Authenticator, why: str, **false: Any) -> None:
    """This answer opens nothing, and the trail says why, and about whom."""
    before = len(facts("passkey.refused"))
    answer = enters(client, key, **false)
    assert answer.status_code == 422
    assert answer.json()["told"].endswith(".")
    (fact,) = facts("passkey.refused")[before:]
    assert fact["why"] == why
    assert not is_inside(client)


@pytest.mark.parametrize("pair", [ES256, RS256, Ed25519])
def test_e9_a_good_answer_enters_alone(lea: Account, client: Client, pair: Callable[[], Any]) -> None:
    key, browser = Authenticator(pair()), Client()
    sign_in(browser)
    adds(browser, key)
    answer = enters(client, key, count=7)
    assert (answer.status_code, answer.json()) == (200, {"location": SPACE})
    assert is_inside(client)
    session = Session.objects.get(key_digest__isnull=False, methods__startswith="hwk")
    assert (session.methods, session.level, session.account) == ("hwk user mfa", "passkey", lea)
    row = Passkey.objects.get()
    assert (row.sign_count, row.synced, row.last_used_at is None) == (7, False, False)


def test_the_person_comes_back_to_the_page_asked(key: Authenticator, client: Client) -> None:
    said = key.get(asked(client), count=9)
    assert says(client, said, next="/espace/profil/").json() == {"location": "/espace/profil/"}


def test_i15_the_page_asked_is_one_of_ours(key: Authenticator, client: Client) -> None:
    said = key.get(asked(client), count=9)
    assert says(client, said, next="//ailleurs.example/").json() == {"location": SPACE}


def test_a_key_that_travels_is_told_as_software(lea: Account, client: Client) -> None:
    key, browser = Authenticator(flags=USUAL | ELIGIBLE), Client()
    sign_in(browser)
    adds(browser, key)
    enters(client, key, flags=USUAL | ELIGIBLE | BACKED)
    assert facts("sign_in.completed")[-1]["methods"] == "swk user mfa"
    assert Passkey.objects.get().synced


@pytest.mark.parametrize(
    ("why", "false"),
    [
        ("origin", {"browser": {"origin": "https://localhost.example"}}),
        ("origin", {"browser": {"origin": "https://localhost:8000"}}),
        ("origin", {"browser": {"origin": "http://localhost:8001"}}),
        ("origin", {"browser": {"origin": "http://connexion.localhost:8000"}}),
        ("origin", {"browser": {"origin": "HTTP://LOCALHOST:8000"}}),
        ("framed", {"browser": {"crossOrigin": True}}),
        ("framed", {"browser": {"crossOrigin": "non"}}),
        ("rp", {"host": "localhost.example"}),
        ("challenge", {"browser": {"challenge": websafe_encode(b"another" * 5)}}),
        ("challenge", {"browser": {"challenge": ""}}),
        ("type", {"browser": {"type": "webauthn.create"}}),
        ("type", {"browser": {"type": "payment.get"}}),
        ("presence", {"flags": VERIFIED}),
        ("verification", {"flags": PRESENT}),
        ("backup", {"flags": USUAL | BACKED}),
        ("account", {"handle": b"somebody else's."}),
        ("account", {"handle": b""}),
        ("signature", {"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"}),
        ("signature", {"signature": b""}),
        ("counter", {"count": 1}),
        ("counter", {"count": 0}),
    ],
)
def test_e9_each_false_part_is_refused_and_named(
    key: Authenticator, lea: Account, client: Client, why: str, false: dict[str, Any]
) -> None:
    refused(client, key, why, **false)
    assert facts("passkey.refused")[-1]["account"] == lea.id
    assert is_inside(client) is False
    assert enters(client, key).status_code == 200, "and the key itself remains good"


def test_e9_a_tampered_answer_is_refused(key: Authenticator, client: Client) -> None:
    key.count += 1
    said = key.get(asked(client))
    inside = bytearray(websafe_decode(said["response"]["authenticatorData"]))
    inside[-1] += 1  # the count, that the signature covers
    said["response"]["authenticatorData"] = websafe_encode(bytes(inside))
    assert says(client, said).status_code == 422
    assert facts("passkey.refused")[-1]["why"] == "signature"


def test_e9_the_signature_of_another_key_is_refused(key: Authenticator, client: Client) -> None:
    thief = Authenticator(credential=key.credential, handle=key.handle, count=key.count)
    refused(client, thief, "signature")


def test_e9_a_key_that_nobody_added_is_refused_and_said_so(lea: Account, client: Client) -> None:
    stranger = Authenticator(handle=lea.id.bytes)
    answer = enters(client, stranger)
    assert answer.json()["told"].startswith("Cette clé d’accès n’est pas enregistrée sur Passavant.")
    assert (facts("passkey.refused")[-1]["why"], facts("passkey.refused")[-1]["account"]) == ("unknown", None)


def test_e9_an_answer_serves_once(key: Authenticator, client: Client) -> None:
    key.count += 1
    said = key.get(asked(client))
    assert says(client, said).status_code == 200
    for browser in (client, Client()):
        asked(browser)
        assert says(browser, said).status_code == 422
        assert facts("passkey.refused")[-1]["why"] == "challenge"


def test_e9_a_refused_answer_has_used_its_challenge(key: Authenticator, client: Client) -> None:
    options = asked(client)
    assert says(client, key.get(options, count=9, flags=PRESENT)).status_code == 422
    assert says(client, key.get(options, count=9)).status_code == 422
    assert [fact["why"] for fact in facts("passkey.refused")] == ["verification", "challenge"]


def test_e9_the_challenge_of_one_browser_is_refused_in_another(key: Authenticator, client: Client) -> None:
    options, other = asked(client), Client()
    asked(other)
    assert says(other, key.get(options, count=9)).status_code == 422
    assert facts("passkey.refused")[-1]["why"] == "challenge"
    assert says(client, key.get(options, count=9)).status_code == 200


def test_e9_a_challenge_lives_five_minutes(key: Authenticator) -> None:
    now = timezone.now()
    for age, status in ((LIFETIME, 200), (LIFETIME + timedelta(seconds=1), 422)):
        client = Client()
        with time_machine.travel(now, tick=False):
            options = asked(client)
        with time_machine.travel(now + age, tick=False):
            key.count += 1
            assert says(client, key.get(options)).status_code == status
    assert [fact["why"] for fact in facts("passkey.refused")] == ["expired"]


def test_two_tabs_have_each_their_challenge(key: Authenticator, client: Client) -> None:
    first, _second = asked(client), asked(client)
    assert says(client, key.get(first, count=9)).status_code == 200


def test_e9_an_algorithm_no_longer_accepted_is_refused(key: Authenticator, client: Client) -> None:
    row = Passkey.objects.get()
    public = cbor.decode(bytes(row.public_key))
    Passkey.objects.update(public_key=cbor.encode({**public, 3: -47}))  # type: ignore[dict-item]
    refused(client, key, "algorithm")


def test_e9_keys_that_never_count_still_serve_once(lea: Account, client: Client) -> None:
    browser, key = Client(), Authenticator()
    sign_in(browser)
    adds(browser, key)
    for _ in range(2):
        said = key.get(asked(client))
        assert says(client, said).status_code == 200
        assert says(Client(), said).status_code == 422


def test_a7_whoever_asks_receives_the_same_and_no_key_is_named(key: Authenticator) -> None:
    told = [asked(Client()) for _ in range(2)]
    for options in told:
        assert len(websafe_decode(options.pop("challenge"))) == 32
    assert told[0] == told[1] == {"rpId": "localhost", "timeout": 300_000, "userVerification": "required"}
