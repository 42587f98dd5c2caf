"""What browsers send of passkeys: bounded text → values. Sizes and types are checked before anything is built of it:
`bytes(n)` of a number allocates n bytes, and the libraries would."""

import json
import re
import struct
from collections.abc import Mapping
from typing import Any

from fido2 import cbor
from fido2.utils import websafe_decode
from fido2.webauthn import AttestationObject, AuthenticatorData, CollectedClientData

from passavant.authentication.rules.passkeys import CREDENTIAL_BYTES, Assertion, Creation

TEXT = 16 * 1024  # characters of the whole
CLIENT, AUTHENTICATOR, ATTESTATION, SIGNATURE, HANDLE = 4096, 4096, 8192, 1024, 64  # bytes of each part
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")
KIND = "public-key"


class Malformed(ValueError):
    """Not what a browser sends."""


# What the libraries raise of bytes that are not what they should be.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError, struct.error)


def assertion(text: str) -> Assertion:
    """Read AuthenticationResponseJSON.

    Raises:
        Malformed: it is something else.
    """
    try:
        credential, response = _opened(text)
        return Assertion(
            credential=credential,
            client=_client(response),
            authenticator=AuthenticatorData(_bytes(response, "authenticatorData", AUTHENTICATOR)),
            signature=_bytes(response, "signature", SIGNATURE),
            handle=_bytes(response, "userHandle", HANDLE) if response.get("userHandle") is not None else b"",
        )
    except UNREADABLE as error:
        raise Malformed("assertion") from error


def creation(text: str) -> Creation:
    """Read RegistrationResponseJSON; the key it holds has the name that it says.

    Raises:
        Malformed: it is something else.
    """
    try:
        credential, response = _opened(text)
        attestation = _attestation(response)
        key = attestation.auth_data.credential_data
        if key is None or key.credential_id != credential:
            raise Malformed("credential")
        return Creation(key, _client(response), attestation)
    except UNREADABLE as error:
        raise Malformed("creation") from error


def _opened(text: str) -> tuple[bytes, Mapping[str, Any]]:
    """The name of the key, and the response."""
    if len(text) > TEXT:
        raise Malformed("size")
    whole = json.loads(text)
    if whole["type"] != KIND or whole["id"] != whole["rawId"] or not isinstance(whole["response"], dict):
        raise Malformed("shape")
    credential = _bytes(whole, "rawId", CREDENTIAL_BYTES)
    if not credential:
        raise Malformed("name")
    return credential, whole["response"]


def _client(response: Mapping[str, Any]) -> CollectedClientData:
    raw = _bytes(response, "clientDataJSON", CLIENT)
    said = json.loads(raw)
    if not all(isinstance(said[name], str) for name in ("type", "challenge", "origin")):
        raise Malformed("client data")
    return CollectedClientData(raw)


def _attestation(response: Mapping[str, Any]) -> AttestationObject:
    raw = _bytes(response, "attestationObject", ATTESTATION)
    if not isinstance(cbor.decode(raw)["authData"], bytes):  # type: ignore[call-overload,index]
        raise Malformed("authenticator data")
    return AttestationObject(raw)


def _bytes(holder: Mapping[str, Any], name: str, most: int) -> bytes:
    text = holder[name]
    if not isinstance(text, str) or len(text) > -(-most * 4 // 3) or not BASE64URL.fullmatch(text):
        raise Malformed(name)
    return websafe_decode(text)
