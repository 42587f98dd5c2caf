"""« Ce n’était pas moi », from the notice of an identity added."""

from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from passavant.accounts.actions.outcomes import Done, Refused
from passavant.accounts.models import Account
from passavant.authentication.models import Session
from passavant.federation import mails as letters
from passavant.federation.actions import disown, link, unlink
from passavant.federation.models import Arrival, ExternalIdentity
from passavant.federation.rules.links import NOT_ME
from passavant.federation.rules.told import Told
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Email
from tests.people import PASSWORD, person
from tests.providers.running import Honest
from tests.rooms.accounts.samples import HERE, NEW, facts
from tests.rooms.accounts.test_races import at_once, place
from tests.rooms.accounts.visitor import html_of, link_in, mails, subjects, text_of
from tests.rooms.federation.traveller import HERS, Traveller, linked, refusals

pytestmark = pytest.mark.django_db
PAGE, DONE = "/connexion/rattachement/", "/connexion/rattachement/annule/"


@pytest.fixture
def notice(portailpro: Honest) -> EmailMessage:
    """What she reads after somebody, signed in as her, linked an identity of theirs."""
    account = person(email=HERS, sms=True)
    told = Told(issuer=portailpro.issuer, subject="sub-of-marc", email="marc@negoce-durand.example")
    arrival, _token = Arrival.of("portailpro", told, "")
    arrival.save(force_insert=True)
    assert isinstance(link(account, arrival, origin=HERE), ExternalIdentity)
    return mails(HERS)[-1]


def token_in(mail: EmailMessage) -> str:
    return link_in(mail).rstrip("/").rpartition("/")[2]


def test_the_notice_says_what_when_from_where(notice: EmailMessage) -> None:
    for body in (text_of(notice), html_of(notice)):
        for said in ("Bonjour Léa Durand,", "Portailpro.gouv.fr", "10 jours", "Firefox"):
            assert said in body
    assert "marc@negoce-durand.example" not in text_of(notice)


def test_b2_opening_it_changes_nothing(notice: EmailMessage) -> None:
    lea = Traveller()
    for _ in range(20):
        assert lea.client.head(link_in(notice)).status_code == 302
        assert (lea.opens(link_in(notice)).status, lea.url) == (200, PAGE)
    assert "psv_" not in lea.html
    assert ExternalIdentity.objects.count() == 1
    assert Account.objects.get().password
    assert Ticket.objects.get(purpose=NOT_ME).spent_at is None


def test_the_identity_goes_every_session_ends_and_another_password_is_needed(notice: EmailMessage) -> None:
    marc = Traveller("203.0.113.9")
    marc.walker.forget()
    epoch = Account.objects.get().security_epoch
    Account.objects.update(level="password")
    marc.crosses(who="marc")
    assert marc.is_inside()
    lea = Traveller().opens(link_in(notice)).sends("Ce n’était pas moi")
    assert (lea.status, lea.url, lea.page.title) == (200, DONE, "Votre compte est sécurisé")
    assert not ExternalIdentity.objects.exists()
    assert not marc.is_inside()
    account = Account.objects.get()
    assert (account.password, account.security_epoch) == ("", epoch + 1)
    assert marc.crosses(who="marc").url == "/connexion/arrivee/adresse/"
    lea.opens("/connexion/").fills("Me connecter", {"Identifiant": HERS, "Mot de passe": PASSWORD})
    assert lea.status == 422
    assert subjects(HERS)[-1] == "Réinitialisation mot de passe"
    lea.opens(link_in(mails(HERS)[-1]))
    lea.fills("Réinitialiser", {"Identifiant": HERS, "Mot de passe": NEW, "Confirmer le mot de passe": NEW})
    assert lea.url == "/reinitialisation/reussie/"
    assert [f["how"] for f in facts("identity.unlinked")] == ["disowned"]
    assert len(facts("account.password_disowned")) == 1


def test_the_second_factor_stays(notice: EmailMessage) -> None:
    Traveller().opens(link_in(notice)).sends("Ce n’était pas moi")
    account = Account.objects.get()
    assert (account.level, bool(account.mobile), bool(account.mobile_proved_at)) == ("sms", True, True)


def test_it_serves_once(notice: EmailMessage) -> None:
    Traveller().opens(link_in(notice)).sends("Ce n’était pas moi")
    again = Traveller().opens(link_in(notice))
    assert (again.status, again.why, again.page.title) == (410, "used", "Ce lien ne peut plus servir")
    assert disown(token_in(notice), origin=HERE) == Refused("used", Ticket.objects.get(purpose=NOT_ME).spent_at)
    assert refusals() == ["link used"]


def test_it_serves_for_ten_days(notice: EmailMessage) -> None:
    began = timezone.now() - timedelta(days=11)
    Ticket.objects.filter(purpose=NOT_ME).update(created_at=began, expires_at=began + timedelta(days=10))
    late = Traveller().opens(link_in(notice))
    assert (late.status, late.why) == (410, "expired")
    assert ExternalIdentity.objects.count() == 1


@pytest.mark.parametrize("token", ["psv_lnk_" + "A" * 43, "x", "psv_lnk_", "%00", "psv_lnk_" + "A" * 500])
def test_an_unknown_one_is_one_page(portailpro: Honest, token: str) -> None:
    lea = Traveller().opens(f"{PAGE}{token}/")
    assert (lea.status, lea.why, lea.page.title) == (404, "unknown", "Ce lien ne peut plus servir")


def test_a_link_of_another_kind_does_not_serve(notice: EmailMessage) -> None:
    Ticket.objects.filter(purpose=NOT_ME).update(purpose="reset")
    lea = Traveller().opens(link_in(notice))
    assert (lea.status, lea.why) == (404, "unknown")


def test_somebody_who_added_it_and_removed_it_since_is_out_all_the_same(notice: EmailMessage) -> None:
    unlink(Account.objects.get(), ExternalIdentity.objects.get().pk, origin=HERE)
    lea = Traveller().opens(link_in(notice))
    lea.sends("Ce n’était pas moi")
    assert lea.url == DONE
    assert not Account.objects.get().password


def test_it_outlives_a_change_of_password(notice: EmailMessage) -> None:
    account = Account.objects.get()
    account.void_everything_open()
    Ticket.objects.exclude(purpose=NOT_ME).delete()
    assert Traveller().opens(link_in(notice)).sends("Ce n’était pas moi").url == DONE


def test_her_other_portals_stay(notice: EmailMessage) -> None:
    linked(Account.objects.get(), "https://autre.example", portal="autre")
    Traveller().opens(link_in(notice)).sends("Ce n’était pas moi")
    assert [i.provider for i in ExternalIdentity.objects.all()] == ["autre"]


@pytest.mark.django_db(transaction=True)
def test_b3_pressed_in_many_windows_it_acts_once(notice: EmailMessage) -> None:
    epoch, token = Account.objects.get().security_epoch, token_in(notice)
    answers = at_once(6, lambda n: disown(token, origin=place(n)))
    assert len([answer for answer in answers if isinstance(answer, Done)]) == 1
    assert Account.objects.get().security_epoch == epoch + 1
    assert len(facts("identity.unlinked")) == 1


def test_a_session_opened_meanwhile_ends_too(notice: EmailMessage) -> None:
    Account.objects.update(level="password")
    other = Traveller("203.0.113.8")
    other.opens("/connexion/").fills("Me connecter", {"Identifiant": HERS, "Mot de passe": PASSWORD})
    assert other.is_inside()
    disown(token_in(notice), origin=HERE)
    assert not other.is_inside()
    assert not Session.objects.exclude(account=None).filter(epoch=Account.objects.get().security_epoch).exists()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["address_code", "linked", "unlinked"])
def test_a_letter_is_whole_light_and_loads_nothing(portailpro: Honest, name: str, language: str) -> None:
    account = person(email=HERS, language=language)
    identity = linked(account, portailpro.issuer)
    arrival = Arrival(id=uuid4(), provider="portailpro")
    ways = {
        "address_code": lambda: letters.address_code(arrival, Email.parse(account.email), "123456", language, HERE),
        "linked": lambda: letters.linked(account, identity, "psv_lnk_" + "A" * 43, HERE),
        "unlinked": lambda: letters.unlinked(account, identity, "psv_lnk_" + "A" * 43, HERE),
    }
    with transaction.atomic():
        post(ways[name]())
    (mail,) = mails(HERS)
    assert mail["Content-Language"] == language
    assert len(mail.as_bytes()) < 8_000
    for body in (text_of(mail), html_of(mail)):
        assert "Portailpro.gouv.fr" in body
        assert "{{" not in body
        assert "None" not in body
    assert [mark for mark in ("<img", "<script", "src=", "url(", "@import") if mark in html_of(mail)] == []
