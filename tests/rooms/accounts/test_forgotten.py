"""« Mot de passe oublié ? » tells nothing to who asks (A4), and floods nobody's mailbox (B13)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from passavant.accounts.actions import ask_reset
from passavant.accounts.actions.outcomes import Asked, Refused
from passavant.accounts.models import Account
from passavant.accounts.rules.limits import RESET_ASKED, RESET_MAILS, RESETS
from passavant.accounts.rules.links import RESET_LIFETIME
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.values import Origin
from tests.people import person
from tests.rooms.accounts.samples import HERE, facts
from tests.rooms.accounts.visitor import Visitor, link_in, mails, subjects, text_of

pytestmark = pytest.mark.django_db
HERS = "lea@negoce.example"
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def place(number: int) -> Origin:
    return Origin(f"203.0.113.{number}")


def statements(login: str) -> list[str]:
    """The verb and the table of each statement that an asking costs."""
    with CaptureQueriesContext(connection) as queries:
        assert ask_reset(login, origin=HERE) == Asked()
    plain = [query["sql"].replace('"', "") for query in queries.captured_queries]
    acts = [sql for sql in plain if re.match(r"SELECT|INSERT|UPDATE|DELETE", sql)]
    return [
        re.sub(r"^(\w+).*?\b((?:accounts|onetime|outbox|audit|throttling)_\w+).*", r"\1 \2", s, flags=re.S)
        for s in acts
    ]


def told(by: str, typed: str) -> object:
    lea = Visitor().opens("/mot-de-passe-oublie/")
    lea.sends("Réinitialiser", by=by, **{by: typed})
    cookies = sorted(cookie.OutputString().partition(";")[2] for cookie in lea.client.cookies.values())
    return lea.status, lea.url, lea.headers, cookies, PASSING.sub("", lea.html)


def somebody(trait: str) -> None:
    if trait != "unknown":
        federated = {"password": ""} if trait == "federated" else {}
        person(email=HERS, **({trait: True} if trait in {"pending", "suspended", "closed"} else federated))


@pytest.mark.parametrize("trait", ["active", "pending", "suspended", "closed", "federated", "unknown"])
@pytest.mark.parametrize(("by", "typed"), [("identifier", "lea.durand"), ("email", HERS)])
def test_a4_the_answer_is_the_same_for_everybody(by: str, typed: str, trait: str) -> None:
    with_nobody = told(by, "inconnu@negoce.example" if by == "email" else "personne.du.tout")
    somebody(trait)
    assert told(by, typed) == with_nobody
    assert len(mails(HERS)) == (trait not in {"closed", "unknown"})


@pytest.mark.parametrize("trait", ["active", "pending", "suspended", "closed", "federated"])
@pytest.mark.parametrize("typed", ["lea.durand", HERS])
def test_a4_the_answer_costs_the_same_statements(typed: str, trait: str) -> None:
    with_nobody = statements("inconnu@negoce.example")
    somebody(trait)
    assert statements(typed) == with_nobody
    assert "INSERT outbox_outgoing" in with_nobody


def test_a4_a_mailbox_that_had_its_share_costs_the_same_too() -> None:
    person(email=HERS)
    for number in range(RESET_MAILS.allow):
        ask_reset(HERS, origin=place(number))
        ask_reset("inconnu@negoce.example", origin=place(number))
    assert statements(HERS) == statements("inconnu@negoce.example")


def test_a4_nobody_leaves_nothing_behind() -> None:
    ask_reset("personne.du.tout", origin=HERE)
    assert (Ticket.objects.count(), Outgoing.objects.count(), Account.objects.count()) == (0, 0, 0)
    (fact,) = facts("account.reset_asked")
    assert fact["account"] is None
    assert "personne" not in str(fact)


def test_a4_the_mail_leaves_by_the_worker() -> None:
    person(email=HERS)
    ask_reset(HERS, origin=HERE)
    assert Outgoing.objects.get().state == "waiting"


@pytest.mark.parametrize("typed", ["LEA.Durand", " lea.durand ", "Lea@Negoce.Example"])
def test_case_and_blanks_are_forgiven(typed: str) -> None:
    person(email=HERS)
    told("identifier", typed)
    assert subjects() == ["Réinitialisation mot de passe"]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "Choisissez «\u00a0Identifiant\u00a0» ou «\u00a0Courriel\u00a0»."),
        ({"email": HERS}, "Choisissez «\u00a0Identifiant\u00a0» ou «\u00a0Courriel\u00a0»."),
        ({"by": "identifier", "email": HERS}, "Saisissez votre identifiant."),
        ({"by": "email", "identifier": "lea.durand"}, "Saisissez votre adresse électronique."),
        ({"by": "email", "email": "lea@"}, "avec un @ et un nom de domaine"),
    ],
)
def test_what_is_missing_is_said_once_and_what_was_typed_stays(answers: dict[str, str], message: str) -> None:
    lea = Visitor().opens("/mot-de-passe-oublie/").sends("Réinitialiser", **answers)
    assert lea.status == 422
    assert "Corrigez 1 erreur pour continuer" in lea.page.text
    assert message in lea.html.replace("&nbsp;", "\u00a0")
    assert answers.items() <= lea.page.form("Réinitialiser").values.items()
    assert "(optionnel)" not in lea.page.text


def test_what_is_typed_under_the_other_choice_does_not_count() -> None:
    person(email=HERS)
    lea = Visitor().opens("/mot-de-passe-oublie/")
    lea.sends("Réinitialiser", by="identifier", identifier="lea.durand", email="n’importe quoi")
    assert lea.url == "/mot-de-passe-oublie/envoye/"
    assert len(mails()) == 1


def test_b13_five_askings_make_a_few_mails_and_the_page_stays_the_same() -> None:
    person(email=HERS)
    seen = {str(told("email", HERS)) for _ in range(5)}
    assert len(seen) == 1
    assert Outgoing.objects.count() == RESET_MAILS.allow == 3


def test_b13_identifier_and_address_share_the_same_mailbox_whoever_asks() -> None:
    person(email=HERS)
    for number in range(4):
        for login in ("lea.durand", HERS):
            assert ask_reset(login, origin=place(number)) == Asked()
    assert Outgoing.objects.count() == RESET_MAILS.allow


def test_b13_a_flooded_person_keeps_a_link_that_works_until_more_mails_may_leave() -> None:
    person(email=HERS)
    for number in range(9):
        ask_reset(HERS, origin=place(number))
    assert RESET_LIFETIME >= RESET_MAILS.per
    assert Visitor().opens(link_in(mails()[-1])).status == 200


def test_one_place_asks_the_same_a_few_times_then_waits() -> None:
    for _ in range(RESET_ASKED.allow):
        assert ask_reset("Lea.Durand", origin=HERE) == Asked()
    refused = ask_reset("lea.durand", origin=HERE)
    assert isinstance(refused, Refused)
    assert refused.at is not None
    assert refused.at <= timezone.now() + timedelta(minutes=15)
    lea = Visitor(HERE.address).opens("/mot-de-passe-oublie/")
    lea.sends("Réinitialiser", by="identifier", identifier="lea.durand")
    assert (lea.status, lea.page.title) == (429, "Trop de demandes")
    assert int(lea.headers["Retry-After"]) > 0
    assert ask_reset("lea.durand", origin=place(1)) == Asked()


def test_one_place_asks_for_so_many_people() -> None:
    for number in range(RESETS.allow):
        assert ask_reset(f"personne.{number}", origin=HERE) == Asked()
    assert isinstance(ask_reset("personne.autre", origin=HERE), Refused)


def test_an_account_not_activated_is_offered_its_activation() -> None:
    person(email=HERS, pending=True)
    ask_reset("lea.durand", origin=HERE)
    (mail,) = mails()
    assert mail["Subject"] == "Activez votre compte Passavant"
    assert "n’est pas encore activé" in text_of(mail)
    assert "192.0.2.1" not in text_of(mail)
    Visitor().activates(link_in(mail))
    assert Account.objects.get().is_active


def test_b11_a_registration_under_somebody_s_address_is_a_way_to_the_owner_only() -> None:
    owner = person(email=HERS)
    person(email=HERS, pending=True, identifier="un.curieux")
    ask_reset("un.curieux", origin=HERE)
    lea = Visitor().opens(link_in(mails()[0]))
    assert lea.url == "/reinitialisation/"
    assert facts("account.reset_asked")[0]["account"] == owner.id


def test_a_suspended_person_is_told_whom_to_call_and_gets_no_link() -> None:
    person(email=HERS, suspended=True)
    ask_reset(HERS, origin=HERE)
    (mail,) = mails()
    assert mail["Subject"] == "Votre compte Passavant est désactivé"
    assert "La réinitialisation de votre mot de passe vient d’être demandée." in text_of(mail)
    assert "Contactez l’assistance" in text_of(mail)
    assert "psv_lnk" not in text_of(mail)
