"""What a browser sends of passkeys is read whole, or refused as malformed; nothing else comes of it (E9, J3)."""

import json
from typing import Any

import pytest
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import given, settings
from hypothesis import strategies as st

from passavant.accounts.models import Account
from passavant.authentication.wire.passkeys import TEXT, Malformed, assertion, creation
from tests.people import person
from tests.rooms.authentication.authenticators import NEW, Authenticator, adds, asked, says
from tests.rooms.authentication.people_at_the_door import facts, is_inside, sign_in

REQUEST = {"challenge": "AAAA", "rpId": "localhost"}
CREATION = {"challenge": "AAAA", "rp": {"id": "localhost"}, "user": {"id": websafe_encode(b"handle")}}
BOUNDED = settings(max_examples=150, deadline=None, derandomize=True)
PLACE = st.integers(0, 4095)  # in bytes whose number varies: signatures are of 70 to 72
ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
TREE = st.recursive(ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))


def good(read: Any) -> dict[str, Any]:
    key = Authenticator()
    made = key.create(CREATION)
    return made if read is creation else key.get(REQUEST)


def tells(read: Any, text: str) -> None:
    """Whether it is good or not, it is one of the two."""
    try:
        read(text)
    except Malformed:
        return


@pytest.mark.parametrize("read", [assertion, creation])
def test_what_a_browser_sends_is_read(read: Any) -> None:
    sent = good(read)
    read(json.dumps(sent | {"authenticatorAttachment": "platform", "clientExtensionResults": {"credProps": {}}}))


def test_an_authenticator_may_keep_silent_on_whose_key_it_is() -> None:
    sent = good(assertion)
    sent["response"]["userHandle"] = None
    assert assertion(json.dumps(sent)).handle == b""


@pytest.mark.parametrize("read", [assertion, creation])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '"clé"',
        "{",
        "\ud800",
        "9" * 5000,
        "[" * 15_000,
        '{"id":' * 3000,
        "\x00",
        '{"type": "public-key", "id": "", "rawId": "", "response": {}}',
        '{"type": "public-key", "id": "AA", "rawId": "AQ", "response": {}}',
        '{"type": "public-key", "id": "AA", "rawId": "AA", "response": []}',
        '{"type": "public-key", "id": 1, "rawId": 1, "response": {}}',
        '{"type": "password", "id": "AA", "rawId": "AA", "response": {}}',
    ],
)
def test_e9_malformed_texts(read: Any, text: str) -> None:
    with pytest.raises(Malformed):
        read(text)


@pytest.mark.parametrize("read", [assertion, creation])
def test_e9_each_part_must_be_there_and_be_bounded_text(read: Any) -> None:
    for part in good(read)["response"]:
        for value in (..., None, 7, 10**12, ["A"], {"a": 1}, "é", "A A", "====", "A", "A" * TEXT):
            sent = good(read)
            sent["response"][part] = value
            if value is ...:
                del sent["response"][part]
            if part == "userHandle" and value in (..., None):
                continue
            with pytest.raises(Malformed):
                read(json.dumps(sent))


@pytest.mark.parametrize("said", [[], "texte", 5, {}, {"type": "webauthn.get", "challenge": 10**11, "origin": "x"}])
def test_e9_a_number_for_a_challenge_allocates_nothing(said: Any) -> None:
    sent = good(assertion)
    sent["response"]["clientDataJSON"] = websafe_encode(json.dumps(said).encode())
    with pytest.raises(Malformed):
        assertion(json.dumps(sent))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xa0",
        b"\x80",
        b"\x81" * 8000,
        b"\x9b" + b"\xff" * 8,
        b"\xbb" + b"\xff" * 8,
        b"\x5b" + b"\xff" * 8,
        b"\xc0\x00",
        b"\xff",
        b"\xa1\x80\x00",
        b"\xa1\x61\xff\x00",
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": 2**40}),
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": "texte"}),
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(37)}),
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(32) + b"\x45" + bytes(4)}),
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(32) + b"\x45" + bytes(20) + b"\xff\xff"}),
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(32) + b"\x45" + bytes(22) + b"\x80"}),
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(32) + b"\xc5" + bytes(22) + b"\xa1\x03\x26\x81"}),
        cbor.encode({"authData": bytes(37)}),
    ],
    ids=lambda raw: raw[:8].hex(),
)
def test_e9_malformed_cbor(raw: bytes) -> None:
    sent = good(creation)
    sent["response"]["attestationObject"] = websafe_encode(raw)
    with pytest.raises(Malformed):
        creation(json.dumps(sent))


def test_e9_a_key_under_another_name_than_its_own_is_malformed() -> None:
    sent = good(creation)
    sent["id"] = sent["rawId"] = websafe_encode(b"another name")
    with pytest.raises(Malformed):
        creation(json.dumps(sent))


@BOUNDED
@given(TREE)
def test_e9_any_tree_is_malformed(tree: Any) -> None:
    for read in (assertion, creation):
        with pytest.raises(Malformed):
            read(json.dumps(tree))


@BOUNDED
@given(st.sampled_from(["clientDataJSON", "attestationObject"]), st.binary(max_size=300))
def test_e9_any_bytes_for_a_part_of_a_creation(part: str, raw: bytes) -> None:
    sent = good(creation)
    sent["response"][part] = websafe_encode(raw)
    with pytest.raises(Malformed):
        creation(json.dumps(sent))


@BOUNDED
@given(st.data())
def test_e9_any_damage_is_read_or_malformed(data: st.DataObject) -> None:
    read = data.draw(st.sampled_from([assertion, creation]))
    sent = good(read)
    part = data.draw(st.sampled_from(sorted(sent["response"])))
    raw = bytearray(websafe_decode(sent["response"][part]))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(PLACE) % len(raw)] = data.draw(st.integers(0, 255))
    sent["response"][part] = websafe_encode(bytes(raw[data.draw(st.sampled_from([0, 0, 1, 40])) :]))
    tells(read, json.dumps(sent))


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "{}", "[" * 15_000, "A" * (TEXT + 1), '{"id": "\\ud800"}', "\x00"])
def test_e9_what_is_malformed_is_refused_and_in_the_trail(text: str, client: Any) -> None:
    lea = person()
    assert says(client, text).status_code == 422
    assert [(fact["why"], fact["account"]) for fact in facts("passkey.refused")] == [("malformed", None)]
    sign_in(client)
    assert says(client, text, NEW).status_code == 422
    assert [(fact["why"], fact["account"]) for fact in facts("passkey.not_added")] == [("malformed", lea.id)]


@pytest.fixture
def key(client: Any) -> Authenticator:
    person()
    made = Authenticator()
    sign_in(client)
    adds(client, made)
    client.post("/deconnexion/")
    return made


@pytest.mark.django_db
def test_e9_no_bit_of_an_answer_may_change(key: Authenticator, client: Any) -> None:
    before = Account.objects.get().last_sign_in_at

    @settings(max_examples=80, deadline=None, derandomize=True)
    @given(st.data())
    def one(data: st.DataObject) -> None:
        key.count += 1
        sent = key.get(asked(client))
        part = data.draw(st.sampled_from(["rawId", *sorted(sent["response"])]))
        holder = sent if part == "rawId" else sent["response"]
        raw = bytearray(websafe_decode(holder[part]))
        raw[data.draw(PLACE) % len(raw)] ^= 1 << data.draw(st.integers(0, 7))
        holder[part] = websafe_encode(bytes(raw))
        sent["id"] = sent["rawId"]
        assert says(client, sent, address=f"198.51.100.{key.count % 250}").status_code == 422
        assert not is_inside(client)

    one()
    assert Account.objects.get().last_sign_in_at == before
    assert len(facts("passkey.refused")) == key.count >= 60
