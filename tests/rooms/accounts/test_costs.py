"""What a page asks of the database, and what it never does."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from passavant.accounts.actions import passwords
from tests.people import PASSWORD, person
from tests.rooms.accounts.visitor import Visitor, link_in, mails

pytestmark = pytest.mark.django_db


def asked(act: Callable[[], object]) -> int:
    """Statements that read or write, without those that only open and close transactions."""
    with CaptureQueriesContext(connection) as queries:
        act()
    kinds = [query["sql"].split(" ", 1)[0] for query in queries.captured_queries]
    return sum(kind in {"SELECT", "INSERT", "UPDATE", "DELETE"} for kind in kinds)


def test_a_visitor_costs_nothing_until_something_is_sent() -> None:
    assert asked(lambda: Visitor().opens("/inscription/")) == 0
    assert asked(lambda: Visitor().opens("/activation/renvoyer/")) == 0
    assert asked(lambda: Visitor().client.get("/activation/psv_lnk_" + "A" * 43 + "/")) == 0


def test_each_step_stays_within_its_statements() -> None:
    lea = Visitor()
    assert asked(lea.signs_up) <= 5
    form = lea.page.form("Valider")
    assert asked(lambda: lea.client.post(form.action, form.values)) <= 16
    link = link_in(mails()[0])
    assert asked(lambda: Visitor().activates(link)) <= 14


def test_the_cost_does_not_grow_with_people() -> None:
    alone = asked(lambda: Visitor().registers(identifier="lea.premiere", email="lea1@negoce.example"))
    for _ in range(20):
        person()
    assert asked(lambda: Visitor().registers(identifier="lea.seconde", email="lea2@negoce.example")) == alone


@pytest.mark.parametrize("login", ["lea.durand", "personne.du.tout", "lea@negoce.example"])
def test_one_hash_is_paid_whatever_is_typed_on_the_activation_page(login: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Visitor().registers()
    link, paid = link_in(mails()[0]), list[str]()

    def verifying(password: str, _encoded: str) -> bool:
        paid.append(password)
        return False

    monkeypatch.setattr(passwords, "check_password", verifying)
    Visitor().activates(link, login, PASSWORD)
    assert paid == [PASSWORD]
