"""What an arrival asks of the database."""

import pytest

from tests.people import person
from tests.providers.running import Honest
from tests.rooms.accounts.test_costs import asked
from tests.rooms.federation.traveller import HERS, Traveller, linked

pytestmark = pytest.mark.django_db


def test_the_way_out_asks_nothing(portailpro: Honest, lea: Traveller) -> None:
    assert asked(lea.departs) == 0
    assert asked(lea.departs) == 0


def test_a_return_of_a_known_person(portailpro: Honest, lea: Traveller) -> None:
    linked(person(), portailpro.issuer)
    lea.crosses()
    lea.sends("Me déconnecter")
    back = lea.signs_in_there(lea.departs())
    spent = asked(lambda: lea.client.get(back))
    assert lea.is_inside()
    assert spent <= 10


def test_a_return_that_proves_nothing(portailpro: Honest, lea: Traveller) -> None:
    back = lea.signs_in_there(lea.departs())
    assert asked(lambda: Traveller().client.get(back)) <= 2
    assert asked(lambda: lea.client.get(back.replace("code=", "code=x"))) <= 2


def test_a_first_arrival_step_by_step(believed: Honest, lea: Traveller) -> None:
    back = lea.signs_in_there(lea.departs())
    assert asked(lambda: lea.client.get(back)) <= 3
    assert asked(lambda: lea.opens("/connexion/arrivee/compte/")) <= 2
    form = lea.page.form("Créer mon compte")
    assert asked(lambda: lea.client.post(form.action, {**form.values, "terms": "on"})) <= 20
    assert lea.is_inside()


def test_the_page_of_the_link(believed: Honest, lea: Traveller) -> None:
    person(email=HERS)
    lea.crosses()
    assert asked(lambda: lea.opens("/connexion/arrivee/rattachement/")) <= 3


def test_the_cost_does_not_grow_with_people(believed: Honest, lea: Traveller) -> None:
    def page() -> int:
        return asked(lambda: lea.opens("/connexion/arrivee/rattachement/"))

    account = person(email=HERS)
    lea.crosses()
    alone = page()
    for number in range(10):
        linked(person(), believed.issuer, f"sub-{number}")
        linked(account, f"https://portail{number}.example", portal=f"portail{number}")
    assert page() == alone
    assert asked(lambda: lea.opens("/espace/securite/")) <= 3
