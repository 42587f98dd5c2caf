"""What a provider tells of a person is bounded and shown as text, or refused (G7)."""

import json
from typing import Any
from unicodedata import category

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as some

from passavant.accounts.models import Account
from passavant.federation.models import Arrival
from passavant.federation.rules.told import Told
from passavant.federation.wire.claims import read_claims
from tests.providers.running import Hostile
from tests.rooms.federation.traveller import Traveller, provider, refusals

pytestmark = pytest.mark.django_db
SCRIPT = '<script>alert("x")</script>'
ISSUER = provider("https://portailpro.example")
NAMES = ("given_name", "usual_name", "family_name", "email", "email_verified", "siret", "siren", "acr", "amr", "sid")


def told(**claims: object) -> Told:
    return read_claims(ISSUER, {"sub": "s", **claims}, {}, "token")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Durand", "Durand"),
        ("  Anne-Marie\t\n de  N’Guessan ", "Anne-Marie de N’Guessan"),
        ("Lé\u0301a", "Lé\u0301a"),
        ("Le\u0301a", "Léa"),
        ("Du\x00rand", "Durand"),
        ("\u202eDurand\u202c", "Durand"),
        ("Du\u200brand\ufeff", "Durand"),
        ("Du\ud800rand", "Durand"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        (SCRIPT, SCRIPT),
        ("x" * 10_000, "x" * 100),
        (" " * 10_000 + "x", ""),
        (["Durand"], ""),
        ({"value": "Durand"}, ""),
        (12, ""),
        (None, ""),
        (True, ""),
    ],
)
def test_g7_a_name_is_one_line_that_one_can_see(said: object, kept: str) -> None:
    assert told(given_name=said).first_name == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("73282932000074", "73282932000074"),
        ("732 829 320 00074", "73282932000074"),
        ("732829320", "732829320"),
        ("73282932000075", ""),
        ("1" * 10_000, ""),
        (73282932000074, ""),
        (["73282932000074"], ""),
        (SCRIPT, ""),
    ],
)
def test_g7_a_company_number_is_one_or_nothing(said: object, kept: str) -> None:
    assert told(siret=said).company_number == kept


@pytest.mark.parametrize(
    "said",
    [
        "a@b@c",
        "lea@negoce.example\r\nBcc: x@y.example",
        "lea@negoce.example,x@y.example",
        "x" * 300 + "@negoce.example",
        "lea\x00@negoce.example",
        ["lea@negoce.example"],
        7,
        SCRIPT,
        "",
    ],
)
def test_g7_an_address_is_one_or_nothing(said: object) -> None:
    assert told(email=said).email == ""


def test_g7_an_address_verified_is_so_by_the_word_true_alone() -> None:
    assert told(email_verified=True).email_verified
    others: tuple[object, ...] = ("true", 1, "1", [True], {}, None, "oui")
    for said in others:
        assert not told(email_verified=said).email_verified


def test_g7_userinfo_says_nothing_of_how_one_signed_in() -> None:
    read = read_claims(ISSUER, {"sub": "s"}, {"sub": "s", "acr": "eidas1-mfa", "amr": ["mfa"], "sid": "x"}, "token")
    assert (read.acr, read.amr, read.sid) == ("", (), "")


@pytest.mark.parametrize(
    ("amr", "kept"), [("pwd", ()), (["pwd", 7, None], ("pwd", "", "")), (["x"] * 50, ("x",) * 10), ({"pwd": 1}, ())]
)
def test_g7_methods_of_another_kind(amr: object, kept: tuple[str, ...]) -> None:
    assert told(amr=amr).amr == kept


ANYTHING = some.recursive(
    some.none() | some.booleans() | some.floats(allow_nan=False) | some.integers() | some.text(max_size=300),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@bounded(max_examples=200, deadline=None)
@given(claims=some.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, ANYTHING)))
def test_g7_whatever_is_told_is_read_and_fits(claims: dict[str, Any]) -> None:
    read = told(**claims)
    assert max(len(read.first_name), len(read.last_name), len(read.acr)) <= 100
    assert max(len(read.sid), len(read.email)) <= 255
    lines = read.first_name + read.last_name + read.sid + read.acr + "".join(read.amr)
    assert [c for c in lines if category(c).startswith("C") or (c.isspace() and c != " ")] == []
    assert Told.unpacked(json.loads(json.dumps(read.packed()))) == read
    json.dumps(read.packed()).encode()


KINDS = [
    {"given_name": SCRIPT, "usual_name": SCRIPT},
    {"given_name": "x" * 10_000, "usual_name": "y" * 10_000},
    {"given_name": "L\x00éa", "usual_name": "\u202eDurand"},
    {"given_name": ["Léa"], "usual_name": {"a": 1}, "family_name": 7},
    {"siret": "12345678901234"},
    {"siret": 7, "email_verified": "yes"},
    {"email": 7},
    {"email": "hugo\x00@negoce-durand.example"},
    {"email": SCRIPT},
    {name: [] for name in ("given_name", "usual_name", "family_name", "email", "email_verified", "siret")},
]


@pytest.mark.parametrize("claims", KINDS)
def test_g7_the_person_reads_it_again_before_it_is_kept(liar: Hostile, lea: Traveller, claims: dict[str, Any]) -> None:
    liar.set(claims=claims)
    lea.crosses("liar")
    if lea.url == "/connexion/arrivee/adresse/":
        assert not Arrival.objects.get().email
        lea.proves_address("hugo@negoce-durand.example")
    assert lea.url == "/connexion/arrivee/compte/"
    assert SCRIPT not in lea.html
    named = (
        {} if lea.page.form("Créer mon compte").values["last_name"] else {"last_name": "Stile", "first_name": "Hugo"}
    )
    lea.confirms(**named)
    assert lea.url == "/espace/"
    account = Account.objects.get()
    assert len(account.last_name) <= 100
    assert account.company_number in {"", "73282932000074"}
    for page in ("/espace/", "/espace/profil/", "/espace/securite/", "/espace/activite/"):
        assert lea.opens(page).status == 200
        assert SCRIPT not in lea.html
    if claims.get("usual_name") == SCRIPT:
        assert account.last_name == SCRIPT
        assert escape(SCRIPT) in lea.opens("/espace/profil/").html
    assert refusals() == []


@pytest.mark.parametrize("sid", ["s\x00", "s" * 1000, ["s"], 7, None])
def test_g7_the_name_of_the_session_there(liar: Hostile, lea: Traveller, sid: object) -> None:
    liar.set(id_token={"sid": sid, "acr": ["x"], "amr": {"a": 1}})
    assert lea.crosses("liar").url == "/connexion/arrivee/compte/"
    assert len(Arrival.objects.get().sid) <= 255
