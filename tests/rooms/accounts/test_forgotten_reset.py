"""The link of « mot de passe oublié » gives a new password to the right account, once, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from passavant.accounts.actions import ask_reset, change_password, reset_password
from passavant.accounts.actions.email_change import confirm_email_change
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.accounts.models import Account
from passavant.accounts.rules.limits import RESET_MAILS, RESET_TRIES
from passavant.accounts.rules.links import EMAIL_CHANGE, EMAIL_CHANGE_LIFETIME
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.values import Origin, digest
from tests.people import PASSWORD, person
from tests.rooms.accounts.samples import HERE, NEW, WRONG, facts
from tests.rooms.accounts.visitor import Visitor, link_in, mails, subjects, text_of

pytestmark = pytest.mark.django_db
HERS = "lea@negoce.example"


@pytest.fixture
def link() -> str:
    person(email=HERS)
    return asked()


def asked(login: str = HERS) -> str:
    """The link just mailed to her."""
    ask_reset(login, origin=HERE)
    return link_in(mails(HERS)[-1])


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def tries(link: str, *, identifier: str = "lea.durand", password: str = NEW, again: str = "") -> Visitor:
    lea = Visitor().opens(link)
    return lea.sends("Réinitialiser", identifier=identifier, password=password, confirmation=again or password)


def signs_in(password: str, *, at: str = "192.0.2.50") -> Visitor:
    lea = Visitor(at).opens("/connexion/")
    return lea.fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": password})


def test_b2_opening_the_link_spends_nothing_and_the_first_post_spends_it(link: str) -> None:
    scanner = Visitor("203.0.113.9")
    for _ in range(20):
        assert scanner.opens(link).status == 200
        scanner.client.head(link, follow=True)
    lea = Visitor().opens(link)
    form = lea.page.form("Réinitialiser")
    answers = form.values | {"identifier": "lea.durand", "password": NEW, "confirmation": NEW}
    token = lea.client.cookies["reinitialisation"].value
    assert lea.client.post(form.action, answers)["Location"] == "/reinitialisation/reussie/"
    encoded = Account.objects.get().password
    lea.client.cookies["reinitialisation"] = token
    again = lea.client.post(form.action, answers | {"password": WRONG, "confirmation": WRONG})
    assert again.status_code == 410
    assert Account.objects.get().password == encoded
    assert len(facts("account.password_reset")) == 1


def test_b5_a_newer_request_kills_the_older_link(link: str) -> None:
    newer = asked()
    old = Visitor().opens(link)
    assert (old.status, old.page.title) == (410, "Un lien plus récent vous a été envoyé")
    assert old.page.links["Faire une nouvelle demande"] == "/mot-de-passe-oublie/"
    assert tries(newer).url == "/reinitialisation/reussie/"


def test_b5_a_change_of_password_kills_the_link(link: str) -> None:
    assert isinstance(change_password(Account.objects.get(), PASSWORD, NEW, origin=HERE), Done)
    assert Visitor().opens(link).status == 404


def test_b5_a_change_of_address_kills_the_link(link: str) -> None:
    account = Account.objects.get()
    note = {"old": HERS, "new": "neuf@negoce.example"}
    change = issue_link(EMAIL_CHANGE, account.subject, lifetime=EMAIL_CHANGE_LIFETIME, note=note)
    assert isinstance(confirm_email_change(change, origin=HERE), Done)
    assert Visitor().opens(link).status == 404


@pytest.mark.parametrize(
    "changed", [{"state": "suspended"}, {"email": "neuf@negoce.example", "email_key": "neuf@negoce.example"}]
)
def test_b5_the_account_must_still_be_as_it_was_when_asked(link: str, changed: dict[str, str]) -> None:
    Account.objects.update(**changed)
    lea = tries(link)
    assert (lea.status, lea.page.title) == (410, "Ce lien ne fonctionne pas")
    assert facts("account.reset_refused")[-1]["why"] == "gone"
    assert facts("account.password_reset") == []


def test_b8_the_token_leaves_the_address_before_a_page_shows(link: str) -> None:
    lea = Visitor()
    answer = lea.client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/reinitialisation/")
    kept = answer.cookies["reinitialisation"]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", 3600)
    page = lea.opens("/reinitialisation/")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert token_of(link) not in page.html


def test_b9_only_a_digest_of_the_token_is_stored(link: str) -> None:
    ticket, row = Ticket.objects.get(), Outgoing.objects.get()
    assert ticket.digest == digest(token_of(link))
    assert token_of(link) not in f"{vars(ticket)} {bytes(row.context)!r} {vars(row)}"


def test_b10_a_reset_signs_nobody_in_and_closes_every_session(link: str) -> None:
    elsewhere = signs_in(PASSWORD)
    assert elsewhere.url == "/espace/"
    lea = tries(link)
    assert lea.opens("/espace/").url.startswith("/connexion/")
    assert elsewhere.opens("/espace/").url.startswith("/connexion/")
    assert signs_in(PASSWORD).status == 422
    assert signs_in(NEW, at="192.0.2.51").url == "/espace/"


def test_b10_the_level_and_the_second_factor_stay() -> None:
    before = person(email=HERS, sms=True)
    tries(asked())
    after = Account.objects.get()
    same = ("level", "mobile", "mobile_proved_at", "identifier", "email", "state")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert after.security_epoch == before.security_epoch + 1
    assert signs_in(NEW).url == "/connexion/code/"


def test_b10_a_notice_leaves_for_the_address(link: str) -> None:
    tries(link)
    assert subjects(HERS)[-1] == "Votre mot de passe a été changé"
    assert "Ce lien est valable 10 jours, jusqu’au" in text_of(mails(HERS)[-1])


def test_b10_every_other_link_of_the_account_is_dead(link: str) -> None:
    account = Account.objects.get()
    change = issue_link(EMAIL_CHANGE, account.subject, lifetime=EMAIL_CHANGE_LIFETIME)
    tries(link)
    assert confirm_email_change(change, origin=HERE) == Refused("unknown")


def test_b15_an_account_without_password_gets_one_the_same_way() -> None:
    person(email=HERS, password="", identifier=HERS)
    assert tries(asked(), identifier=HERS).url == "/reinitialisation/reussie/"
    lea = Visitor().opens("/connexion/")
    assert lea.fills("Me connecter", {"Identifiant": HERS, "Mot de passe": NEW}).url == "/espace/"


@pytest.mark.parametrize("identifier", [" LEA.durand", "Lea@Negoce.Example "])
def test_the_identifier_or_the_address_are_taken_in_any_case(link: str, identifier: str) -> None:
    assert tries(link, identifier=identifier).url == "/reinitialisation/reussie/"


def test_somebody_else_s_identifier_is_refused_and_counted_then_the_link_is_still_good(link: str) -> None:
    person(identifier="autre.personne")
    lea = Visitor().opens(link)
    for _ in range(RESET_TRIES.allow - 1):
        lea.sends("Réinitialiser", identifier="autre.personne", password=NEW, confirmation=NEW)
        assert lea.status == 422
        assert "Cet identifiant ne correspond pas au lien reçu." in lea.page.text
        assert lea.page.form("Réinitialiser").values["identifier"] == "autre.personne"
        assert NEW not in lea.html
    lea.sends("Réinitialiser", identifier="autre.personne", password=NEW, confirmation=NEW)
    assert lea.status == 429
    token = token_of(link)
    assert isinstance(reset_password(token, "lea.durand", NEW, origin=Origin("192.0.2.1")), Refused)
    assert isinstance(reset_password(token, "lea.durand", NEW, origin=Origin("203.0.113.1")), Done)
    assert [fact["why"] for fact in facts("account.reset_refused")] == ["wrong"] * RESET_TRIES.allow + ["throttled"]


@pytest.mark.parametrize(
    ("password", "again", "message"),
    [
        (NEW, WRONG, "Les deux mots de passe sont différents. Saisissez-les de nouveau."),
        ("Petit_1789", "", "caractère spécial"),
        ("Durand-2026 !", "", "ressemble trop"),
    ],
)
def test_the_one_policy_decides_and_the_link_is_still_good(link: str, password: str, again: str, message: str) -> None:
    lea = tries(link, password=password, again=again)
    assert lea.status == 422
    assert message in lea.page.text
    assert password not in lea.html
    assert tries(link).url == "/reinitialisation/reussie/"


@pytest.mark.parametrize(
    ("at", "title", "said"),
    [
        ("expires_at", "Ce lien a expiré", "Votre mot de passe n’a pas changé."),
        ("spent_at", "Ce lien a déjà servi", "Le mot de passe a été changé le"),
    ],
)
def test_a_link_that_is_over_says_why_and_leads_on(link: str, at: str, title: str, said: str) -> None:
    ago = timezone.now() - timedelta(hours=1)
    Ticket.objects.update(created_at=ago - timedelta(hours=24), **{at: ago})
    lea = Visitor().opens(link)
    assert (lea.status, lea.page.title) == (410, title)
    assert said in lea.page.text
    assert lea.clicks("Faire une nouvelle demande").url == "/mot-de-passe-oublie/"


@pytest.mark.parametrize("path", ["/reinitialisation/psv_lnk_" + "A" * 43 + "/", "/reinitialisation/x/"])
def test_a_link_of_nobody_says_so(path: str) -> None:
    lea = Visitor().opens(path)
    assert (lea.status, lea.page.title) == (404, "Ce lien ne fonctionne pas")


def test_after_a_reset_the_mailbox_may_be_written_to_again(link: str) -> None:
    for number in range(RESET_MAILS.allow):
        ask_reset(HERS, origin=Origin(f"203.0.113.{number}"))
    tries(link_in(mails(HERS)[-1]))
    assert tries(asked()).url == "/reinitialisation/reussie/"
