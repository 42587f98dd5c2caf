"""Four situations where a portal and an account do not simply agree, and what is said of each (G4)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.actions import close_account
from passavant.accounts.models import Account
from passavant.federation.models import Arrival, ExternalIdentity
from passavant.federation.tasks import sweep
from tests.people import PASSWORD, person
from tests.providers.running import Honest, Hostile
from tests.rooms.accounts.samples import HERE
from tests.rooms.federation.traveller import HERS, Traveller, linked, nothing_is_open, provider

pytestmark = pytest.mark.django_db
LINK_PAGE = "/connexion/arrivee/rattachement/"


def test_g4_1_the_same_address_from_another_portal(
    believed: Honest, hostile: Hostile, settings: Settings, lea: Traveller
) -> None:
    lea.crosses().confirms().sends("Me déconnecter")
    hostile.set(claims={"email": HERS})
    both = settings.PASSAVANT.federation | {"liar": provider(hostile.issuer, emails="verified", label="Autre")}
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"federation": both})
    lea.crosses("liar")
    assert (lea.url, lea.page.title) == (LINK_PAGE, "Vous avez déjà un compte")
    assert "Il n’a pas de mot de passe : il s’ouvre avec un autre portail." in lea.page.text
    assert lea.page.links["Générer un mot de passe"] == "/mot-de-passe-oublie/"
    way = lea.page.links["Me connecter avec Portailpro.gouv.fr"]
    assert way == f"/connexion/portailpro/?next={LINK_PAGE}"
    assert ExternalIdentity.objects.count() == 1
    there = lea.client.get(way).headers["Location"]
    lea.opens(lea.signs_in_there(there))
    assert lea.url == LINK_PAGE
    assert lea.sends("Rattacher Autre").url == "/espace/securite/"
    assert sorted(i.provider for i in ExternalIdentity.objects.all()) == ["liar", "portailpro"]
    assert Account.objects.count() == 1


def test_g4_1_the_other_portal_is_no_longer_offered(
    believed: Honest, hostile: Hostile, settings: Settings, lea: Traveller
) -> None:
    lea.crosses().confirms().sends("Me déconnecter")
    hostile.set(claims={"email": HERS})
    alone = {"liar": provider(hostile.issuer, emails="verified", label="Autre")}
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"federation": alone})
    assert (lea.crosses("liar").status, lea.url) == (200, LINK_PAGE)


def test_g4_2_another_person_of_the_same_portal(believed: Honest, lea: Traveller) -> None:
    account = person(email=HERS)
    linked(account, believed.issuer, "her-former-number")
    lea.crosses()
    assert lea.url == LINK_PAGE
    assert lea.page.title == "Ce compte est déjà rattaché à un autre compte Portailpro.gouv.fr"
    assert "retirez l’ancien dans « Sécurité »" in lea.page.text
    lea.opens("/connexion/")
    token = lea.page.form("Me connecter").values["csrfmiddlewaretoken"]
    lea.fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": PASSWORD})
    token = lea.page.form("Me déconnecter").values["csrfmiddlewaretoken"]
    assert lea.client.post(LINK_PAGE, {"csrfmiddlewaretoken": token}).status_code == 409
    assert [i.subject for i in ExternalIdentity.objects.all()] == ["her-former-number"]
    assert Arrival.objects.filter(spent_at=None).count() == 1, "she may remove the former one and go on"


def test_g4_3_a_known_person_with_an_address_that_is_another_s(believed: Honest, lea: Traveller) -> None:
    lea.crosses().confirms().sends("Me déconnecter")
    marc = person(identifier="marc.petit", email="marc@negoce-durand.example")
    believed.set(person={"login": "lea", "claims": {"email": "marc@negoce-durand.example"}})
    lea.crosses(wanted="/espace/profil/")
    assert lea.page.title == "Portailpro.gouv.fr indique une autre adresse"
    assert lea.session.account.email == HERS  # type: ignore[union-attr]
    assert lea.page.links["Continuer"] == "/espace/profil/"
    marc.refresh_from_db()
    assert (marc.email, ExternalIdentity.objects.get().email) == ("marc@negoce-durand.example", marc.email)
    lea.opens("/espace/securite/")
    assert "Portailpro.gouv.fr indique une autre adresse" in lea.page.text
    lea.sends("Me déconnecter")
    assert lea.crosses().url == "/espace/", "told once"


@pytest.mark.parametrize("wanted", ["/espace/?" + "a=%26&" * 330, "/espace/profil/?a=1&b=2"])
def test_g4_3_whatever_page_was_asked_for(believed: Honest, lea: Traveller, wanted: str) -> None:
    lea.crosses().confirms().sends("Me déconnecter")
    believed.set(person={"login": "lea", "claims": {"email": "neuve@negoce-durand.example"}})
    lea.crosses(wanted=wanted)
    assert (lea.status, lea.page.title) == (200, "Portailpro.gouv.fr indique une autre adresse")
    assert lea.page.links["Continuer"] == wanted


def test_g4_4_a_suspended_account(believed: Honest, lea: Traveller) -> None:
    account = person(suspended=True, email=HERS)
    linked(account, believed.issuer)
    lea.crosses()
    assert (lea.status, lea.why, lea.page.title) == (403, "disabled", "Ce compte est désactivé")
    assert "Contactez l’assistance" in lea.page.text
    assert nothing_is_open(lea.client)
    assert not Arrival.objects.exists()


def test_g4_4_a_closed_account_keeps_nobody(believed: Honest, lea: Traveller) -> None:
    former = person(email=HERS)
    linked(former, believed.issuer)
    close_account(former, PASSWORD, origin=HERE)
    lea.crosses().confirms()
    assert lea.url == "/espace/", "the identity is free at once"
    identity = ExternalIdentity.objects.get()
    assert identity.account != former
    assert sweep() == 0


def test_identities_of_a_closed_account_are_swept(believed: Honest) -> None:
    former, other = person(email=HERS), person()
    linked(former, believed.issuer, "a")
    linked(other, believed.issuer, "b")
    close_account(former, PASSWORD, origin=HERE)
    assert sweep() == 1
    assert [i.subject for i in ExternalIdentity.objects.all()] == ["b"]


def test_arrivals_are_swept_a_day_after_their_end(believed: Honest, lea: Traveller) -> None:
    lea.crosses().confirms()
    assert Arrival.objects.count() == 2
    assert sweep() == 0
    Arrival.objects.update(expires_at=timezone.now() - timedelta(hours=25))
    assert sweep() == 2
    assert lea.is_inside(), "the session lives on"


def test_what_was_told_is_kept_sealed(believed: Honest, lea: Traveller) -> None:
    lea.crosses()
    arrival = Arrival.objects.get()
    assert b"Durand" not in bytes(arrival.sealed)
    assert arrival.told.last_name == "Durand"
    assert lea.client.cookies["arrivee"].value not in {str(value) for value in Arrival.objects.values().get().values()}
