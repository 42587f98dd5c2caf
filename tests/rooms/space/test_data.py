"""What is held about a person: said, and handed out whole, to that person only."""

import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import timezone

from passavant.accounts import events
from passavant.accounts.models import Account
from passavant.foundation.audit.actions import write
from passavant.foundation.values import Origin
from passavant.space.models.holdings import PERSONAL, holdings
from passavant.space.rules.holdings import TABLES, WORDS
from tests.people import MOBILE, PASSWORD, person
from tests.rooms.space.inside import browser, text

pytestmark = pytest.mark.django_db
PAGE, JSON, HTML = (f"/espace/mes-donnees/{query}" for query in ("", "?format=json", "?format=html"))
SECRET = re.compile(r"password|key|digest|hash|token|secret|code", re.IGNORECASE)


def declared(name: str) -> dict[str, str]:
    """The columns of a table and what each says of itself."""
    return {field.name: field.db_comment or "" for field in apps.get_model(name)._meta.concrete_fields}


def test_l8_every_table_with_a_row_about_a_person_is_known_in_words_column_by_column() -> None:
    assert [holding.name for holding in holdings()] == list(WORDS)
    for name, words in WORDS.items():
        assert words.keys() == declared(name).keys(), name
    assert TABLES.keys() == WORDS.keys()


def test_l8_no_table_with_a_personal_column_is_forgotten() -> None:
    personal = {
        model._meta.label_lower
        for model in apps.get_models()
        if any((field.db_comment or "").startswith(PERSONAL) for field in model._meta.concrete_fields)
    }
    assert personal <= WORDS.keys()


def test_l8_what_would_open_a_door_is_never_handed_out() -> None:
    withheld = {
        f"{table}.{column}" for table, words in WORDS.items() for column, said in words.items() if not said.given
    }
    named = {
        f"{table}.{column}"
        for table in WORDS
        for column, comment in declared(table).items()
        if SECRET.search(column) or re.search(r"SHA-256|HMAC|argon2", comment)
    }
    assert named <= withheld
    assert withheld - named == {
        "authentication.appfactor.seal",
        "authentication.session.data",
        "federation.arrival.sealed",
        "onetime.ticket.subject",
        "outbox.outgoing.context",
        "outbox.outgoing.thread",
    }


def test_the_page_says_what_is_held_and_why_from_the_columns_declarations() -> None:
    page = text(browser(person()).get(PAGE))
    for table, words in WORDS.items():
        for column, comment in declared(table).items():
            said = str(words[column].label) in page and str(words[column].why) in page
            assert said or not comment.startswith(PERSONAL), f"{table}.{column}"
    assert "Ne figure pas dans la copie." in page


def held(client: Any) -> dict[str, list[dict[str, Any]]]:
    return client.get(JSON).json()["held"]


def test_l8_the_copy_holds_everything_about_oneself_and_nothing_about_others() -> None:
    account = person(phone="+33235123456", address="12 quai des Indes", company_number="73282932000074")
    other = person(last_name="Autrui", first_name="Zoé")
    theirs, client = browser(other, "Autre navigateur"), browser(account)
    theirs.post("/espace/profil/modifier/", {"last_name": "Autrui", "first_name": "Zoé", "language": "fr"})
    client.post("/espace/adresse-electronique/", {"email": "lea@negoce.example", "current": PASSWORD})
    account.refresh_from_db()
    copy = held(client)
    assert [row["id"] for row in copy["accounts.account"]] == [str(account.pk)]
    for column in ("identifier", "email", "last_name", "first_name", "phone", "address", "company_number", "level"):
        assert copy["accounts.account"][0][column] == getattr(account, column)
    assert {row["account"] for row in copy["authentication.session"]} == {str(account.pk)}
    assert {row["account"] for row in copy["audit.event"]} == {str(account.pk)}
    assert [row["name"] for row in copy["audit.event"]] == ["account.email_change_asked"]
    assert {row["note"]["new"] for row in copy["onetime.ticket"]} == {"lea@negoce.example"}
    assert {row["recipient"] for row in copy["outbox.outgoing"]} == {account.email}
    for whole in (client.get(JSON).content.decode(), client.get(HTML).content.decode()):
        for foreign in ("Autrui", "Zoé", str(other.pk), other.email, "Autre navigateur"):
            assert foreign not in whole


def test_l8_texts_are_in_the_copy_of_who_proved_the_number() -> None:
    unproved, proved = person(mobile=MOBILE), person(sms=True)
    Client().post("/connexion/", {"identifier": proved.identifier, "password": PASSWORD})
    assert [row["channel"] for row in held(browser(proved))["outbox.outgoing"]] == ["sms"]
    assert held(browser(unproved))["outbox.outgoing"] == []


def test_l8_no_secret_is_in_the_copy() -> None:
    account = person(sms=True)
    client = browser(account)
    client.post("/connexion/", {"identifier": account.identifier, "password": "Tempête&Sextant9"})
    with transaction.atomic():
        write(events.ActivationLinkAsked(account=account.pk, login="f" * 64), Origin("192.0.2.7"))
    client.post("/espace/adresse-electronique/", {"email": "lea@negoce.example", "current": PASSWORD})
    for page in (JSON, HTML):
        whole = client.get(page).content.decode()
        assert "argon2" not in whole
        assert re.search(r"[0-9a-f]{64}", whole) is None
        assert account.password not in whole
        assert client.cookies["session"].value not in whole


def test_the_copies_are_files_that_no_browser_runs() -> None:
    client = browser(person())
    for page, kind, ending in ((JSON, "application/json", "json"), (HTML, "text/html", "html")):
        answer = client.get(page)
        day = f"{timezone.localdate():%Y-%m-%d}"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="mes-donnees-{day}.{ending}"'
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_readable_copy_speaks_the_language_of_the_person() -> None:
    account = person(last_sign_in_at=timezone.now())
    client = browser(account)
    client.post("/espace/profil/modifier/", {"last_name": "Durand", "first_name": "Lou", "language": "fr"})
    page = text(client.get(HTML))
    for said in ("Votre compte", "Prénom Lou", "Profil modifié : prénom", "(heure de Paris)", "Vos sessions ouvertes"):
        assert said in page
    assert "T00:00" not in page
    assert json.loads(client.get(JSON).content)["site"] == "http://localhost:8000"


def test_a_format_nobody_knows_gives_the_page() -> None:
    assert browser(person()).get("/espace/mes-donnees/?format=xml").headers["Content-Type"].startswith("text/html")
    assert Account.objects.count() == 1
