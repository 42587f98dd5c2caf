"""The activation link: read by anybody, spent once, by the person."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.limits import ACTIVATION_TRIES
from passavant.foundation.audit.models import Event
from passavant.foundation.onetime.models import Ticket
from tests.people import PASSWORD, person
from tests.rooms.accounts.visitor import Visitor, link_in, mails, subjects

pytestmark = pytest.mark.django_db
ADDRESS = "lea@negoce.example"


@pytest.fixture
def link() -> str:
    Visitor().registers()
    return link_in(mails()[0])


def events(name: str) -> int:
    return Event.objects.filter(name=name).count()


@pytest.mark.parametrize("method", ["get", "head"])
def test_b1_mail_scanners_open_the_link_twenty_times_and_spend_nothing(method: str, link: str) -> None:
    for number in range(20):
        scanner = Visitor(f"203.0.113.{number}")
        assert getattr(scanner.client, method)(link, follow=True).status_code == 200
    lea = Visitor().activates(link)
    assert lea.page.title == "Votre compte est activé"
    assert (events("account.activated"), events("account.activation_refused")) == (1, 0)


def test_the_link_signs_nobody_in(link: str) -> None:
    lea = Visitor().activates(link)
    assert lea.opens("/espace/").url.startswith("/connexion/")


def test_b8_the_token_leaves_the_address_before_any_page_shows(link: str) -> None:
    lea = Visitor()
    answer = lea.client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/activation/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer.content == b""
    cookie = answer.cookies["activation"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert "psv_lnk_" not in lea.opens("/activation/").html
    assert [url for url in lea.page.links.values() if "//" in url] == []


def test_b9_only_a_digest_of_the_token_is_stored(link: str) -> None:
    token = link.split("/")[2]
    assert len(token) >= len("psv_lnk_") + 43
    assert token not in str(list(Ticket.objects.values()))


def test_wrong_credentials_are_counted_and_the_link_stays_good(link: str) -> None:
    lea = Visitor()
    for left in (4, 3, 2):
        lea.activates(link, password="Autre-Voilier 9 !")
        assert lea.status == 422
        assert f"Il vous reste {left} essais." in lea.page.text
    assert lea.activates(link, identifier="quelqu.un").status == 422
    assert "Il vous reste 1 essai." in lea.page.text
    lea.activates(link, password="Autre-Voilier 9 !")
    assert lea.status == 429
    assert int(lea.headers["Retry-After"]) > 0
    assert lea.activates(link).status == 429
    assert Visitor("192.0.2.99").activates(link).page.title == "Votre compte est activé"


def test_after_the_wait_the_right_password_activates(link: str) -> None:
    for _ in range(ACTIVATION_TRIES.allow):
        Visitor().activates(link, password="Autre-Voilier 9 !")
    with time_machine.travel(timezone.now() + ACTIVATION_TRIES.per, tick=False):
        assert Visitor().activates(link).page.title == "Votre compte est activé"
    assert events("account.activation_refused") == ACTIVATION_TRIES.allow


def test_an_expired_link_says_so_and_leads_to_a_new_one(link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=24), tick=False):
        lea = Visitor().opens(link)
        assert (lea.status, lea.page.title) == (410, "Ce lien d’activation a expiré")
        assert "vos informations sont conservées pendant 30 jours" in lea.page.text
        lea.clicks("Recevoir un nouveau lien")
        lea.fills("Recevoir un nouveau lien", {"Identifiant ou adresse électronique": "lea.durand"})
        assert lea.url == "/activation/renvoyer/envoye/"
        assert Visitor().activates(link_in(mails()[-1])).page.title == "Votre compte est activé"


def test_a_link_older_than_registrations_are_kept_leads_to_the_form(link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        lea = Visitor().opens(link)
        assert "supprimée faute d’activation dans les 30 jours" in lea.page.text
        assert lea.clicks("Créer mon compte").url == "/inscription/"


def test_b5_a_newer_link_kills_the_former_one(link: str) -> None:
    Visitor().opens("/activation/renvoyer/").fills(
        "Recevoir un nouveau lien", {"Identifiant ou adresse électronique": ADDRESS}
    )
    lea = Visitor().opens(link)
    assert (lea.status, lea.page.title) == (410, "Un lien plus récent vous a été envoyé")
    assert Visitor().activates(link_in(mails()[-1])).page.title == "Votre compte est activé"


def test_a_used_link_says_when_and_leads_to_the_sign_in(link: str) -> None:
    Visitor().activates(link)
    lea = Visitor().opens(link)
    assert (lea.status, lea.page.title) == (410, "Ce compte est déjà activé")
    assert "Le lien a servi le" in lea.page.text
    assert lea.clicks("Se connecter").url == "/connexion/"


@pytest.mark.parametrize("token", ["psv_lnk_" + "A" * 43, "psv_lnk_coupé", "n'importe quoi", "x" * 5000, "%00", "<b>"])
def test_an_unknown_link_says_what_to_do(token: str) -> None:
    lea = Visitor().opens(f"/activation/{token}/")
    assert (lea.status, lea.page.title) == (404, "Ce lien ne fonctionne pas")
    assert lea.page.links["Recevoir un nouveau lien"] == "/activation/renvoyer/"


def test_j6_activating_twice_leads_to_the_sign_in(link: str) -> None:
    lea = Visitor().opens(link)
    other_tab = Visitor().opens(link)
    lea.fills("Activer", {"Identifiant": "lea.durand", "Mot de passe": PASSWORD})
    other_tab.fills("Activer", {"Identifiant": "lea.durand", "Mot de passe": PASSWORD})
    assert other_tab.page.title == "Ce compte est déjà activé"
    assert events("account.activated") == 1


def test_b11_who_signed_up_first_with_anothers_address_gains_nothing() -> None:
    Visitor("203.0.113.66").registers(
        identifier="voleur", password="Galion&Perroquet7", level="sms", mobile="0639980000"
    )
    Visitor().registers()
    link = link_in(mails()[-1])
    assert Visitor("203.0.113.66").activates(link, "voleur", PASSWORD).status == 422
    assert Visitor().activates(link).page.title == "Votre compte est activé"
    account = Account.objects.get()
    assert (account.identifier, account.mobile, account.level) == ("lea.durand", "", "password")
    thief = Visitor("203.0.113.66").opens("/connexion/")
    assert thief.fills("Me connecter", {"Identifiant": "voleur", "Mot de passe": "Galion&Perroquet7"}).status == 422


def test_b11_the_address_was_proved_by_another_account_meanwhile(link: str) -> None:
    lea = Visitor().opens(link)
    person(identifier="autre.compte", email=ADDRESS)
    lea.fills("Activer", {"Identifiant": "lea.durand", "Mot de passe": PASSWORD})
    assert (lea.status, lea.page.title) == (410, "Ce compte est déjà activé")
    assert events("account.activated") == 0
    assert subjects()[0] == "Activez votre compte Passavant"


def test_b11_the_link_of_ones_own_mailbox_activates_nothing_of_anothers() -> None:
    Visitor().registers(identifier="le.voleur", email="victime@negoce.example", password="Galion&Perroquet7")
    Visitor().registers(identifier="le.voleur2", email="voleur@evil.example", password="Galion&Perroquet7")
    own = link_in(mails("voleur@evil.example")[0])
    assert Visitor().activates(own, "le.voleur", "Galion&Perroquet7").status == 422
    assert Visitor().activates(own, "victime@negoce.example", "Galion&Perroquet7").status == 422
    assert not Account.objects.active().exists()


def test_a_registration_gone_meanwhile_does_not_use_the_link_up(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def deleting(_password: str, _account: Account | None) -> bool:
        return bool(Account.objects.all().delete())

    monkeypatch.setattr("passavant.accounts.actions.activation.matches", deleting)
    assert Visitor().activates(link).status == 410
    assert Ticket.objects.get().spent_at is None
    assert events("account.activated") == 0
