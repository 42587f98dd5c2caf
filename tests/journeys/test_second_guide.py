"""« Générer mon mot de passe » (June 2022): the guide's own steps, in its own words, through HTTP only."""

import pytest

from tests.people import PASSWORD, person
from tests.rooms.accounts.samples import NEW, WRONG
from tests.rooms.accounts.visitor import Visitor, html_of, link_in, mails, text_of

pytestmark = pytest.mark.django_db
HERS = "lea@negoce.example"
SENT = (
    "Une demande de confirmation pour la réinitialisation de votre mot de passe a été envoyée à votre adresse email. "
    "Veuillez consulter votre messagerie électronique et cliquer sur le lien présent dans le message pour finaliser "
    "la procédure."
)
DONE = (
    "Vous avez maintenant la possibilité de vous connecter sur le portail à l’aide de votre identifiant utilisateur et "
    "de votre mot de passe."
)


@pytest.fixture
def lea() -> Visitor:
    person(email=HERS)
    return Visitor()


def asked(lea: Visitor) -> Visitor:
    lea.opens("/mot-de-passe-oublie/")
    return lea.sends("Réinitialiser", by="email", email=HERS)


def at_the_link(lea: Visitor) -> Visitor:
    asked(lea)
    return lea.opens(link_in(mails()[-1]))


def chosen(lea: Visitor) -> Visitor:
    answers = {"Identifiant": HERS, "Mot de passe": NEW, "Confirmer le mot de passe": NEW}
    return at_the_link(lea).fills("Réinitialiser", answers)


def test_1_from_the_home_page_to_the_page_of_authentication(lea: Visitor) -> None:
    lea.opens("/").clicks("Se connecter")
    assert lea.url == "/connexion/"
    assert "S’inscrire" in lea.page.links


def test_2_the_link_mot_de_passe_oublie(lea: Visitor) -> None:
    lea.opens("/connexion/").clicks("Mot de passe oublié ?")
    assert (lea.status, lea.url) == (200, "/mot-de-passe-oublie/")


def test_2_a_wrong_password_leads_there_too(lea: Visitor) -> None:
    lea.opens("/connexion/")
    lea.fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": WRONG})
    assert lea.page.links["réinitialisez votre mot de passe"] == "/mot-de-passe-oublie/"
    while "Trop de tentatives" not in lea.page.text:
        lea.fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": WRONG})
    assert lea.page.links["réinitialiser votre mot de passe"] == "/mot-de-passe-oublie/"
    assert asked(lea).status == 200


def test_3_the_page_asks_one_of_two_things(lea: Visitor) -> None:
    lea.opens("/mot-de-passe-oublie/")
    assert lea.page.title == "Vous avez oublié votre mot de passe"
    assert "Choisissez un des éléments pour réinitialiser votre mot de passe" in lea.page.text
    form = lea.page.form("Réinitialiser")
    assert [form.named(label) for label in ("Courriel", "Identifiant", "Courrier électronique")] == [
        "by",
        "identifier",
        "email",
    ]
    assert "exemple : nom@moncourriel.fr" in lea.page.text


def test_4_the_next_page_says_to_look_into_the_mailbox(lea: Visitor) -> None:
    asked(lea)
    assert (lea.url, lea.page.title) == ("/mot-de-passe-oublie/envoye/", "Réinitialisation de votre mot de passe")
    assert SENT in lea.page.text


def test_5_the_mail_holds_the_link_and_the_advice(lea: Visitor) -> None:
    asked(lea)
    (mail,) = mails()
    assert mail["Subject"] == "Réinitialisation mot de passe"
    for body in (text_of(mail), html_of(mail)):
        for said in ("Bonjour Léa Durand,", "24 heures, jusqu’au", "L’équipe Passavant", "envoyé automatiquement"):
            assert said in body
        assert "vos coordonnées bancaires" in body
        assert "192.0.2.1" in body
    assert link_in(mail).startswith("/reinitialisation/psv_lnk_")


def test_6_the_link_opens_the_page_of_the_new_password(lea: Visitor) -> None:
    at_the_link(lea)
    assert (lea.url, lea.page.title) == ("/reinitialisation/", "Réinitialisation de votre mot de passe")
    assert {"Identifiant", "Mot de passe", "Confirmer le mot de passe"} <= set(lea.page.form("Réinitialiser").labels)
    assert "Identifiant *" in lea.page.text
    assert "Règles pour créer un mot de passe valide" in lea.page.text
    assert "le tiret bas _ ne compte pas" in lea.page.text


def test_7_one_may_now_sign_in_with_identifier_and_password(lea: Visitor) -> None:
    chosen(lea)
    assert (lea.url, lea.page.title) == ("/reinitialisation/reussie/", "Votre mot de passe est changé")
    assert DONE in lea.page.text
    lea.clicks("Se connecter").fills("Me connecter", {"Identifiant": HERS, "Mot de passe": PASSWORD})
    assert lea.status == 422
    lea.fills("Me connecter", {"Identifiant": HERS, "Mot de passe": NEW})
    assert lea.url == "/espace/"


def test_the_whole_guide_in_english(lea: Visitor) -> None:
    lea.opens("/").sends("English", language="en", next="/")
    lea.opens("/mot-de-passe-oublie/").sends("Reset", by="identifier", identifier="lea.durand")
    assert lea.page.title.startswith("Resetting your password")
    lea.opens(link_in(mails()[0]))
    lea.fills("Reset", {"Identifier": "lea.durand", "Password": NEW, "Confirm password": NEW})
    assert lea.page.title.startswith("Your password is changed")
