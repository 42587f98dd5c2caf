"""From the claims of a provider to a value of ours: bounded, printable, never trusted further than its policy says."""

from typing import Any
from unicodedata import category, normalize

from passavant.federation.rules.providers import Provider
from passavant.federation.rules.told import Told
from passavant.foundation.values import Email, NotACompanyNumber, NotAnEmail, parse_company_number

NAME_CHARS, SID_CHARS, ACR_CHARS, METHODS = 100, 255, 100, 10
Claims = dict[str, Any]


def read_claims(provider: Provider, token: Claims, person: Claims, id_token: str) -> Told:
    """`token` says who, how and when; `person` (userinfo) says the rest, or `token` does."""
    said = {**token, **person}
    amr = token.get("amr")
    return Told(
        issuer=provider.issuer,
        subject=token["sub"],
        email=_email(said.get("email")),
        email_verified=said.get("email_verified") is True,
        first_name=_line(said.get("given_name"), NAME_CHARS),
        last_name=_line(said.get("usual_name") or said.get("family_name"), NAME_CHARS),
        company_number=_company_number(said.get("siret") or said.get("siren")),
        acr=_line(token.get("acr"), ACR_CHARS),
        amr=tuple(_line(value, ACR_CHARS) for value in amr[:METHODS]) if isinstance(amr, list) else (),
        sid=_line(token.get("sid"), SID_CHARS),
        id_token=id_token,
    )


def _line(value: object, longest: int) -> str:
    """One line without what cannot be seen, cut; the person reads it again before it is kept (G7)."""
    if not isinstance(value, str):
        return ""
    shown = "".join(" " if c.isspace() else c for c in normalize("NFC", value[: 4 * longest]) if _visible(c))
    return " ".join(shown.split())[:longest].strip()


def _visible(character: str) -> bool:
    return character.isspace() or not category(character).startswith("C")


def _email(value: object) -> str:
    try:
        return Email.parse(value).address if isinstance(value, str) else ""
    except NotAnEmail:
        return ""


def _company_number(value: object) -> str:
    try:
        return parse_company_number(value).digits if isinstance(value, str) else ""
    except NotACompanyNumber:
        return ""
