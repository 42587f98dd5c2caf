"""Print how many SQL statements each page costs, in this process, on the stack's database."""

import sys

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.inside import PASSWORD, identifier

BOUNDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
client = Client(HTTP_HOST="localhost")


def tell(label: str, method: str, path: str, **fields: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(path) if method == "GET" else client.post(path, fields)
    counted = [query["sql"] for query in queries if not query["sql"].startswith(BOUNDS)]
    sys.stdout.write(f"  {label:<58} {len(counted)}\n")


connection.ensure_connection()
tell("sign-in page", "GET", "/connexion/")
tell("sign-in POST", "POST", "/connexion/", identifier=identifier(7), password=PASSWORD)
tell("space", "GET", "/espace/")
tell("profile", "GET", "/espace/profil/")
tell("home, signed in", "GET", "/")
