"""Another address: proved by the new one, told to the former one, undone by it for seven days."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from passavant.accounts.actions import ask_email_change, change_password, withdraw_email_change
from passavant.accounts.actions.outcomes import Asked, Done, Refused
from passavant.accounts.models import Account
from passavant.accounts.rules.limits import EMAIL_CHANGES
from passavant.foundation.onetime.actions import find, issue_link
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.values import Email
from tests.people import PASSWORD, person
from tests.rooms.accounts.samples import HERE, NEW, WRONG, facts
from tests.rooms.accounts.visitor import Visitor, link_in, mails, subjects

pytestmark = pytest.mark.django_db
OLD, FRESH = "lea.durand@example.org", "lea@neuf.example"


@pytest.fixture
def lea() -> Account:
    return person()


def ask(account: Account, address: str = FRESH, password: str = PASSWORD) -> Asked | Refused:
    return ask_email_change(account, password, Email.parse(address), origin=HERE)


def confirm(link: str) -> Visitor:
    return Visitor().opens(link).sends("Confirmer cette adresse")


def undo(link: str) -> Visitor:
    return Visitor().opens(link).sends("Annuler ce changement")


def test_the_new_address_proves_and_the_former_one_is_told(lea: Account) -> None:
    assert ask(lea) == Asked()
    assert subjects(FRESH) == ["Confirmez votre nouvelle adresse"]
    assert subjects(OLD) == ["Votre adresse va changer"]
    lea.refresh_from_db()
    assert lea.email == OLD
    visitor = confirm(link_in(mails(FRESH)[0]))
    assert (visitor.url, visitor.page.title) == ("/adresse-electronique/confirmee/", "Votre adresse est changée")
    lea.refresh_from_db()
    assert (lea.email, lea.email_key, lea.security_epoch) == (FRESH, FRESH, 1)
    assert facts("account.email_changed") == [{"account": lea.id}]


def test_b1_reading_the_links_changes_nothing_and_the_token_leaves_the_address(lea: Account) -> None:
    ask(lea)
    for link in (link_in(mails(FRESH)[0]), link_in(mails(OLD)[0])):
        for _ in range(5):
            scanner = Visitor().opens(link)
            assert scanner.status == 200
            assert "psv_" not in scanner.url + scanner.html
            assert Visitor().client.head(link, follow=True).status_code == 200
    lea.refresh_from_db()
    assert lea.email == OLD
    assert confirm(link_in(mails(FRESH)[0])).page.title == "Votre adresse est changée"


def test_a_link_that_served_or_never_was_says_so(lea: Account) -> None:
    ask(lea)
    link = link_in(mails(FRESH)[0])
    tab = Visitor().opens(link)
    confirm(link)
    assert tab.sends("Confirmer cette adresse").status == 410
    assert Visitor().opens(link).status == 410
    assert Visitor().opens("/adresse-electronique/confirmer/").status == 404
    assert Visitor().opens("/adresse-electronique/annuler/psv_lnk_" + "A" * 43 + "/").status == 404
    assert facts("account.email_change_refused") == [{"account": None, "why": "used"}]


def test_b5_a_second_request_kills_the_first_link(lea: Account) -> None:
    ask(lea)
    former = link_in(mails(FRESH)[0])
    ask(lea, "autre@neuf.example")
    first = Visitor().opens(former)
    assert first.status == 410
    assert "Un lien plus récent" in first.page.text
    confirm(link_in(mails("autre@neuf.example")[0]))
    lea.refresh_from_db()
    assert lea.email == "autre@neuf.example"


def test_b5_a_new_address_kills_the_links_sent_before(lea: Account) -> None:
    reset = issue_link("any.reset", lea.subject, lifetime=timedelta(hours=1))
    ask(lea)
    confirm(link_in(mails(FRESH)[0]))
    ticket = find(reset, "any.reset")
    assert ticket is not None
    assert ticket.state() == "superseded"


def test_b5_a_new_password_kills_the_change_under_way(lea: Account) -> None:
    ask(lea)
    change_password(lea, PASSWORD, NEW, origin=HERE)
    assert Visitor().opens(link_in(mails(FRESH)[0])).status == 404


def test_the_former_address_cancels_before_the_confirmation(lea: Account) -> None:
    ask(lea)
    assert undo(link_in(mails(OLD)[0])).url == "/adresse-electronique/annulee/"
    assert Visitor().opens(link_in(mails(FRESH)[0])).status == 404
    assert facts("account.email_change_undone") == [{"account": lea.id, "restored": False}]


def test_the_former_address_takes_the_account_back_even_after_a_new_password(lea: Account) -> None:
    ask(lea)
    confirm(link_in(mails(FRESH)[0]))
    lea.refresh_from_db()
    assert isinstance(change_password(lea, PASSWORD, NEW, origin=HERE), Done)
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        assert undo(link_in(mails(OLD)[0])).url == "/adresse-electronique/annulee/"
    lea.refresh_from_db()
    assert (lea.email, lea.security_epoch) == (OLD, 3)
    assert undo_is_over(link_in(mails(OLD)[0]))


def undo_is_over(link: str) -> bool:
    return Visitor().opens(link).status == 410


def test_no_second_change_may_take_the_undo_away(lea: Account) -> None:
    ask(lea)
    confirm(link_in(mails(FRESH)[0]))
    lea.refresh_from_db()
    refused = ask(lea, "troisieme@neuf.example")
    assert isinstance(refused, Refused)
    assert (refused.why, refused.at) == ("settling", (lea.email_changed_at or timezone.now()) + timedelta(days=7))
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert ask(lea, "troisieme@neuf.example") == Asked()
        assert undo_is_over(link_in(mails(OLD)[0]))


def test_b11_registrations_that_claimed_the_new_address_are_dropped(lea: Account) -> None:
    Visitor().registers(identifier="un.curieux", email=FRESH)
    activation = link_in(mails(FRESH)[0])
    ask(lea)
    confirm(link_in(mails(FRESH)[-1]))
    assert Account.objects.get() == lea
    assert Visitor().opens(activation).status == 404


def test_an_address_held_by_another_account_is_answered_alike(lea: Account) -> None:
    other = person(email=FRESH)
    assert ask(lea) == Asked()
    assert subjects(FRESH) == ["Vous avez déjà un compte Passavant"]
    assert Outgoing.objects.filter(recipient=OLD).count() == 1
    other.refresh_from_db()
    assert other.email == FRESH


def test_an_address_taken_meanwhile_stays_with_its_holder(lea: Account) -> None:
    ask(lea)
    person(email=FRESH)
    visitor = confirm(link_in(mails(FRESH)[0]))
    assert visitor.status == 410
    assert "Rien n’a changé." in visitor.page.text
    lea.refresh_from_db()
    assert (lea.email, lea.security_epoch) == (OLD, 0)


def test_a_link_asked_from_an_address_left_since_changes_nothing(lea: Account) -> None:
    ask(lea)
    Account.objects.update(email="tierce@neuf.example", email_key="tierce@neuf.example")
    assert confirm(link_in(mails(FRESH)[0])).status == 410
    assert undo(link_in(mails(OLD)[0])).status == 410
    assert Account.objects.get().email == "tierce@neuf.example"


def test_what_is_refused(lea: Account) -> None:
    assert ask(lea, OLD.upper()) == Refused("same")
    wrong = ask(lea, password=WRONG)
    assert isinstance(wrong, Refused)
    assert wrong.why == "wrong"
    for number in range(EMAIL_CHANGES.allow):
        assert ask(lea, f"lea{number}@neuf.example") == Asked()
    many = ask(lea)
    assert isinstance(many, Refused)
    assert many.why == "throttled"


def test_the_person_withdraws_a_change(lea: Account) -> None:
    ask(lea)
    withdraw_email_change(lea, origin=HERE)
    assert Visitor().opens(link_in(mails(FRESH)[0])).status == 404
