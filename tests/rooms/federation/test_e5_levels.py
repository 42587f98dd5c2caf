"""What a provider proved counts, and what the account's level still lacks is asked here (E5, G5)."""

import pytest
from pytest_django.fixtures import Settings

from passavant.authentication.rules.levels import Step
from passavant.federation.rules.proofs import KNOWN, methods, steps
from tests.people import person
from tests.providers.running import Honest
from tests.rooms.accounts.samples import facts
from tests.rooms.authentication.people_at_the_door import another, codes_sent, count_sent
from tests.rooms.federation.traveller import Traveller, linked, offer, registered

pytestmark = pytest.mark.django_db
ONE, BOTH = frozenset({Step.PASSWORD}), frozenset({Step.PASSWORD, Step.SMS})
STRONG = BOTH | {Step.TOTP}
TABLE = [
    ("", (), ONE),
    ("eidas0", (), ONE),
    ("eidas1", ("pwd",), ONE),
    ("eidas1", ("pwd", "otp", "mfa"), ONE),  # the class says one factor
    ("eidas1-mfa", (), ONE),  # the methods say nothing: the weakest
    ("eidas1-mfa", ("pwd",), ONE),
    ("eidas1-mfa", ("pwd", "mail"), ONE),  # a mailbox is not a second factor
    ("eidas1-mfa", ("pwd", "pin", "face"), ONE),
    ("eidas1-mfa", ("pwd", "mfa"), BOTH),
    ("eidas1-mfa", ("pwd", "sms"), BOTH),
    ("eidas0-mfa", ("pwd", "totp"), BOTH),
    ("eidas1-mfa", ("pop",), BOTH),
    ("eidas2", ("mfa",), BOTH),
    ("eidas2", ("pwd", "sms", "mfa"), BOTH),
    ("eidas2", ("hwk",), STRONG),
    ("eidas3", ("sc", "pin"), STRONG),
    ("EIDAS1-MFA", ("pwd", "mfa"), ONE),
    ("https://example.org/eidas1-mfa", ("pwd", "mfa"), ONE),
    ("eidas1-mfa", ("MFA", "SMS", "p w d"), ONE),
    ("self-asserted-2fa", ("pwd", "mfa"), ONE),
]


@pytest.mark.parametrize(("acr", "amr", "done"), TABLE)
def test_g5_what_is_not_said_is_not_proved(acr: str, amr: tuple[str, ...], done: frozenset[Step]) -> None:
    assert steps(acr, amr) == done


def test_g5_methods_are_repeated_when_they_are_known_and_fit() -> None:
    assert methods(()) == ("pwd",)
    assert methods(("pwd", "otp", "mfa")) == ("pwd", "otp", "mfa")
    assert methods(("pwd", "pwd", "<script>", "kba", "")) == ("pwd",)
    assert methods(("kba",)) == ("pwd",)
    longest = sorted(KNOWN - {"sms", "mfa"}, key=len)[::-1]
    assert len(" ".join((*methods(longest), "sms", "mfa"))) <= 40, "the column of sessions"


def at_level_sms(portal: Honest, **says: object) -> None:
    """Léa, known by the portal, whose account asks for the SMS at every sign-in."""
    linked(person(sms=True), portal.issuer)
    portal.set(person={"login": "lea", **says})


@pytest.mark.parametrize(
    "says",
    [
        {"acr": "eidas1", "amr": ["pwd"]},
        {"acr": "eidas1-mfa", "amr": None},
        {"acr": None, "amr": ["pwd", "otp", "mfa"]},
        {"acr": None, "amr": None},
    ],
)
def test_e5_what_the_level_lacks_is_asked_here(portailpro: Honest, lea: Traveller, says: dict[str, object]) -> None:
    at_level_sms(portailpro, **says)
    lea.crosses(wanted="/espace/profil/")
    assert lea.url == "/connexion/code/"
    assert not lea.is_inside()
    assert count_sent() == 1
    code = codes_sent()[-1]
    lea.fills("Valider", {"Code à 6 chiffres": another(code)})
    assert (lea.status, lea.is_inside()) == (422, False)
    lea.fills("Valider", {"Code à 6 chiffres": code})
    assert (lea.url, lea.is_inside()) == ("/espace/profil/", True)
    assert (lea.session.level, lea.session.through) == ("sms", "portailpro")
    assert {"pwd", "sms", "mfa"} <= set(lea.session.methods.split())
    assert lea.session.arrival is not None


def test_e5_what_was_done_there_is_not_asked_again(portailpro: Honest, lea: Traveller) -> None:
    at_level_sms(portailpro, acr="eidas1-mfa", amr=["pwd", "otp", "mfa"])
    lea.crosses()
    assert (lea.url, lea.is_inside(), count_sent()) == ("/espace/", True, 0)
    session = lea.session
    assert (session.level, session.methods, session.through) == ("sms", "pwd otp mfa", "portailpro")
    (arrived,) = facts("federation.arrived")
    assert (arrived["acr"], arrived["amr"], arrived["provider"]) == ("eidas1-mfa", "pwd otp mfa", "portailpro")
    (completed,) = facts("sign_in.completed")
    assert (completed["through"], completed["methods"], completed["level"]) == ("portailpro", "pwd otp mfa", "sms")


def test_e5_every_method_at_once_finds_room(portailpro: Honest, lea: Traveller) -> None:
    at_level_sms(
        portailpro, acr="eidas1", amr=["totp", "mail", "face", "user", "otp", "pop", "hwk", "swk", "pwd", "pin"]
    )
    lea.crosses().fills("Valider", {"Code à 6 chiffres": codes_sent()[-1]})
    assert lea.is_inside()
    assert lea.session.methods == "totp mail face user otp pop sms mfa"


def test_g5_at_level_password_a_plain_arrival_is_enough(portailpro: Honest, lea: Traveller) -> None:
    linked(person(), portailpro.issuer, "sub-of-aline")
    lea.crosses(who="aline")  # of whom nothing is said
    assert lea.is_inside()
    assert (lea.session.methods, lea.session.level) == ("pwd", "password")


def test_g5_proconnect_refuses_who_has_not_the_level_asked(
    proconnect: Honest, settings: Settings, lea: Traveller
) -> None:
    proconnect.set(client=registered("proconnect", userinfo_signed_response_alg="RS256"), options={"enforce_acr": True})
    scopes = ("openid", "given_name", "usual_name", "email", "siret")
    profile = {"pkce": False, "scopes": scopes, "acr_values": ("eidas1-mfa",), "emails": "verified"}
    offer(settings, proconnect=(proconnect, profile))
    assert (lea.crosses("proconnect", "lea").why, lea.is_inside()) == ("denied", False)
    assert lea.crosses("proconnect", "marc").url == "/connexion/arrivee/compte/"


def test_e5_between_the_two_steps_nothing_is_open(portailpro: Honest, lea: Traveller) -> None:
    at_level_sms(portailpro)
    lea.crosses()
    for page in ("/espace/", "/espace/profil/", "/espace/securite/"):
        assert lea.client.get(page).headers["Location"] == "/connexion/code/"
    lea.opens("/connexion/arrivee/rattachement/")
    assert lea.status == 400


def test_c1_the_key_of_the_session_is_a_new_one(portailpro: Honest, lea: Traveller) -> None:
    linked(person(), portailpro.issuer)
    lea.opens("/inscription/").signs_up(identifier="un.autre")
    before = lea.client.cookies["session"].value
    lea.crosses()
    assert lea.is_inside()
    assert lea.client.cookies["session"].value != before
    thief = Traveller()
    thief.client.cookies["session"] = before
    assert not thief.is_inside()
