"""A professional who comes from another portal, and what the guide of June 2022 says of them. Through HTTP only."""

import pytest

from passavant.accounts.models import Account
from passavant.federation.models import ExternalIdentity
from tests.people import PASSWORD
from tests.providers.running import Honest
from tests.rooms.accounts.samples import NEW
from tests.rooms.accounts.visitor import Visitor, html_of, link_in, mails, subjects, text_of
from tests.rooms.federation.conftest import as_started as as_started
from tests.rooms.federation.conftest import honest as honest
from tests.rooms.federation.conftest import lea as lea
from tests.rooms.federation.conftest import portailpro as portailpro
from tests.rooms.federation.conftest import remembering_nothing as remembering_nothing
from tests.rooms.federation.traveller import HERS, Traveller

pytestmark = pytest.mark.django_db
SECURITY = "/espace/securite/"


@pytest.fixture
def born(portailpro: Honest, lea: Traveller) -> Traveller:
    """Léa, whose account was created from Portailpro, signed out."""
    lea.opens("/connexion/")
    assert lea.page.links["S’identifier avec Portailpro.gouv.fr"] == "/connexion/portailpro/"
    lea.crosses().proves_address().confirms()
    assert lea.url == "/espace/"
    lea.sends("Me déconnecter")
    assert not lea.is_inside()
    return lea


def asked(lea: Traveller) -> Traveller:
    """Steps 1 to 3 of the guide: « Mot de passe oublié », Courriel, « Réinitialiser »."""
    lea.opens("/connexion/").clicks("Mot de passe oublié ?")
    return lea.sends("Réinitialiser", by="email", email=HERS)


def generated(lea: Traveller) -> Traveller:
    """Steps 4 to 6: the link of the mail, the password."""
    asked(lea).opens(link_in(mails(HERS)[-1]))
    answers = {"Identifiant": HERS, "Mot de passe": NEW, "Confirmer le mot de passe": NEW}
    lea.fills("Réinitialiser", answers)
    return lea


def directly(lea: Traveller, login: str = HERS, password: str = NEW) -> Traveller:
    """Step 7: without the other portal."""
    lea.opens("/connexion/").fills("Me connecter", {"Identifiant": login, "Mot de passe": password})
    return lea


def test_b15_0_before_there_is_no_password(born: Traveller) -> None:
    assert directly(born, password=PASSWORD).status == 422
    assert Account.objects.get().password == ""
    welcome = text_of(mails(HERS)[-1])
    for said in ("Bonjour Léa Durand,", "Portailpro.gouv.fr", "adresse électronique", "/mot-de-passe-oublie/"):
        assert said in welcome


def test_b15_1_the_answer_is_everybody_s(born: Traveller, portailpro: Honest) -> None:
    hers = asked(born)
    page = hers.page.text
    assert (hers.status, hers.url) == (200, "/mot-de-passe-oublie/envoye/")
    nobody = Traveller("198.51.100.3").opens("/mot-de-passe-oublie/")
    assert nobody.sends("Réinitialiser", by="email", email="personne@example.org").page.text == page


def test_b15_2_the_mail_reminds_of_the_portal(born: Traveller) -> None:
    asked(born)
    mail = mails(HERS)[-1]
    assert mail["Subject"] == "Réinitialisation mot de passe"
    for body in (text_of(mail), html_of(mail)):
        assert "Portailpro.gouv.fr" in body
        assert "Votre identifiant est votre adresse électronique." in body


def test_b15_3_the_link_gives_a_password_and_signs_nobody_in(born: Traveller) -> None:
    elsewhere = Traveller("198.51.100.9").crosses()
    assert elsewhere.is_inside()
    generated(born)
    assert (born.url, born.page.title) == ("/reinitialisation/reussie/", "Votre mot de passe est changé")
    assert not born.is_inside()
    assert not elsewhere.is_inside(), "what was open before is dead (C4)"


def test_b15_4_one_signs_in_directly_with_the_address_and_the_password(born: Traveller) -> None:
    assert directly(generated(born)).url == "/espace/"
    assert (born.session.methods, born.session.through) == ("pwd", "")


def test_b15_5_and_still_through_the_portal(born: Traveller) -> None:
    before = Account.objects.get()
    generated(born).crosses()
    assert (born.url, born.is_inside()) == ("/espace/", True)
    after = Account.objects.get()
    assert (after.pk, after.level, after.born_of) == (before.pk, before.level, "portailpro")
    assert after.security_epoch == before.security_epoch + 1
    assert ExternalIdentity.objects.get().account == after


def test_b15_6_both_ways_are_listed(born: Traveller) -> None:
    directly(generated(born)).opens(SECURITY)
    said = born.page.text
    assert f"Avec l’identifiant {HERS}" in said
    assert "Portailpro.gouv.fr" in said
    assert born.page.links["Retirer Portailpro.gouv.fr"].startswith(f"{SECURITY}rattachement/")
    assert born.page.links["Modifier le mot de passe"] == "/espace/mot-de-passe/"
    born.opens("/espace/activite/")
    for fact in ("Compte créé depuis Portailpro.gouv.fr", "Portailpro.gouv.fr rattaché au compte"):
        assert fact in born.page.text


def test_b15_7_now_the_portal_may_be_removed(born: Traveller) -> None:
    directly(generated(born)).opens(SECURITY).clicks("Retirer Portailpro.gouv.fr")
    assert born.sends("Retirer").url.startswith(SECURITY)
    assert "Non rattaché" in born.page.text
    born.sends("Me déconnecter")
    assert directly(born).is_inside()


def test_b15_8_with_the_password_the_address_may_be_changed(born: Traveller) -> None:
    """The identifier is the address: it goes with it."""
    directly(generated(born)).opens("/espace/adresse-electronique/")
    form = born.page.forms[-1]
    new = "lea@cabinet-durand.example"
    born.sends(form.buttons[0], **{form.named("Nouvelle adresse"): new, form.named("Mot de passe"): NEW})
    born.opens(link_in(mails(new)[-1]))
    born.sends(born.page.forms[-1].buttons[0])
    account = Account.objects.get()
    assert (account.email, account.identifier) == (new, new)
    assert directly(Traveller("198.51.100.9"), new).is_inside()
    assert Traveller("198.51.100.10").crosses().is_inside(), "the portal goes by her number, not by her address"


def test_a4_who_has_a_portal_and_no_password_is_told_nothing_else(born: Traveller) -> None:
    wrong = directly(born, password=PASSWORD)
    known = wrong.page.text
    nobody = directly(Traveller(), "personne@example.org", PASSWORD)
    assert (nobody.status, nobody.page.text) == (wrong.status, known)


def test_b11_who_signed_up_before_with_her_address_gains_nothing(portailpro: Honest, lea: Traveller) -> None:
    thief = Visitor("203.0.113.66")
    thief.registers(identifier="voleur", email=HERS, level="sms", mobile="06 39 98 12 34")
    theirs = link_in(mails(HERS)[-1])
    lea.crosses().proves_address()
    assert lea.url == "/connexion/arrivee/compte/", "an unproved registration is nobody's account"
    lea.confirms()
    account = Account.objects.get()
    assert (account.identifier, account.mobile, account.level) == (HERS, "", "password")
    assert thief.activates(theirs, "voleur").status != 200
    thief.opens("/connexion/").fills("Me connecter", {"Identifiant": "voleur", "Mot de passe": PASSWORD})
    assert thief.status == 422
    assert Account.objects.count() == 1
    assert directly(generated(lea.sends("Me déconnecter"))).is_inside()


def test_b11_who_arrived_before_claiming_her_address_gains_nothing(portailpro: Honest, lea: Traveller) -> None:
    portailpro.set(person={"login": "marc", "claims": {"email": HERS, "email_verified": True}})
    thief = Traveller("203.0.113.66").crosses(who="marc")
    assert thief.url == "/connexion/arrivee/adresse/"
    thief.sends("Recevoir un code", email=HERS)
    lea.crosses().proves_address().confirms()
    assert lea.is_inside()
    for page in ("adresse/", "compte/", "rattachement/"):
        assert thief.opens(f"/connexion/arrivee/{page}").url == "/connexion/arrivee/adresse/"
    assert [identity.subject for identity in ExternalIdentity.objects.all()] == ["sub-of-lea"]
    assert not thief.is_inside()


def test_the_whole_arrival_in_english(portailpro: Honest, lea: Traveller) -> None:
    lea.opens("/").sends("English", language="en", next="/")
    lea.crosses()
    lea.sends(lea.page.forms[-1].buttons[0], email=HERS)
    assert "is your Passavant code" in subjects(HERS)[-1]
    french = ("Adresse", "Vous ", "connexion")
    assert not [word for word in french if word in text_of(mails(HERS)[-1])]
    assert "Vous " not in lea.page.text.replace("Vous arrivez", "")
