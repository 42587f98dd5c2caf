"""The sign-up, from the form to the confirmation, through HTTP only."""

import pytest

from passavant.accounts.models import Account
from tests.people import PASSWORD, person
from tests.rooms.accounts.visitor import ANSWERS, Visitor, link_in, mails, subjects

pytestmark = pytest.mark.django_db


def test_refused_answers_come_back_with_what_to_do_but_never_the_password() -> None:
    lea = Visitor().signs_up(identifier="léa", email="lea@", company_number="732 829 32", level="sms", terms="")
    assert lea.status == 422
    assert lea.page.title.startswith("Erreur : Créer mon compte")
    assert "Corrigez 5 erreurs pour continuer" in lea.page.text
    assert lea.page.text.count("Retirez : é.") == 2  # in the summary and beside the field
    values = lea.page.form("Continuer").values
    assert (values["identifier"], values["email"], values["level"]) == ("léa", "lea@", "sms")
    assert values["password"] == ""
    assert PASSWORD not in lea.html


def test_the_review_shows_everything_but_the_password() -> None:
    lea = Visitor().signs_up(
        level="sms", mobile="06 39 98 12 34", company_number="73282932000074", address="1 quai\r\nLe Havre"
    )
    assert lea.url == "/inscription/verification/"
    for shown in (
        "lea.durand",
        "Mot de passe et jeton SMS",
        "Durand",
        "06 39 98 12 34",
        "732 829 320 00074",
        "1 quai Le Havre",
    ):
        assert shown in lea.page.text
    assert "•••••••• (masqué)" in lea.page.text
    assert "argon2" not in lea.html
    assert PASSWORD not in lea.html
    assert "Téléphone Non renseigné" in lea.page.text
    assert Account.objects.count() == 0


def test_modifier_brings_the_answers_back_and_keeps_the_password() -> None:
    lea = Visitor().signs_up()
    lea.clicks("Modifier : Nom")
    assert lea.url == "/inscription/#id_last_name"
    values = lea.page.form("Continuer").values
    assert (values["identifier"], values["password"], values["terms"]) == ("lea.durand", "", "on")
    assert "Laissez ce champ vide pour garder le mot de passe déjà choisi." in lea.page.text
    lea.sends("Continuer", last_name="Dupont").sends("Valider")
    account = Account.objects.get()
    assert account.last_name == "Dupont"
    lea.activates(link_in(mails()[0]))
    assert "Votre compte est activé" in lea.page.text


def test_nothing_is_reserved_before_valider() -> None:
    Visitor().signs_up()
    other = Visitor("192.0.2.2").registers(email="autre@negoce.example")
    assert other.url == "/inscription/confirmation/"
    assert Account.objects.get().email == "autre@negoce.example"


def test_an_identifier_taken_meanwhile_is_asked_again_with_all_answers_kept() -> None:
    lea = Visitor().signs_up(address="1 quai", phone="02 35 00 00 00")
    person(identifier="Lea.Durand")
    lea.sends("Valider")
    assert lea.status == 422
    assert "Choisissez un autre identifiant : « lea.durand » est déjà utilisé." in lea.page.text
    values = lea.page.form("Continuer").values
    assert (values["last_name"], values["address"], values["email"]) == ("Durand", "1 quai", "lea@negoce.example")
    lea.sends("Continuer", identifier="lea.durand2").sends("Valider")
    assert lea.url == "/inscription/confirmation/"
    assert subjects() == ["Activez votre compte Passavant"]


def test_a_taken_identifier_is_told_at_the_form() -> None:
    person(identifier="lea.durand")
    lea = Visitor().signs_up(identifier="LEA.Durand")
    assert lea.status == 422
    assert "« LEA.Durand » est déjà utilisé" in lea.page.text


def test_j6_valider_twice_opens_one_account() -> None:
    lea = Visitor().signs_up()
    form = lea.page.form("Valider")
    for _ in range(2):
        lea._arrives(lea.client.post(form.action, form.values, follow=True), form.action)
        assert lea.url == "/inscription/confirmation/"
    assert Account.objects.count() == 1
    assert len(mails()) == 1


def test_j6_back_to_the_form_and_the_review_leads_to_the_confirmation() -> None:
    lea = Visitor().registers()
    assert lea.opens("/inscription/verification/").url == "/inscription/confirmation/"
    assert lea.signs_up().url == "/inscription/confirmation/"
    assert Account.objects.count() == 1


def test_j6_the_review_of_another_tab_is_shown_again() -> None:
    lea = Visitor().signs_up()
    first = lea.page.form("Valider").values
    lea.client.cookies.pop("session")
    lea.signs_up(last_name="Dupont")
    lea.sends("Valider", draft=first["draft"])
    assert lea.status == 422
    assert "Ces réponses ont changé depuis une autre fenêtre" in lea.page.text
    assert "Dupont" in lea.page.text
    assert Account.objects.count() == 0
    assert lea.sends("Valider").url == "/inscription/confirmation/"


def test_j6_an_old_review_sent_again_leads_to_the_confirmation_even_with_another_draft() -> None:
    lea = Visitor().signs_up()
    old = lea.page.form("Valider")
    lea.sends("Valider").signs_up(identifier="autre.compte", email="autre@negoce.example")
    answer = lea.client.post(
        old.action, {**old.values, "csrfmiddlewaretoken": lea.page.form("Valider").values["csrfmiddlewaretoken"]}
    )
    assert answer["Location"] == "/inscription/confirmation/"
    assert Account.objects.count() == 1


@pytest.mark.parametrize("path", ["/inscription/verification/", "/inscription/confirmation/", "/inscription/adresse/"])
def test_a_page_reached_out_of_turn_leads_to_the_form(path: str) -> None:
    assert Visitor().opens(path).url == "/inscription/"


def test_a_suspicious_domain_is_questioned_once() -> None:
    lea = Visitor().signs_up(email="lea@gmial.com")
    assert lea.status == 422
    assert "Vouliez-vous dire lea@gmail.com ?" in lea.page.text
    lea.sends("Continuer", password=PASSWORD)
    assert lea.url == "/inscription/verification/"
    lea.clicks("Modifier : Prénom").sends("Continuer")
    assert lea.url == "/inscription/verification/"
    lea.clicks("Modifier : Prénom").sends("Continuer", email="lea@gmil.com")
    assert "Vouliez-vous dire lea@gmail.com ?" in lea.page.text


def test_the_confirmation_resends_and_corrects() -> None:
    lea = Visitor().registers()
    assert "Un courriel d’activation vient d’être envoyé à lea@negoce.example." in lea.page.text
    first = link_in(mails()[0])
    lea.sends("Renvoyer le courriel")
    assert "Un nouveau courriel est parti à" in lea.page.text
    assert "Vous pourrez demander un nouvel envoi à" in lea.page.text
    lea.sends("Renvoyer le courriel")
    assert lea.status == 429
    assert 0 < int(lea.headers["Retry-After"]) <= 60
    second = link_in(mails()[-1])
    assert first != second
    lea.clicks("Corriger l’adresse électronique").fills(
        "Envoyer à cette adresse", {"Adresse électronique": "durand@negoce.example"}
    )
    assert "vient d’être envoyé à durand@negoce.example" in lea.page.text
    assert Visitor().opens(second).status == 404
    Visitor().activates(link_in(mails("durand@negoce.example")[0]))
    assert Account.objects.get().is_active


def test_only_the_browser_that_signed_up_may_correct() -> None:
    Visitor().registers()
    stranger = Visitor("192.0.2.9")
    stranger.opens("/connexion/")
    token = next(iter(stranger.page.forms)).values["csrfmiddlewaretoken"]
    answer = stranger.client.post("/inscription/adresse/", {"email": "x@evil.example", "csrfmiddlewaretoken": token})
    assert answer["Location"] == "/inscription/"
    assert Account.objects.get().email == "lea@negoce.example"


def test_levels_not_configured_are_not_offered() -> None:
    lea = Visitor().opens("/inscription/")
    assert lea.page.form("Continuer").options["level"] == ["", "password", "sms", "totp", "passkey"]
    assert lea.signs_up(level="certificate").status == 422
    assert set(ANSWERS) <= {label for label in ANSWERS if lea.page.form("Continuer").named(label)}
