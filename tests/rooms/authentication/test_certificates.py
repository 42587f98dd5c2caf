"""A certificate opens the space of its person, and of nobody else; anything less is refused and named (E10)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.models import Certificate, Session
from passavant.authentication.rules.limits import CERTIFICATES
from tests.authority import DAY, SERVER, Authority, Card, new_key
from tests.people import person
from tests.rooms.authentication.certificates import (
    HOST,
    PAGE,
    PRESENT,
    RETURN,
    House,
    back,
    bound,
    house,
    link_on,
    present,
    shows,
)
from tests.rooms.authentication.people_at_the_door import SPACE, facts, is_inside, sign_in

pytestmark = pytest.mark.django_db
__all__ = ["house"]


@pytest.fixture
def lea() -> Account:
    return person()


@pytest.fixture
def card(house: House, lea: Account) -> Card:
    """Léa's, enrolled long ago."""
    made = house.authority.issue()
    bound(lea, made)
    return made


def refused(client: Client, card: Card | None, why: str, verify: str = "") -> str:
    """It opens nothing, the trail says why, and the page says it in French with other ways; answers the page."""
    before = len(facts("certificate.refused"))
    answer = shows(client, card, verify)
    page = client.get(answer.headers["Location"]) if answer.status_code == 303 else answer
    assert page.status_code == 200
    text = page.content.decode()
    assert "fr-alert--error" in text
    assert "Identifiant et mot de passe" in text
    (fact,) = facts("certificate.refused")[before:]
    assert fact["why"] == why
    assert not is_inside(client)
    return text


def test_e10_a_good_certificate_enters_alone(card: Card, lea: Account, client: Client) -> None:
    answer = shows(client, card)
    assert (answer.status_code, answer.headers["Location"]) == (303, SPACE)
    assert is_inside(client)
    session = Session.objects.get()
    assert (session.methods, session.level, session.account) == ("sc mfa", "certificate", lea)
    assert Certificate.objects.get().last_used_at
    lea.refresh_from_db()
    assert lea.last_factor == "certificate"
    assert facts("certificate.refused") == []


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        ("NONE", "none"),
        ("", "none"),
        ("GARBAGE", "none"),
        ("FAILED:certificate has expired", "expired"),
        ("FAILED:certificate is not yet valid", "early"),
        ("FAILED:unable to get local issuer certificate", "issuer"),
        ("FAILED:unable to verify the first certificate", "issuer"),
        ("FAILED:self-signed certificate", "issuer"),
        ("FAILED:certificate revoked", "revoked"),
        ("FAILED:CRL has expired", "list"),
        ("FAILED:unable to get certificate CRL", "list"),
        ("FAILED:unsuitable certificate purpose", "usage"),
        ("FAILED:EE certificate key too weak", "key"),
        ("FAILED:certificate chain too long", "chain"),
        ("FAILED:certificate signature failure", "chain"),
        ("FAILED:something new", "chain"),
    ],
)
def test_e10_what_nginx_refuses_is_refused_and_named(card: Card, client: Client, verdict: str, why: str) -> None:
    refused(client, card, why, verdict or "-")


def test_e10_a_refusal_by_nginx_is_told_to_the_person_whose_key_it_was(card: Card, lea: Account, house: House) -> None:
    refused(Client(), card, "revoked", "FAILED:certificate revoked")
    assert facts("certificate.refused")[-1]["account"] == lea.id
    copied = house.authority.issue(serial=card.certificate.serial_number)
    refused(Client(), copied, "issuer", "FAILED:unable to get local issuer certificate")
    assert facts("certificate.refused")[-1]["account"] is None, "a number can be copied by anybody"


def test_e10_the_dates_hold_by_our_clock_too(card: Card, client: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        refused(client, card, "early")
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        refused(client, card, "expired")


@pytest.mark.parametrize("usages", [(), SERVER])
def test_e10_without_the_right_use_it_is_refused(house: House, lea: Account, client: Client, usages: tuple) -> None:
    made = house.authority.issue(usages=usages)
    bound(lea, made)
    assert "pas prévu pour s’authentifier" in refused(client, made, "usage")


def test_e10_an_authority_is_nobody(house: House, lea: Account, client: Client) -> None:
    made = house.authority.issue(authority=True)
    bound(lea, made)
    refused(client, made, "usage")


def test_e10_a_certificate_revoked_since_nginx_read_the_list_is_refused(
    house: House, card: Card, client: Client
) -> None:
    assert shows(Client(), card).headers["Location"] == SPACE
    house.revokes(card)
    assert "révoqué" in refused(client, card, "revoked")
    house.revokes(house.authority.issue())
    assert shows(client, card).headers["Location"] == SPACE


def test_e10_nobody_s_certificate_enters_nowhere(house: House, card: Card, client: Client) -> None:
    stranger = house.authority.issue("Paul Étranger")
    assert "rattaché à aucun compte" in refused(client, stranger, "unknown")
    assert facts("certificate.refused")[-1]["account"] is None


def test_e10_the_same_name_by_another_authority_is_somebody_else(house: House, card: Card, client: Client) -> None:
    other = Authority("Autre autorité")
    house.others.append(other)
    house.revokes()
    refused(client, other.issue("Léa Durand"), "namesake")
    same = other.issue("Léa Durand", serial=card.certificate.serial_number, key=card.key)
    refused(client, same, "namesake")


def test_e10_the_same_number_with_another_key_is_refused(
    house: House, card: Card, lea: Account, client: Client
) -> None:
    refused(client, house.authority.issue(serial=card.certificate.serial_number, key=new_key()), "mismatch")
    assert facts("certificate.refused")[-1]["account"] == lea.id


def test_a_renewed_certificate_is_another_one(house: House, card: Card, client: Client) -> None:
    refused(client, house.authority.issue(key=card.key), "unknown")


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_c_a_certificate_of_a_disabled_account_enters_nowhere(card: Card, client: Client, state: str) -> None:
    Account.objects.update(state=state, suspended_at=timezone.now())
    assert "désactivé" in refused(client, card, "disabled")


@pytest.mark.parametrize("level", list(Level))
def test_e5_a_certificate_reaches_every_level(card: Card, client: Client, level: Level) -> None:
    Account.objects.update(level=level.value)
    assert shows(client, card).headers["Location"] == SPACE
    assert facts("sign_in.completed")[-1]["level"] == "certificate"


def test_the_person_comes_back_to_the_page_asked(card: Card, client: Client) -> None:
    assert shows(client, card, next="/espace/profil/").headers["Location"] == "/espace/profil/"


@pytest.mark.parametrize("wanted", ["//ailleurs.example/", "https://ailleurs.example/", "/deconnexion/"])
def test_i15_the_page_asked_is_one_of_ours(card: Card, client: Client, wanted: str) -> None:
    link = link_on(client) + f"&next={wanted}"
    assert back(client, present(link, card)).headers["Location"] == SPACE


def test_past_the_limit_of_a_network_garbage_fills_the_trail_no_more(card: Card, client: Client) -> None:
    link = link_on(client)
    for _ in range(CERTIFICATES.allow):
        present(link, None)
    assert "refus=limite" in present(link, None).headers["Location"]
    assert len(facts("certificate.refused")) == CERTIFICATES.allow
    assert shows(client, card).headers["Location"] == SPACE, "D3: a good one never waits"


def test_who_is_signed_in_already_goes_to_their_space(card: Card, client: Client) -> None:
    shows(client, card)
    assert client.get(PAGE).headers["Location"] == SPACE


def test_the_sign_in_page_names_this_way_where_it_exists(house: House, client: Client) -> None:
    page = client.get("/connexion/?next=/espace/profil/").content.decode()
    assert f'href="{PAGE}?next=/espace/profil/"' in page


def test_reading_the_pages_writes_nothing_and_opens_no_session(card: Card, client: Client) -> None:
    link = link_on(client)
    assert client.get(f"{PAGE}?refus=expire").status_code == 200
    assert client.head(RETURN).status_code == 405
    assert client.head(PRESENT, HTTP_HOST=HOST).status_code == 405
    present(link, None)
    assert Session.objects.count() == 0


def test_l_the_page_speaks_english_to_who_asked_for_it(house: House, client: Client) -> None:
    client.cookies["langue"] = "en"
    page = client.get(f"{PAGE}?refus=expire").content.decode()
    assert "This certificate has expired." in page
    assert "Show my certificate" in page


def test_a_word_that_is_none_of_ours_says_nothing(house: House, client: Client) -> None:
    assert "fr-alert" not in client.get(f"{PAGE}?refus=<b>").content.decode().partition("<h1>")[0].partition("<main")[2]


def test_e5_the_password_alone_never_opens_the_level_of_a_certificate(card: Card, client: Client) -> None:
    Account.objects.update(level=Level.CERTIFICATE.value)
    assert sign_in(client).headers["Location"] == PAGE
    assert not is_inside(client)
    assert shows(client, card).headers["Location"] == SPACE
    assert facts("sign_in.completed")[-1]["methods"] == "pwd sc mfa"


def test_e10_an_expired_certificate_is_no_reason_to_add_another_by_password(
    house: House, lea: Account, client: Client
) -> None:
    Account.objects.update(level=Level.CERTIFICATE.value)
    bound(lea, house.authority.issue(starts=-400 * DAY, ends=-DAY))
    assert sign_in(client).headers["Location"] == PAGE, "it is asked, and not enrolled anew"
