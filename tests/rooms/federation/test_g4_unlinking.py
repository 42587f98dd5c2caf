"""A portal is removed from « Sécurité »; never the last way in (G4)."""

from uuid import uuid4

import pytest

from passavant.accounts.models import Account
from passavant.authentication.models import Session
from passavant.federation.actions import link, unlink
from passavant.federation.actions.outcomes import Refused
from passavant.federation.models import Arrival, ExternalIdentity
from passavant.federation.rules.told import Told
from tests.people import PASSWORD, person
from tests.providers.running import Honest
from tests.rooms.accounts.samples import HERE, facts
from tests.rooms.accounts.test_races import at_once, place
from tests.rooms.accounts.visitor import subjects
from tests.rooms.federation.traveller import HERS, Traveller, linked

pytestmark = pytest.mark.django_db
SECURITY = "/espace/securite/"


def by_password(login: str = "lea.durand") -> Traveller:
    other = Traveller("198.51.100.4")
    other.opens("/connexion/").fills("Me connecter", {"Identifiant": login, "Mot de passe": PASSWORD})
    assert other.is_inside()
    return other


def removal(identity: ExternalIdentity) -> str:
    return f"{SECURITY}rattachement/{identity.pk}/"


def test_g4_a_portal_is_removed_with_the_sessions_it_opened(portailpro: Honest, lea: Traveller) -> None:
    account = person(email=HERS, born_of="portailpro")
    identity = linked(account, portailpro.issuer)
    lea.crosses()
    here = by_password()
    here.opens(SECURITY).opens(removal(identity))
    assert (here.page.title, ExternalIdentity.objects.count()) == ("Retirer Portailpro.gouv.fr", 1)
    assert here.sends("Retirer").url.startswith(SECURITY)
    assert not ExternalIdentity.objects.exists()
    assert (lea.is_inside(), here.is_inside()) == (False, True)
    account.refresh_from_db()
    assert (account.born_of, bool(account.password), account.level) == ("", True, "password")
    (removed,) = facts("identity.unlinked")
    assert (removed["how"], removed["provider"], removed["account"]) == ("removed", "portailpro", account.id)
    assert subjects(HERS)[-1].endswith("Portailpro.gouv.fr")
    assert lea.crosses().url == "/connexion/arrivee/adresse/", "it is nobody's now"


def test_g4_the_last_way_in_stays(believed: Honest, lea: Traveller) -> None:
    lea.crosses().confirms()
    identity = ExternalIdentity.objects.get()
    lea.opens(removal(identity)).sends("Retirer")
    assert "C’est votre seul moyen de connexion." in lea.page.text
    assert lea.page.links["Générer un mot de passe"] == "/mot-de-passe-oublie/"
    assert ExternalIdentity.objects.count() == 1
    assert facts("identity.unlinked") == []


def test_g4_somebody_else_s_is_not_found(portailpro: Honest) -> None:
    theirs = linked(person(), portailpro.issuer)
    person(identifier="claude.petit", email="claude@example.org")
    claude = by_password("claude.petit")
    for name in (theirs.pk, uuid4()):
        claude.opens(SECURITY)
        token = claude.page.form("Me déconnecter").values["csrfmiddlewaretoken"]
        path = f"{SECURITY}rattachement/{name}/"
        assert claude.client.get(path).status_code == 404
        assert claude.client.post(path, {"csrfmiddlewaretoken": token}).status_code == 404
    assert ExternalIdentity.objects.count() == 1
    assert unlink(Account.objects.get(identifier="claude.petit"), theirs.pk, origin=HERE) == Refused("gone")


def test_looking_at_it_changes_nothing(portailpro: Honest) -> None:
    identity = linked(person(), portailpro.issuer)
    lea = by_password()
    for _ in range(3):
        lea.opens(removal(identity))
    assert ExternalIdentity.objects.count() == 1


def test_the_session_from_which_it_is_asked_may_be_kept(portailpro: Honest, lea: Traveller) -> None:
    account = person(email=HERS)
    identity = linked(account, portailpro.issuer)
    lea.crosses()
    kept = lea.session
    Traveller("198.51.100.8").crosses()
    store = type("Store", (), {"row": kept})()
    assert isinstance(unlink(account, identity.pk, keep=store, origin=HERE), ExternalIdentity)
    assert [session.pk for session in Session.objects.exclude(account=None)] == [kept.pk]


@pytest.mark.django_db(transaction=True)
def test_g4_two_tabs_do_not_remove_the_two_last_ways(portailpro: Honest) -> None:
    for _ in range(3):
        account = person(password="")
        ways = [linked(account, f"https://portail{n}.example", portal=f"portail{n}") for n in range(4)]
        answers = at_once(4, lambda n, account=account, ways=ways: unlink(account, ways[n].pk, origin=place(n)))  # type: ignore[misc]
        assert [answer for answer in answers if isinstance(answer, Refused)] == [Refused("last")]
        assert ExternalIdentity.objects.of(account).count() == 1
        ExternalIdentity.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_g4_one_identity_asked_for_by_many_goes_to_one(portailpro: Honest) -> None:
    told = Told(issuer=portailpro.issuer, subject="sub-of-lea", email=HERS)
    people, arrivals = [person() for _ in range(4)], []
    for _ in people:
        arrival, _token = Arrival.of("portailpro", told, "")
        arrival.save(force_insert=True)
        arrivals.append(arrival)
    answers = at_once(4, lambda n: link(people[n], arrivals[n], origin=place(n)))
    assert sorted(getattr(answer, "why", "linked") for answer in answers) == ["linked", "taken", "taken", "taken"]
    assert ExternalIdentity.objects.count() == 1
    assert len(facts("identity.linked")) == 1


@pytest.mark.django_db(transaction=True)
def test_g4_one_arrival_in_many_windows_links_once(portailpro: Honest) -> None:
    account = person()
    arrival, _token = Arrival.of("portailpro", Told(issuer=portailpro.issuer, subject="s", email=HERS), "")
    arrival.save(force_insert=True)
    answers = at_once(6, lambda n: link(account, arrival, origin=place(n)))
    assert sorted(getattr(answer, "why", "linked") for answer in answers) == ["gone"] * 5 + ["linked"]
    assert len(facts("identity.linked")) == 1
