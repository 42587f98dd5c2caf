"""The history of one's own account, in plain words."""

from dataclasses import fields
from uuid import uuid4

import pytest
from django.db import connection, transaction

from passavant.accounts import events
from passavant.foundation.audit.actions import write
from passavant.foundation.audit.events import CATALOGUE, load_every_room
from passavant.foundation.audit.models import Event
from passavant.foundation.values import Origin
from passavant.space.rules.history import DETAILS, SENTENCES, sentence
from tests.people import PASSWORD, person
from tests.rooms.space.inside import FIREFOX, browser, text

pytestmark = pytest.mark.django_db
PAGE = "/espace/activite/"


def changed(account: object, count: int, columns: str = "phone") -> None:
    """So many facts about the account."""
    with transaction.atomic():
        for _ in range(count):
            write(events.ProfileChanged(account=account, columns=columns), Origin("192.0.2.7", FIREFOX))  # type: ignore[arg-type]


def test_l7_one_reads_what_happened_to_one_s_account_and_to_no_other() -> None:
    account, other = person(), person()
    client = browser(account)
    client.post("/connexion/", {"identifier": account.identifier, "password": PASSWORD})
    changed(account.pk, 1, "mobile phone")
    changed(other.pk, 1, "last_name")
    page = text(client.get(PAGE))
    assert "Profil modifié : téléphone portable, téléphone" in page
    assert "Firefox sur Linux, 192.0.2.7" in page
    assert "Connexion réussie (Mot de passe)" in page
    assert "Profil modifié : nom" not in page


def test_the_history_is_cut_into_pages_of_twenty_newest_first() -> None:
    account = person()
    changed(account.pk, 20, "phone")
    changed(account.pk, 25, "address")
    client = browser(account)
    first = client.get(PAGE)
    assert text(first).count("Profil modifié") == 20
    assert "téléphone" not in text(first)
    second = client.get(PAGE + older(first))
    assert text(second).count("adresse professionnelle") == 5
    assert text(second).count("Profil modifié : téléphone") == 15
    third = client.get(PAGE + older(second))
    assert text(third).count("Profil modifié") == 5
    assert "Voir plus ancien" not in text(third)
    assert "Revenir au plus récent" in text(third)
    assert "Revenir au plus récent" not in text(first)


def older(answer: object) -> str:
    return "?avant=" + answer.content.decode().partition('href="?avant=')[2].partition('"')[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("asked", ["0", "-1", "x", "９９", "9" * 400, "1; DROP TABLE", "\x00", ""])
def test_j3_any_page_number_gives_a_page(asked: str) -> None:
    account = person()
    changed(account.pk, 2)
    assert browser(account).get(PAGE, {"avant": asked}).status_code == 200


def test_nothing_yet_is_said() -> None:
    assert "Aucune activité sur cette période." in text(browser(person()).get(PAGE))


def test_the_history_is_read_through_an_index() -> None:
    account = person()
    changed(account.pk, 3)
    for _ in range(400):  # others, as in life: in an empty table any plan costs nothing
        changed(uuid4(), 1)
    rows = Event.objects.filter(account=account.pk).order_by("-id")[:21]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; ANALYZE audit_event")
    plan = rows.explain()
    assert "audit_event_of_account" in plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan


def test_every_fact_about_a_person_has_its_sentence() -> None:
    load_every_room()
    ours = {name: fact for name, fact in CATALOGUE.items() if fact.__module__.startswith("passavant.")}
    personal = {name for name, fact in ours.items() if "account" in {field.name for field in fields(fact)}}
    assert personal <= SENTENCES.keys()
    assert SENTENCES.keys() <= personal, "no sentence without its fact"


def test_a_sentence_says_its_details_and_only_fields_of_the_fact() -> None:
    load_every_room()
    for name, words in SENTENCES.items():
        told = {piece.partition("}")[0] for piece in str(words).split("{")[1:]}
        assert told <= {field.name for field in fields(CATALOGUE[name])} & DETAILS.keys(), name
    assert sentence("sessions.ended", {"count": 3}) == "Sessions fermées à distance\u00a0: 3"
    assert sentence("account.password_refused", {"asked_for": "closing"}).endswith("pour fermer le compte")
    assert sentence("sign_in.completed", {"level": "unheard"}) == "Connexion réussie (unheard)"
    assert sentence("adhesion.signed", {}) == "adhesion.signed"
