"""What people type becomes a value or a sentence that says what to do; never an error of ours (J3, J4)."""

import socket
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from passavant.accounts.forms.domains import receives_mail
from passavant.accounts.forms.drafts import DRAFT, current, keep
from passavant.accounts.forms.recap import recap
from passavant.accounts.forms.sign_up import SignUpForm
from passavant.accounts.rules.levels import Level, offered
from passavant.accounts.rules.registrations import Registration
from passavant.foundation.values import Phone, parse_company_number
from tests.people import ENCODED, PASSWORD
from tests.rooms.accounts.samples import registration

GOOD = {
    "identifier": "lea.durand",
    "password": PASSWORD,
    "level": "password",
    "last_name": "Durand",
    "first_name": "Léa",
    "email": "lea@negoce.example",
    "terms": "on",
}


def fault(name: str, value: str, **others: str) -> str:
    """What the form says beside this field, or ""."""
    form = SignUpForm(GOOD | {name: value} | others)
    return str(form.errors[name][0]) if name in form.errors else ""


def answered(**changed: str) -> Registration:
    form = SignUpForm(GOOD | changed)
    assert form.is_valid(), form.errors
    return form.registration(None, ENCODED)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("identifier", "", "Choisissez un identifiant."),
        ("identifier", "lea", "au moins 6 caractères"),
        ("identifier", "l" * 31, "30 caractères au maximum"),
        ("identifier", "lea durand@", "Retirez\u00a0: U+0020 @."),
        ("identifier", "lеа.durand", "Retirez\u00a0: е а."),  # Cyrillic
        ("identifier", "lea\x00durand", "U+0000"),
        ("password", "", "Saisissez un mot de passe."),
        ("password", "Durand2026!", "ressemble trop à «\u00a0Durand\u00a0»"),
        ("password", "Z" * 257, "256 caractères au maximum"),
        ("level", "", "Choisissez un niveau de sécurité."),
        ("level", "certificate", "Choisissez un niveau de sécurité."),
        ("last_name", " ", "Saisissez votre nom."),
        ("last_name", "D" * 101, "100 caractères au maximum"),
        ("last_name", "Dur\u202eand", "caractères invisibles"),
        ("last_name", "Dur\ufffdand", "caractères invisibles"),
        ("first_name", "", "ou cochez «\u00a0Je n’ai pas de prénom\u00a0»"),
        ("email", "", "Saisissez votre adresse électronique."),
        ("email", "lea@negoce", "avec un @ et un nom de domaine"),
        ("email", "lea@negoce.example,x@evil.example", "avec un @ et un nom de domaine"),
        ("email", "lea@negoce.example\r\nBcc: x@evil.example", "avec un @ et un nom de domaine"),
        ("mobile", "06 12", "numéro de portable à 10 chiffres"),
        ("phone", "zéro un", "numéro de téléphone à 10 chiffres"),
        ("company_number", "732 829", "Vous en avez saisi 6."),
        ("company_number", "732 829 321", "probablement une faute de frappe"),
        ("company_number", "FR73282932A", "que des chiffres"),
        ("address", "x" * 501, "500 caractères au maximum"),
        ("terms", "", "Acceptez les conditions générales"),
    ],
)
def test_a_field_says_what_to_do(name: str, value: str, told: str) -> None:
    assert told in fault(name, value)


def test_j4_what_is_true_goes_through_exactly() -> None:
    kept = answered(
        last_name="N’Guyễn-d’Ærøskøbing  de La Tour",
        first_name="Élie-Ömer",
        mobile="0692 12 34 56",
        phone="+32 2 555 12 12",
        company_number="356 000 000 00048",
        address="1 quai\r\n76600 Le Havre",
    )
    profile = kept.profile
    assert (profile.last_name, profile.first_name) == ("N’Guyễn-d’Ærøskøbing de La Tour", "Élie-Ömer")
    assert (profile.mobile, profile.phone) == (Phone.parse("+262692123456"), Phone.parse("+3225551212"))
    assert profile.company_number == parse_company_number("35600000000048")  # La Poste's own rule
    assert profile.address == "1 quai\n76600 Le Havre"


def test_a_person_may_have_no_first_name() -> None:
    assert answered(first_name="", no_first_name="on").profile.first_name == ""
    assert answered(first_name="Léa", no_first_name="on").profile.first_name == ""


def test_e4_the_operator_names_the_countries_we_text_to(settings: Settings) -> None:
    assert fault("mobile", "+32 470 12 34 56") == ""
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"sms_countries": ("FR",)})
    assert "vers ce pays" in fault("mobile", "+32 470 12 34 56")


def test_the_levels_offered_are_the_operators(settings: Settings) -> None:
    assert offered() == [Level.PASSWORD, Level.SMS, Level.TOTP, Level.PASSKEY]
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"levels": ("sms",)})
    assert offered() == [Level.SMS]
    assert fault("level", "password")
    assert all(str(level.label) for level in Level)


def test_validating_twice_says_the_same() -> None:
    form = SignUpForm(GOOD | {"email": "lea@gmial.com"})
    first = str(form.errors)
    form.full_clean()
    assert str(form.errors) == first
    assert form.questioned == "lea@gmial.com"


@pytest.mark.parametrize("tail", ["", ".", "x"])
def test_a_question_answered_is_for_that_address_only(tail: str) -> None:
    assert fault("email", "lea@gmial.com", email_kept="lea@gmial.com") == ""
    assert "Vouliez-vous dire" in fault("email", "lea@gmial.com", email_kept=f"autre@gmial.com{tail}")


def test_domains_are_asked_about_only_where_the_operator_wants_it(settings: Settings) -> None:
    assert fault("email", "lea@yopmail.com") == ""
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"check_mail_domains": True})
    assert "ne reçoit pas de courriel" in fault("email", "lea@yopmail.com")
    assert "ne reçoit pas de courriel" in fault("email", "lea@alias.mailinator.com")


@pytest.mark.parametrize(
    ("error", "accepted"),
    [
        (None, True),
        (socket.gaierror(socket.EAI_NONAME, "no such name"), False),
        (socket.gaierror(socket.EAI_NODATA, "a name without address, perhaps with MX"), True),
        (socket.gaierror(socket.EAI_AGAIN, "the resolver does not answer"), True),
        (TimeoutError(), True),
    ],
)
def test_a_domain_is_refused_only_when_nobody_registered_it(error: OSError | None, accepted: bool) -> None:
    def resolve(_domain: str, _port: None) -> Any:
        if error:
            raise error

    assert receives_mail("negoce.example", resolve) is accepted


def test_a_draft_survives_the_session_and_shows_all_but_the_password() -> None:
    session: dict[str, Any] = {}
    draft = registration(mobile=Phone.parse("0639981234"), company_number=parse_company_number("732829320"))
    keep(session, draft)  # type: ignore[arg-type]
    assert current(session) == draft  # type: ignore[arg-type]
    shown = [str(value) for _legend, rows in recap(draft) for _label, value, _link in rows]
    assert "06 39 98 12 34" in shown
    assert ENCODED not in shown


@pytest.mark.parametrize("kept", [None, {}, {"id": "x"}, {"id": "00000000-0000-4000-8000-000000000000"}])
def test_a_draft_of_another_version_is_forgotten(kept: dict[str, str] | None) -> None:
    assert current({DRAFT: kept}) is None  # type: ignore[arg-type]
