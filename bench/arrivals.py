"""A sign-in through another portal; the portal is a process apart, which agrees at once."""

from urllib.parse import urlsplit

from bench.visitor import Visitor
from tests.providers.running import CLIENT, SECRET, Hostile, Walker, sign_in_at

NAME = "portailpro"


def declared(provider: Hostile) -> dict[str, str]:
    """The settings that make it one of the site's portals."""
    said = {
        "ISSUER": provider.issuer,
        "CLIENT_ID": CLIENT,
        "CLIENT_SECRET": SECRET,
        "LABEL": "Portailpro",
        "EMAILS": "verified",
    }
    return {f"PASSAVANT_FEDERATION__{NAME.upper()}__{field}": value for field, value in said.items()}


def come_back(visitor: Visitor, expected: int) -> str:
    """From our sign-in page to the portal and back; answers where we send the person then."""
    visitor.get("/connexion/")
    back = urlsplit(sign_in_at(Walker(), visitor.get(f"/connexion/{NAME}/", 302), ""))
    return visitor.get(f"{back.path}?{back.query}", expected)


def first_arrival(port: int) -> None:
    """Open the account that the others will enter."""
    visitor = Visitor(port)
    come_back(visitor, 302)
    visitor.get("/connexion/arrivee/compte/")
    visitor.post("/connexion/arrivee/compte/", 303, last_name="Banc", first_name="Arrivée", terms="on")


def arrive(port: int) -> None:
    visitor = Visitor(port)
    visitor.get(come_back(visitor, 303))
