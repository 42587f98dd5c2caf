"""Who the honest provider knows. They do not exist, nor do their addresses."""

from typing import Any, NotRequired, TypedDict


class Person(TypedDict):
    login: str
    sub: str
    claims: dict[str, Any]
    acr: NotRequired[str]
    amr: NotRequired[list[str]]


def person(login: str, given_name: str, name: str, **proofs: Any) -> Person:
    """Their e-mail is verified, their company is 732 829 320 00074; `acr` and `amr` only where given."""
    claims = {
        "given_name": given_name,
        "usual_name": name,
        "family_name": name,
        "email": f"{login}@negoce-durand.example",
        "email_verified": True,
        "siret": "73282932000074",
    }
    known: Person = {"login": login, "sub": f"sub-of-{login}", "claims": claims}
    known.update(proofs)  # type: ignore[typeddict-item]  # acr and amr, as the caller says
    return known


PEOPLE: tuple[Person, ...] = (
    person("lea", "Léa", "Durand", acr="eidas1", amr=["pwd"]),
    person("marc", "Marc", "Petit", acr="eidas1-mfa", amr=["pwd", "otp", "mfa"]),
    person("aline", "Aline", "N’Guessan"),  # nothing said of how she proved who she is
    person("paul", "Paul", "Roche", acr="eidas1"),  # a level, and no method
)
