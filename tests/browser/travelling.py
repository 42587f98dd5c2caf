"""The portal with two others declared, their real providers, and a person who goes from one to the other."""

from collections.abc import Iterator
from typing import ClassVar

import pytest

from tests.browser.visitor import Visitor
from tests.cluster import Cluster
from tests.providers.people import person
from tests.providers.running import CLIENT, SECRET, Honest
from tests.stack import Stack

PORTAILPRO, PROCONNECT = "Portailpro.gouv.fr", "ProConnect"
AS_PROCONNECT = {
    "pkce": "false",
    "acr_values": "eidas1",
    "newcomers": "false",
    "emails": "claimed",
    "about": "https://proconnect.example/",
}


@pytest.fixture(scope="module")
def stack(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, honest: Honest, proconnect: Honest
) -> Iterator[Stack]:
    """The portal with two others declared, as .env.example tells."""
    cluster = Cluster() if pytestconfig.getoption("--database") == "postgresql" else None
    running = Stack(
        tmp_path_factory.mktemp("arrivals"),
        cluster.url if cluster else "",
        PASSAVANT_SECRET_KEY="a-key-for-the-browser-and-for-nothing-else",
        **declared("portailpro", honest, PORTAILPRO),
        **declared("proconnect", proconnect, PROCONNECT, **AS_PROCONNECT),
    )
    register(honest, running, "portailpro")
    register(proconnect, running, "proconnect")
    try:
        running.command("demo")
        running.start()
        yield running
    finally:
        running.stop()
        if cluster:
            cluster.stop()


def declared(name: str, provider: Honest, label: str, **more: str) -> dict[str, str]:
    told = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET, "label": label, **more}
    return {f"PASSAVANT_FEDERATION__{name.upper()}__{field.upper()}": value for field, value in told.items()}


def register(provider: Honest, stack: Stack, name: str) -> None:
    provider.register(
        redirect_uris=[f"{stack.url}/connexion/{name}/retour/"],
        post_logout_redirect_uris=[f"{stack.url}/connexion/"],
        backchannel_logout_uri=f"{stack.url}/connexion/{name}/deconnexion/",
    )


class Traveller(Visitor):
    """Goes to the other portal and comes back."""

    codes: ClassVar[set[str]] = set()  # already read: a mailbox keeps the older ones

    def leaves_for(self, portal: str = PORTAILPRO, path: str = "/connexion/") -> None:
        self.opens(path)
        self.page.get_by_role("link", name=f"S’identifier avec {portal}").click()

    def says_there(self, login: str) -> None:
        self.fills(Identifiant=login)
        self.presses("Continuer")

    def comes_from(self, login: str, portal: str = PORTAILPRO) -> None:
        self.leaves_for(portal)
        self.says_there(login)

    def proves(self, address: str) -> None:
        """The address that the portal told, by the code it receives."""
        self.look(self.page, "arrivee-adresse")
        self.presses("Recevoir un code")
        self.look(self.page, "arrivee-code")
        self.types_code(address)

    def types_code(self, address: str) -> None:
        """Read where the demonstration keeps the mails, then back to the page."""
        here, older = self.page.url, "|".join(self.codes) or "none"
        code = self.mail(address, rf"\b(?!{older})\d{{6}} est votre code")[:6]
        self.codes.add(code)
        self.opens(here)
        self.fills(Code=code)
        self.presses("Valider")

    def agrees(self) -> None:
        self.look(self.page, "arrivee-compte")
        self.field("J’accepte").check()
        self.presses("Créer mon compte")

    def is_born(self, login: str) -> None:
        """A whole first arrival."""
        self.comes_from(login)
        self.proves(address(login))
        self.agrees()


def address(login: str) -> str:
    return f"{login}@negoce-durand.example"


def told(provider: Honest, login: str, **claims: str) -> None:
    """A person of that portal for one test alone: accounts stay from one to the next."""
    known = person(login, "Nora", "Petit", acr="eidas1", amr=["pwd"])
    provider.set(person={**known, "claims": {**known["claims"], **claims}})
