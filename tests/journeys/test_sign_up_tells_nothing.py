"""Nobody learns from the sign-up whether an address has an account (A5), nor makes it send what it should not (E4)."""

import re
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from passavant.accounts.models import Account
from passavant.accounts.rules.limits import ACTIVATION_MAILS, ALREADY_MAILS, CLAIMS_A_DAY, SIGN_UPS, TAKEN_ANSWERS
from passavant.foundation.outbox.models import Outgoing
from tests.people import ENCODED, PASSWORD, person
from tests.rooms.accounts.samples import ago
from tests.rooms.accounts.visitor import Visitor, link_in, mails, subjects, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "lea@negoce.example"
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|name="draft" value="[^"]*"')
COUNTED = re.compile(r"^(INSERT|UPDATE|DELETE|SELECT)", re.IGNORECASE)


def answers(email: str) -> tuple[list[object], int]:
    """All that this address makes us answer from the form to the second mail, and the statements it costs."""
    lea, seen = Visitor(), list[object]()
    with CaptureQueriesContext(connection) as queries:
        seen.append(told(lea.signs_up(email=email)))
        for button in ("Valider", "Renvoyer le courriel", "Renvoyer le courriel"):
            seen.append(told(lea.sends(button)))
    return seen, sum(bool(COUNTED.match(query["sql"])) for query in queries.captured_queries)


def told(lea: Visitor) -> object:
    headers = {name: value for name, value in lea.headers.items() if name not in {"Content-Length", "Retry-After"}}
    cookies = sorted(cookie.OutputString().partition(";")[2] for cookie in lea.client.cookies.values())
    return lea.status, lea.url, headers, cookies, PASSING.sub("", lea.html)


@pytest.mark.parametrize("trait", ["active", "suspended", "closed", "pending"])
def test_a5_a_known_address_is_answered_like_an_unknown_one(trait: str) -> None:
    with_nobody = answers(ADDRESS)
    Account.objects.all().delete()
    Outgoing.objects.all().delete()
    connection.cursor().execute("DELETE FROM throttling_window")
    person(email=ADDRESS, identifier="autre.personne", **({} if trait == "active" else {trait: True}))
    assert answers(ADDRESS) == with_nobody


def test_a5_the_owner_of_a_known_address_is_told() -> None:
    owner = person(email=ADDRESS, language="en")
    Visitor("198.51.100.7").registers(identifier="un.curieux", email="LEA@negoce.example")
    assert subjects() == ["You already have a Passavant account"]
    assert "198.51.100.7" in text_of(mails()[0])
    assert "psv_lnk" not in text_of(mails()[0])
    owner.refresh_from_db()
    assert owner.is_active


def test_a5_the_owner_of_a_suspended_account_is_told_whom_to_call() -> None:
    person(email=ADDRESS, suspended=True)
    Visitor().registers(identifier="un.curieux")
    assert subjects() == ["Votre compte Passavant est désactivé"]


def test_a5_the_identifier_of_a_vain_sign_up_is_as_taken_as_any() -> None:
    """Were it free, trying it again would tell that the address is known."""
    person(email=ADDRESS)
    for email in (ADDRESS, "inconnu@negoce.example"):
        Visitor().registers(identifier=f"curieux.{len(email)}", email=email)
        again = Visitor().signs_up(identifier=f"curieux.{len(email)}", email="tout@autre.example")
        assert "est déjà utilisé" in again.page.text


def test_a5_taken_identifiers_are_told_a_few_times_then_no_answer_is_given() -> None:
    person(identifier="lea.durand")
    curious = Visitor("203.0.113.5")
    for _ in range(TAKEN_ANSWERS.allow):
        assert curious.signs_up().status == 422
    for identifier in ("lea.durand", "sans.personne"):
        assert curious.signs_up(identifier=identifier).status == 429
        assert int(curious.headers["Retry-After"]) > 0
    assert Visitor("203.0.113.6").signs_up(identifier="sans.personne").status == 200


def test_a5_the_password_is_hashed_whatever_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    paid = list[str]()

    def paying(password: str) -> str:
        paid.append(password)
        return ENCODED

    monkeypatch.setattr("passavant.accounts.views.sign_up.hashed", paying)
    person(email=ADDRESS, identifier="autre.personne")
    for email in (ADDRESS, "inconnu@negoce.example"):
        Visitor().signs_up(email=email)
    assert paid == [PASSWORD] * 2


def test_one_address_receives_a_few_mails_a_day_and_the_page_stays_the_same() -> None:
    for number in range(CLAIMS_A_DAY + 2):
        lea = Visitor().registers(identifier=f"lea.durand{number}")
        assert lea.url == "/inscription/confirmation/"
        if lea.status == 200 and number < 2:
            lea.sends("Renvoyer le courriel")
    assert Outgoing.objects.filter(recipient=ADDRESS).count() == ACTIVATION_MAILS.allow
    assert Account.objects.count() == CLAIMS_A_DAY


def test_nobody_can_bar_an_address_from_signing_up_for_more_than_a_day() -> None:
    for number in range(CLAIMS_A_DAY):
        person(pending=True, email=ADDRESS, identifier=f"un.curieux{number}", created_at=ago(hours=25))
    Visitor().registers()
    assert subjects() == ["Activez votre compte Passavant"]


def test_the_owner_of_a_known_address_is_told_a_few_times_a_day() -> None:
    person(email=ADDRESS)
    for number in range(CLAIMS_A_DAY):
        Visitor().registers(identifier=f"un.curieux{number}")
    assert Outgoing.objects.filter(recipient=ADDRESS).count() == ALREADY_MAILS.allow


def test_a_network_signs_up_so_many_people_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("passavant.accounts.views.sign_up.hashed", lambda _: "argon2$")
    few = replace(SIGN_UPS, allow=2)
    monkeypatch.setattr(import_module("passavant.accounts.actions.sign_up"), "SIGN_UPS", few)
    for number in range(2):
        assert Visitor().registers(identifier=f"personne{number}", email=f"p{number}@negoce.example").status == 200
    late = Visitor().registers(identifier="personne9", email="p9@negoce.example")
    assert (late.status, late.page.title) == (429, "Trop de demandes")
    assert Visitor("192.0.2.77").registers(identifier="personne9", email="p9@negoce.example").status == 200


def test_e4_the_sign_up_makes_no_sms_leave_and_takes_no_number_we_do_not_write_to() -> None:
    lea = Visitor()
    for number, told in (
        ("08 99 12 34 56", "ne reçoit pas de SMS"),
        ("02 35 12 34 56", "ne reçoit pas de SMS"),
        ("+7 916 123 45 67", "vers ce pays"),
        ("", "le jeton SMS y sera envoyé"),
        ("12", "10 chiffres"),
    ):
        assert lea.signs_up(level="sms", mobile=number).status == 422
        assert told in lea.page.text
    lea.registers(level="sms", mobile="0639981234")
    Visitor().activates(link_in(mails()[0]))
    assert Outgoing.objects.filter(channel="sms").count() == 0


def test_the_resend_page_answers_everybody_alike() -> None:
    person(identifier="deja.active", email="active@negoce.example")
    person(identifier="en.attente", email="attente@negoce.example", pending=True)
    seen = set()
    for login in ("deja.active", "attente@negoce.example", "EN.ATTENTE", "personne.du.tout", "x@y", "\u0000"):
        lea = Visitor(f"192.0.2.{len(login)}").opens("/activation/renvoyer/")
        lea.fills("Recevoir un nouveau lien", {"Identifiant ou adresse électronique": login})
        seen.add((lea.status, lea.url, PASSING.sub("", lea.html)))
    assert {url for _status, url, _html in seen} <= {"/activation/renvoyer/envoye/", "/activation/renvoyer/"}
    assert subjects("active@negoce.example") == ["Vous avez déjà un compte Passavant"]
    assert subjects("attente@negoce.example") == ["Activez votre compte Passavant"]
