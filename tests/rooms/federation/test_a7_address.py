"""A newcomer's address: proved by a code, in the same words whoever has it already (A7, B13)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from passavant.federation.actions import prove_address
from passavant.federation.actions.addresses import PURPOSE
from passavant.federation.models import Arrival, ExternalIdentity
from passavant.federation.rules.told import Told
from passavant.foundation.onetime.actions import issue_code
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.models import Outgoing
from tests.people import person
from tests.providers.running import Honest
from tests.rooms.accounts.samples import facts
from tests.rooms.accounts.test_races import at_once, place
from tests.rooms.accounts.visitor import mails, text_of
from tests.rooms.authentication.people_at_the_door import another
from tests.rooms.federation.traveller import HERS, Traveller, code_sent, linked

pytestmark = pytest.mark.django_db
ASK, PROVE, ADDRESS = "Recevoir un code", "Valider", "/connexion/arrivee/adresse/"
CHANGING = re.compile(r'value="[A-Za-z0-9]{64}"')
WORDS = re.compile(r"\b\d{6}\b|\d+ h \d+|[0-9a-f-]{36}")
HOLDERS: dict[str, Callable[[], Any]] = {
    "an account": lambda: person(email=HERS),
    "a suspended one": lambda: person(email=HERS, suspended=True),
    "one of another portal": lambda: linked(person(email=HERS, password=""), "https://autre.example"),
    "a registration": lambda: person(email=HERS, pending=True),
}


def seen(lea: Traveller) -> tuple[Any, ...]:
    """All that the screen and the mailbox tell of an address, and what it cost."""
    lea.crosses()
    first = CHANGING.sub("", lea.html)
    with CaptureQueriesContext(connection) as queries:
        lea.sends(ASK, email=HERS)
    costs = [query["sql"].split(" ", 1)[0] for query in queries.captured_queries]
    headers = {name: value for name, value in lea.headers.items() if "request" not in name.lower()}
    letter = WORDS.sub("", text_of(mails(HERS)[-1]))
    return first, CHANGING.sub("", lea.html), lea.status, lea.url, headers, costs, letter


@pytest.mark.parametrize("holder", HOLDERS)
def test_a7_nothing_tells_whether_an_account_has_the_address(portailpro: Honest, lea: Traveller, holder: str) -> None:
    nobody = seen(lea)
    HOLDERS[holder]()
    Outgoing.objects.all().delete()
    assert seen(Traveller()) == nobody


def test_a7_who_proved_it_is_told(portailpro: Honest, lea: Traveller) -> None:
    person(email=HERS)
    assert lea.crosses().proves_address().url == "/connexion/arrivee/rattachement/"
    assert [f["why"] for f in facts("federation.refused")] == []
    assert [set(f) & {"email", "provider"} for f in facts("federation.address_proved")] == [{"email", "provider"}]
    assert HERS not in str(facts("federation.address_asked") + facts("federation.address_proved"))


def test_the_letter_names_nobody(portailpro: Honest, lea: Traveller) -> None:
    lea.crosses().sends(ASK, email="victime@example.org")
    (mail,) = mails("victime@example.org")
    assert code_sent("victime@example.org") in text_of(mail)
    for body in (text_of(mail), str(mail["Subject"])):
        assert not [word for word in ("Léa", "Durand", "psv_") if word in body]


def test_another_address_may_be_given_and_the_former_code_is_dead(portailpro: Honest, lea: Traveller) -> None:
    lea.crosses().sends(ASK, email="autre@example.org")
    former = code_sent("autre@example.org")
    lea.sends("Recevoir un nouveau code", email=HERS)
    assert lea.sends(PROVE, code=former).status == 422
    assert lea.sends(PROVE, code=code_sent()).url == "/connexion/arrivee/compte/"
    assert HERS in lea.page.text


@pytest.mark.parametrize("address", ["", "x", "a@b@c", "lea@negoce.example,x@y.example", "lea@negoce.example\r\nBcc:x"])
def test_what_is_no_address_is_refused(portailpro: Honest, lea: Traveller, address: str) -> None:
    assert lea.crosses().sends(ASK, email=address).status == 422
    assert not Outgoing.objects.exists()


def test_b13_a_mailbox_is_not_flooded(portailpro: Honest) -> None:
    people = [Traveller(f"198.51.100.{number}") for number in range(8)]
    answers = [lea.crosses().sends(ASK, email=HERS) for lea in people]
    assert [answer.status for answer in answers] == [200] * 5 + [429] * 3
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert Outgoing.objects.filter(recipient=HERS).count() == 5


def test_b13_nor_many_mailboxes_from_one_place(portailpro: Honest, lea: Traveller) -> None:
    lea.crosses()
    form = lea.page.form(ASK)
    for number in range(20):
        assert lea.client.post(ADDRESS, {**form.values, "email": f"p{number}@example.org"}).status_code == 302
    assert lea.client.post(ADDRESS, {**form.values, "email": "p20@example.org"}).status_code == 429
    assert Outgoing.objects.count() == 20


def test_a_code_is_tried_five_times(portailpro: Honest, lea: Traveller) -> None:
    lea.crosses().sends(ASK, email=HERS)
    code = code_sent()
    for left in (4, 3, 2, 1):
        lea.sends(PROVE, code=another(code))
        assert (lea.status, f"Il vous reste {left} essai" in lea.page.text) == (422, True)
        assert code not in lea.html
        assert another(code) not in lea.html
    for typed in (another(code), code):
        lea.sends(PROVE, code=typed)
        assert (lea.status, "Demandez un nouveau code." in lea.page.text) == (422, True)
    assert not Arrival.objects.get().email_proved
    assert [f["why"] for f in facts("federation.refused")] == ["code wrong"] * 5 + ["code spent"]


def test_many_codes_do_not_give_many_tries(portailpro: Honest, lea: Traveller) -> None:
    lea.crosses().sends(ASK, email=HERS)
    for number in range(10):
        assert lea.sends(PROVE, code=another(code_sent())).status == 422
        if number % 4 == 3:
            lea.sends("Recevoir un nouveau code", email=HERS)
    assert lea.sends(PROVE, code=code_sent()).status == 429, "an hour's worth"
    assert not Arrival.objects.get().email_proved


def test_a_code_lasts_half_an_hour(portailpro: Honest, lea: Traveller) -> None:
    lea.crosses().sends(ASK, email=HERS)
    ticket = Ticket.objects.get(purpose=PURPOSE)
    assert ticket.expires_at - ticket.created_at == timedelta(minutes=30)
    began = timezone.now() - timedelta(minutes=31)
    Ticket.objects.update(created_at=began, expires_at=began + timedelta(minutes=30))
    lea.sends(PROVE, code=code_sent())
    assert (lea.status, "Demandez un nouveau code." in lea.page.text) == (422, True)


def test_a_code_is_of_one_arrival(portailpro: Honest, lea: Traveller) -> None:
    lea.crosses().sends(ASK, email=HERS)
    code, thief = code_sent(), Traveller("203.0.113.9")
    thief.crosses(who="marc").sends(ASK, email="marc@example.org")
    assert thief.sends(PROVE, code=code).status == 422
    assert not Arrival.objects.filter(email_proved=True).exists()
    assert not ExternalIdentity.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_five(portailpro: Honest) -> None:
    arrival, _token = Arrival.of("portailpro", Told(issuer="https://portailpro.example", subject="s", email=HERS), "")
    arrival.save(force_insert=True)
    code = issue_code(PURPOSE, str(arrival.pk), lifetime=timedelta(minutes=30), tries=5)
    answers = at_once(12, lambda n: prove_address(arrival, another(code), origin=place(n)))
    whys = [answer.why for answer in answers if answer]
    assert (whys.count("wrong"), len(whys)) == (5, 12)
    again = issue_code(PURPOSE, str(arrival.pk), lifetime=timedelta(minutes=30), tries=5)
    Arrival.objects.filter(pk=arrival.pk).update(email_proved=False)
    assert prove_address(arrival, again, origin=place(1)) is not None, "ten an hour for one arrival"
