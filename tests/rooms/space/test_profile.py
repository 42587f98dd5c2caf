"""The profile, read and changed."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.accounts.rules.limits import CURRENT_PASSWORD
from passavant.authentication.models.sessions import Session
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import render_sms
from tests.people import MOBILE, PASSWORD, person
from tests.rooms.space.inside import browser, facts, is_inside, mails, text

pytestmark = pytest.mark.django_db
PAGE, FORM = "/espace/profil/", "/espace/profil/modifier/"
OTHER = "06 39 98 56 78"
ANSWERS = {
    "last_name": "O’Brien-Łukasz",
    "first_name": "Anaïs",
    "mobile": "",
    "phone": "02 35 12 34 56",
    "company_number": "732 829 320 00074",
    "address": "12 quai des Indes\r\n76600 Le Havre",
    "language": "fr",
}


def change(client: Client, **answers: str) -> Any:
    return client.post(FORM, ANSWERS | answers)


def test_the_profile_is_read_group_by_group_with_the_way_to_change_it() -> None:
    client = browser(person(sms=True, company_number="73282932000074", phone="+33235123456"))
    page = client.get(PAGE)
    for said in (
        "Vos identifiants Identifiant lea.durand",
        "Adresse électronique lea.durand@example.org Modifier",
        "Vos téléphones Téléphone portable 06 39 98 12 34 Modifier",
        "Téléphone 02 35 12 34 56",
        "Numéro SIREN ou SIRET 732 829 320 00074",
        "Adresse professionnelle Non renseigné",
        "Langue des pages et des messages Français",
    ):
        assert said in text(page)
    assert f'href="{FORM}#id_mobile"' in page.content.decode()
    assert "argon2" not in page.content.decode()


def test_j4_what_is_typed_is_stored_as_values_and_comes_back() -> None:
    account = person()
    client = browser(account)
    answer = change(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/espace/profil/?fait=profil")
    assert "Votre profil est à jour." in text(client.get(answer.headers["Location"]))
    account.refresh_from_db()
    kept = (account.last_name, account.first_name, account.phone, account.company_number, account.address)
    assert kept == ("O’Brien-Łukasz", "Anaïs", "+33235123456", "73282932000074", "12 quai des Indes\n76600 Le Havre")
    assert "O’Brien-Łukasz" in text(client.get(PAGE))
    columns = "address company_number first_name last_name phone"
    assert facts("account.profile_changed") == [{"account": account.pk, "columns": columns}]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("last_name", "  ", "Saisissez votre nom."),
        ("first_name", "", "Saisissez votre prénom, ou cochez « Je n’ai pas de prénom »."),
        ("last_name", "Du\u202erand", "Retirez les caractères invisibles ou illisibles de ce champ."),
        ("last_name", "x" * 101, "Ce champ comporte 100 caractères au maximum."),
        ("phone", "12", "Saisissez un numéro de téléphone à 10 chiffres, ou avec l’indicatif du pays (+33…)."),
        ("mobile", "02 35 12 34 56", "Ce numéro ne reçoit pas de SMS. Saisissez un numéro de portable."),
        ("mobile", "+1 201 555 0123", "Ce"),
        ("company_number", "12345678", "Le numéro doit comporter 9 ou 14 chiffres. Vous en avez saisi 8."),
        ("company_number", "732829321", "Vérifiez ce numéro : il contient probablement une faute de frappe."),
        ("company_number", "73282932O", "Le numéro ne comporte que des chiffres. Les espaces sont acceptés."),
        ("language", "de", "Choisissez une langue."),
    ],
)
def test_a_refused_answer_is_said_beside_its_field_and_the_others_are_kept(field: str, typed: str, told: str) -> None:
    account = person()
    answer = change(browser(account), **{field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Erreur :" in page.replace("\xa0", " ")
    assert text(answer).count(told) >= 2, "in the summary and beside the field"
    assert f'href="#id_{field}"' in page
    assert "02 35 12 34 56" in page or field == "phone"
    account.refresh_from_db()
    assert account.last_name == "Durand"


def test_somebody_without_a_first_name_says_so() -> None:
    account = person()
    assert change(browser(account), first_name="", no_first_name="on").status_code == 303
    account.refresh_from_db()
    assert (account.first_name, account.full_name) == ("", "O’Brien-Łukasz")
    assert "checked" in browser(account).get(FORM).content.decode()


def test_the_language_chosen_is_the_one_of_the_next_page() -> None:
    account = person()
    client = browser(account)
    answer = change(client, language="en")
    assert answer.cookies["langue"].value == "en"
    assert "Your profile is up to date." in text(client.get(answer.headers["Location"]))
    account.refresh_from_db()
    assert account.language == "en"


def test_e6_another_mobile_asks_the_current_password() -> None:
    account = person(sms=True)
    client = browser(account)
    silent, wrong = change(client, mobile=OTHER), change(client, mobile=OTHER, current="Tempête&Sextant9")
    assert (silent.status_code, wrong.status_code) == (422, 422)
    assert "Saisissez votre mot de passe actuel pour changer de téléphone portable." in text(silent)
    assert "Ce mot de passe n’est pas celui de votre compte. Il vous reste 4 essais." in text(wrong)
    assert "Sextant9" not in wrong.content.decode()
    assert OTHER in wrong.content.decode()
    account.refresh_from_db()
    assert (account.mobile, account.last_name) == (MOBILE, "Durand")
    assert len(facts("account.password_refused")) == 1


def test_e6_another_mobile_is_to_be_proved_again_is_told_by_mail_and_ends_the_other_sessions() -> None:
    account = person(sms=True)
    client, elsewhere = browser(account), browser(account)
    assert change(client, mobile=OTHER, current=PASSWORD).status_code == 303
    account.refresh_from_db()
    assert (account.mobile, account.mobile_proved_at) == ("+33639985678", None)
    assert [recipient for recipient, _filling in mails("mobile_changed")] == [account.email]
    assert (is_inside(client), is_inside(elsewhere)) == (True, False)


def test_e6_the_former_number_is_told_once_by_sms_and_by_no_more_than_the_budget(settings: Settings) -> None:
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"sms_daily_budget": 1})
    account = person(sms=True)
    assert change(browser(account), mobile=OTHER, current=PASSWORD).status_code == 303
    (told,) = Outgoing.objects.filter(channel="sms")
    assert (told.recipient, told.template) == (MOBILE, "authentication/sms/mobile_changed")
    sms = render_sms(told, timezone.now()).text
    assert sms.startswith("Le portable de votre compte Passavant a changé.")
    assert len(sms) <= 160
    Account.objects.update(mobile_proved_at=timezone.now())
    account.refresh_from_db()
    assert change(browser(account), mobile="06 39 98 56 79", current=PASSWORD).status_code == 303
    assert Outgoing.objects.filter(channel="sms").count() == 1
    assert [fact["budget"] for fact in facts("sms_budget.reached")] == ["all"]
    assert len(mails("mobile_changed")) == 2


@pytest.mark.parametrize("columns", [{"mobile": MOBILE}, {"mobile": ""}])
def test_e4_no_sms_leaves_for_a_number_that_nobody_proved(columns: dict[str, str]) -> None:
    assert change(browser(person(**columns)), mobile=OTHER, current=PASSWORD).status_code == 303
    assert not Outgoing.objects.filter(channel="sms").exists()


def test_another_mobile_that_receives_no_codes_leaves_the_other_sessions_open() -> None:
    account = person(mobile=MOBILE)
    client, elsewhere = browser(account), browser(account)
    assert change(client, mobile=OTHER, current=PASSWORD).status_code == 303
    assert (is_inside(client), is_inside(elsewhere)) == (True, True)


@pytest.mark.parametrize("typed", ["", "02 35 12 34 56"])
def test_the_level_sms_keeps_a_mobile_that_receives_texts(typed: str) -> None:
    account = person(sms=True)
    assert change(browser(account), mobile=typed, current=PASSWORD).status_code == 422
    account.refresh_from_db()
    assert account.mobile == MOBILE


def test_the_same_mobile_asks_nothing_whatever_the_way_it_is_written() -> None:
    account = person(sms=True)
    assert change(browser(account), mobile="+33 6.39.98.12.34").status_code == 303
    account.refresh_from_db()
    assert account.mobile_proved_at is not None
    assert mails("mobile_changed") == []


def test_the_current_password_is_not_guessed_here() -> None:
    account = person(sms=True)
    client = browser(account)
    for _ in range(CURRENT_PASSWORD.allow):
        assert change(client, mobile=OTHER, current="Tempête&Sextant9").status_code == 422
    late = change(client, mobile=OTHER, current=PASSWORD)
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) >= 1
    account.refresh_from_db()
    assert account.mobile == MOBILE


def test_j6_sending_the_profile_twice_changes_it_once() -> None:
    client = browser(person())
    assert {change(client).headers["Location"] for _ in range(2)} == {"/espace/profil/?fait=profil"}
    assert len(facts("account.profile_changed")) == 1


def test_nobody_else_is_changed() -> None:
    account, other = person(), person()
    columns = {field.name: getattr(other, field.name) for field in Account._meta.concrete_fields}
    change(
        browser(account), id=str(other.pk), account=str(other.pk), email="x@example.org", level="sms", state="closed"
    )
    other.refresh_from_db()
    assert {field.name: getattr(other, field.name) for field in Account._meta.concrete_fields} == columns
    account.refresh_from_db()
    assert (account.email, account.level, account.state) == ("lea.durand@example.org", "password", "active")
    assert Session.objects.of(account).count() == 1
