"""Sign-ins by an app and by a passkey, which the bench holds in its own hands."""

import json
import time
from itertools import count

from bench.names import PASSWORD, SECRET, credential, identifier, number_of, pair
from bench.visitor import Visitor
from passavant.authentication.rules import totp
from tests.rooms.authentication.authenticators import ES256, Authenticator

APPS, KEYS = count(), count()


def key_of(name: str) -> Authenticator:
    """This person's passkey."""
    both = ES256()
    both.key = pair()
    return Authenticator(both, credential(name), handle=number_of(name).bytes)


def enter_by_app(port: int) -> None:
    """Page, password, code, space; an app's code serves once, so each person comes once."""
    visitor = Visitor(port)
    visitor.get("/connexion/")
    name = identifier(next(APPS), "app")
    visitor.get(visitor.post("/connexion/", 303, identifier=name, password=PASSWORD))
    code = totp.code(SECRET, int(time.time()) // totp.PERIOD)
    visitor.get(visitor.post("/connexion/code/", 303, code=code))


def before_a_key(port: int) -> tuple[Visitor, Authenticator]:
    """The page from which a key is asked, and the key."""
    visitor, name = Visitor(port), identifier(next(KEYS), "cle")
    visitor.get("/connexion/cle/")
    return visitor, key_of(name)


def enter_by_key(visitor: Visitor, key: Authenticator) -> None:
    """The challenge, and the answer."""
    options = json.loads(visitor.ask("/connexion/cle/defi/"))["publicKey"]
    said = key.get(options, browser={"origin": f"http://localhost:{visitor.connection.port}"})
    told = json.loads(visitor.ask("/connexion/cle/", cle=json.dumps(said)))
    if "location" not in told:
        raise RuntimeError(told)
