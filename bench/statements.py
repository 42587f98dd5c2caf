"""Print how many SQL statements each page costs, in this process, on the stack's database."""

import json
import sys
import time

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.factors import key_of
from bench.inside import ONE, PASSWORD, SECRET, TWENTY, identifier
from passavant.authentication.rules import totp

BOUNDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
LAST = 199  # the last of each kind of people: the others have signed in


def tell(label: str, client: Client, path: str, **fields: str) -> str:
    """GET, or POST when there are fields; answers what was answered."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(path, fields) if fields else client.get(path)
    counted = [query["sql"] for query in queries if not query["sql"].startswith(BOUNDS)]
    sys.stdout.write(f"  {label:<58} {len(counted)}\n")
    return str(answer.content.decode())


def visitor() -> Client:
    return Client(HTTP_HOST="localhost")


def by_password(client: Client) -> None:
    tell("sign-in page", client, "/connexion/")
    tell("sign-in POST", client, "/connexion/", identifier=identifier(LAST), password=PASSWORD)
    tell("space", client, "/espace/")
    tell("profile", client, "/espace/profil/")
    tell("home, signed in", client, "/")


def by_app(client: Client) -> None:
    tell("sign-in with an app: password", client, "/connexion/", identifier=identifier(LAST, "app"), password=PASSWORD)
    tell("  code", client, "/connexion/code/", code=totp.code(SECRET, int(time.time()) // totp.PERIOD))


def by_key(client: Client) -> None:
    options = json.loads(tell("sign-in by passkey: challenge", client, "/connexion/cle/defi/", cle=""))["publicKey"]
    said = key_of(identifier(LAST, "cle")).get(options, browser={"origin": settings.PASSAVANT.public_url})
    tell("  answer", client, "/connexion/cle/", cle=json.dumps(said))


def pages(client: Client, name: str, how_many: str) -> None:
    client.post("/connexion/", {"identifier": name, "password": PASSWORD})
    for label, path in (("Sécurité", "securite"), ("Sessions", "sessions"), ("Activité", "activite")):
        tell(f"« {label} », {how_many}", client, f"/espace/{path}/")


connection.ensure_connection()
by_password(visitor())
by_app(visitor())
by_key(visitor())
pages(visitor(), ONE, "one of each")
pages(visitor(), TWENTY, "twenty of each")
