"""« Créer un compte, étape par étape »: the guide's own steps, in its own words, through HTTP only."""

import pytest

from tests.people import PASSWORD
from tests.rooms.accounts.visitor import ANSWERS, Visitor, html_of, link_in, mails, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea() -> Visitor:
    return Visitor()


def test_1_1_and_1_2_the_home_page_leads_to_the_sign_up(lea: Visitor) -> None:
    lea.opens("/")
    assert "Mon espace personnel" in lea.page.text
    lea.clicks("S’inscrire")
    assert (lea.status, lea.url) == (200, "/inscription/")


def test_1_3_the_form_has_every_rubric_and_marks_those_needed_with_an_asterisk(lea: Visitor) -> None:
    lea.opens("/inscription/")
    form = lea.page.form("Continuer")
    assert "Les rubriques obligatoires sont signalées par un astérisque (*)." in lea.page.text
    for needed in ANSWERS:
        assert form.named(needed)
    for optional in ("Téléphone portable", "Téléphone", "Numéro SIREN ou SIRET", "Adresse professionnelle"):
        assert f"{optional} (optionnel)" in lea.page.text
    assert form.options["level"] == ["", "password", "sms", "totp", "passkey"]
    assert "Étape 1 sur 3" in lea.page.text


def test_1_4_the_person_checks_the_answers_then_clicks_valider(lea: Visitor) -> None:
    lea.signs_up()
    assert "Étape 2 sur 3" in lea.page.text
    assert "lea@negoce.example" in lea.page.text
    assert lea.page.links["Modifier : Adresse électronique"].startswith("/inscription/#")
    lea.sends("Valider")
    assert lea.status == 200


def test_1_5_the_next_page_confirms_that_the_registration_is_recorded(lea: Visitor) -> None:
    lea.registers()
    assert lea.url == "/inscription/confirmation/"
    assert lea.page.title == "Votre inscription est enregistrée"
    assert "Étape 3 sur 3" in lea.page.text


def test_1_6_a_mail_says_that_it_is_final_once_the_account_is_activated(lea: Visitor) -> None:
    lea.registers()
    (mail,) = mails("lea@negoce.example")
    assert mail["Subject"] == "Activez votre compte Passavant"
    for body in (text_of(mail), html_of(mail)):
        assert "Votre inscription ne sera définitive qu’après l’activation du compte créé." in body
        assert "Activation du compte créé" in body
    assert link_in(mail).startswith("/activation/psv_lnk_")


def test_1_7_the_link_opens_the_page_that_asks_identifier_and_password(lea: Visitor) -> None:
    lea.registers()
    lea.opens(link_in(mails()[0]))
    assert (lea.url, lea.page.title) == ("/activation/", "Activation de votre compte")
    form = lea.page.form("Activer")
    assert {form.named("Identifiant"), form.named("Mot de passe")} == {"identifier", "password"}


def test_1_8_the_account_is_created_and_its_space_is_behind_the_sign_in(lea: Visitor) -> None:
    lea.registers().activates(link_in(mails()[0]))
    assert lea.page.title == "Votre compte est activé"
    lea.clicks("Accéder à mon espace personnel")
    assert lea.url == "/connexion/"
    lea.fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": PASSWORD})
    assert lea.url == "/espace/"


def test_the_whole_guide_in_english(lea: Visitor) -> None:
    lea.opens("/").sends("English", language="en", next="/")
    assert "My personal space" in lea.page.text
    lea.opens("/inscription/")
    names = {"identifier": "lea.durand", "password": PASSWORD, "level": "password", "terms": "on"}
    lea.sends("Continue", **names, last_name="Durand", no_first_name="on", email="lea@negoce.example").sends("Submit")
    (mail,) = mails()
    assert mail["Subject"] == "Activate your Passavant account"
    assert "Activate account:" in text_of(mail)
    lea.opens(link_in(mail)).fills("Activate", {"Identifier": "lea.durand", "Password": PASSWORD})
    assert lea.page.title.startswith("Your account is activated")
