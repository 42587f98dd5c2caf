"""Profile, password and closing: what changes, what dies with it, who is told."""

from datetime import timedelta

import pytest

from passavant.accounts.actions import change_password, change_profile, close_account, sign_up
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.accounts.models import Account
from passavant.accounts.models.accounts import retired_keys
from passavant.accounts.rules.limits import CURRENT_PASSWORD
from passavant.foundation.onetime.actions import find, issue_link
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.values import Origin, Phone
from tests.people import MOBILE, PASSWORD, person
from tests.rooms.accounts.samples import HERE, NEW, WRONG, facts, profile, registration
from tests.rooms.accounts.visitor import mails, subjects, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "lea.durand@example.org"


def live(token: str, purpose: str) -> bool:
    ticket = find(token, purpose)
    return ticket is not None and ticket.state() == "live"


def test_the_profile_stores_what_differs_and_the_trail_says_what_not_to_what() -> None:
    lea = person()
    assert isinstance(change_profile(lea, profile(last_name="Dupont", language="en"), origin=HERE), Done)
    assert (lea.last_name, lea.language, lea.security_epoch) == ("Dupont", "en", 0)
    assert facts("account.profile_changed") == [{"account": lea.id, "columns": "language last_name"}]
    assert Outgoing.objects.count() == 0
    change_profile(lea, profile(last_name="Dupont", language="en"), origin=HERE)
    assert len(facts("account.profile_changed")) == 1


def test_a_new_mobile_is_to_be_proved_again_and_is_told_by_mail() -> None:
    lea = person(sms=True)
    assert lea.mobile_proved_at is not None
    change_profile(lea, profile(mobile=Phone.parse("06 39 98 00 01")), origin=HERE)
    stored = Account.objects.get()
    assert (stored.mobile, stored.mobile_proved_at) == ("+33639980001", None)
    assert subjects(ADDRESS) == ["Votre numéro de téléphone portable a changé"]


def test_the_level_sms_keeps_a_number() -> None:
    lea = person(sms=True)
    assert change_profile(lea, profile(), origin=HERE) == Refused("mobile")
    lea.refresh_from_db()
    assert lea.mobile == MOBILE


def test_e6_a_closed_account_changes_nothing_any_more() -> None:
    lea = person()
    Account.objects.update(state="suspended")
    assert change_profile(lea, profile(last_name="Dupont"), origin=HERE) == Refused("gone")
    assert change_password(lea, PASSWORD, NEW, origin=HERE) == Refused("gone")
    assert close_account(lea, PASSWORD, origin=HERE) == Refused("gone")
    assert Account.objects.get().last_name == "Durand"
    assert Outgoing.objects.count() == 0


def test_b5_a_new_password_closes_everything_and_is_told() -> None:
    lea, other = person(), person()
    reset = issue_link("any.reset", lea.subject, lifetime=timedelta(hours=1))
    others = issue_link("any.reset", other.subject, lifetime=timedelta(hours=1))
    assert change_password(lea, PASSWORD, NEW, origin=HERE) == Done(lea.id, 1)
    assert lea.security_epoch == 1
    assert (live(reset, "any.reset"), live(others, "any.reset")) == (False, True)
    assert subjects(ADDRESS) == ["Votre mot de passe a été changé"]
    assert "Firefox sur Windows, 192.0.2.1." in text_of(mails(ADDRESS)[0])
    assert "/ce-n-etait-pas-moi/psv_lnk_" in text_of(mails(ADDRESS)[0])
    assert change_password(lea, NEW, PASSWORD, origin=HERE) == Done(lea.id, 2)


def test_of_two_changes_of_password_the_first_stays() -> None:
    lea, other_window = person(), Account.objects.get()
    change_password(lea, PASSWORD, NEW, origin=HERE)
    assert change_password(other_window, PASSWORD, "Grande-Ourse 1970 !", origin=HERE) == Refused("gone")
    assert Account.objects.get().password == lea.password


def test_a_password_is_refused_for_its_reason_and_nothing_is_told() -> None:
    lea = person()
    assert change_password(lea, PASSWORD, PASSWORD, origin=HERE) == Refused("same")
    weak = change_password(lea, PASSWORD, "Durand2026!", origin=HERE)
    assert isinstance(weak, Refused)
    assert (weak.why, [fault.code for fault in weak.faults]) == ("weak", ["similar"])
    assert Outgoing.objects.count() == 0


def test_a_wrong_current_password_is_counted_per_place() -> None:
    lea = person()
    for left in range(CURRENT_PASSWORD.allow - 1, -1, -1):
        refused = change_password(lea, WRONG, NEW, origin=HERE)
        assert isinstance(refused, Refused)
        assert (refused.why, refused.left) == ("wrong", left)
    stopped = change_password(lea, PASSWORD, NEW, origin=HERE)
    assert isinstance(stopped, Refused)
    assert stopped.why == "throttled"
    assert len(facts("account.password_refused")) == CURRENT_PASSWORD.allow
    assert isinstance(change_password(lea, PASSWORD, NEW, origin=Origin("192.0.2.2")), Done)


def test_closing_erases_the_person_and_keeps_what_evidence_needs() -> None:
    lea = person(sms=True, address="1 quai", company_number="732829320", phone="+33235000000")
    key, activated = lea.identifier_key, lea.activated_at
    reset = issue_link("any.reset", lea.subject, lifetime=timedelta(hours=1))
    assert close_account(lea, PASSWORD, origin=HERE) == Done(lea.id, 1)
    closed = Account.objects.get()
    kept = [
        f.name for f in Account._meta.concrete_fields if "personal" in (f.db_comment or "") and getattr(closed, f.name)
    ]
    assert kept == ["identifier_key"]
    assert closed.identifier_key == retired_keys(key)[0]
    assert "lea" not in str(vars(closed))
    assert (closed.state, closed.closing_reason, closed.activated_at) == ("closed", "person", activated)
    assert closed.terms_version
    assert not live(reset, "any.reset")
    assert subjects(ADDRESS) == ["Votre compte Passavant est fermé"]
    assert facts("account.closed") == [{"account": lea.id, "by": "person"}]


def test_after_a_closing_the_address_is_free_and_the_identifier_is_not() -> None:
    lea = person()
    close_account(lea, PASSWORD, origin=HERE)
    assert Account.objects.taken("lea.durand")
    assert Account.objects.by_login("lea.durand") is None
    assert Account.objects.by_login(retired_keys("lea.durand")[0]) is None
    assert sign_up(registration(email=ADDRESS), origin=HERE) == Refused("taken")
    sign_up(registration(identifier="lea.durand2", email=ADDRESS), origin=HERE)
    assert subjects(ADDRESS)[-1] == "Activez votre compte Passavant"


def test_closing_asks_the_password() -> None:
    lea = person()
    refused = close_account(lea, WRONG, origin=HERE)
    assert isinstance(refused, Refused)
    assert refused.why == "wrong"
    assert Account.objects.get().is_active


def test_one_epoch_voids_everything_open() -> None:
    lea = person()
    lea.void_everything_open()
    assert lea.security_epoch == 1


def test_whom_a_login_designates() -> None:
    active = person(email="lea@negoce.example", identifier="Lea.Negoce", state="suspended")
    first = person(pending=True, email="lea@negoce.example")
    newest = person(pending=True, email="lea@negoce.example")
    assert Account.objects.by_login("LEA@negoce.example") == active
    assert Account.objects.by_login(" lea@NEGOCE.example ") == active
    assert Account.objects.by_login("ｌｅａ.negoce") == active
    assert Account.objects.by_login(first.identifier) == first
    active.delete()
    assert Account.objects.by_login("LEA@negoce.example") == newest
    assert Account.objects.by_login("") is None
    assert Account.objects.by_login("\x00") is None
