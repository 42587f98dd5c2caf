"""Somebody who arrives from another portal: our pages through HTTP, the provider's through its own walker."""

import re
from importlib import import_module
from typing import Any

from django.test import Client
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.authentication.models import Session
from passavant.federation.models import ExternalIdentity
from passavant.federation.rules.providers import Provider
from passavant.federation.wire import calls, circuit
from tests.providers.running import CLIENT, SECRET
from tests.providers.walking import Walker, refuse_at, sign_in_at
from tests.rooms.accounts.samples import facts
from tests.rooms.accounts.visitor import Visitor, mails, text_of

SITE = "http://localhost:8000"
HERS = "lea@negoce-durand.example"  # as tests/providers/people.py says
CODE = re.compile(r"^\d{6}$", re.MULTILINE)

published = import_module("passavant.federation.wire.metadata")  # a function of the package has its name
KEPT = (published._kept, circuit.circuit_of, calls._pool)  # as they are, whatever a test puts in their place


def forget_providers() -> None:
    """As after a restart."""
    for kept in KEPT:
        kept.cache_clear()


def provider(issuer: str, **changed: Any) -> Provider:
    usual = {"client_id": CLIENT, "client_secret": SECRET, "label": "Portailpro.gouv.fr"}
    return Provider(**{**usual, "issuer": issuer, **changed})


def offer(settings: Settings, **programs: Any) -> None:
    """Set the portals: name=program, or name=(program, {"emails": "verified"})."""
    declared = {}
    for name, told in programs.items():
        program, changed = told if isinstance(told, tuple) else (told, {})
        declared[name] = provider(program.issuer, **changed)
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"federation": declared})


def registered(*names: str, **changed: Any) -> dict[str, Any]:
    """What a provider is told of us, and nothing of what it was told before."""
    usual = {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [f"{SITE}/connexion/{name}/retour/" for name in names],
        "post_logout_redirect_uris": [f"{SITE}/connexion/"],
        "id_token_signed_response_alg": "RS256",
        "token_endpoint_auth_method": "client_secret_post",
    }
    return {**usual, **changed}


class Traveller(Visitor):
    """One browser, with its sessions here and at the portals. `why`: what the page of an arrival that failed tells."""

    def __init__(self, address: str = "192.0.2.1") -> None:
        super().__init__(address)
        self.walker, self.why = Walker(), ""

    def opens(self, url: str) -> "Traveller":
        super().opens(url)
        return self

    def sends(self, button: str, **by_name: str) -> "Traveller":
        super().sends(button, **by_name)
        return self

    def departs(self, portal: str = "portailpro", wanted: str = "") -> str:
        """Press « S’identifier avec »; the address at the provider."""
        answer = self.client.get(f"/connexion/{portal}/", {"next": wanted} if wanted else {})
        self.status, self.html, self.headers = answer.status_code, answer.content.decode(), dict(answer.headers)
        return self.headers.get("Location", "")

    def signs_in_there(self, url: str, who: str = "lea") -> str:
        """The address by which the portal sends the person back, on this site."""
        return sign_in_at(self.walker, url, who).removeprefix(SITE)

    def refuses_there(self, url: str) -> str:
        return refuse_at(self.walker, url).removeprefix(SITE)

    def crosses(self, portal: str = "portailpro", who: str = "lea", wanted: str = "") -> "Traveller":
        """There and back."""
        return self.opens(self.signs_in_there(self.departs(portal, wanted), who))

    def proves_address(self, address: str = HERS) -> "Traveller":
        """Ask for a code and type it back."""
        self.sends("Recevoir un code", email=address)
        return self.sends("Valider", code=code_sent(address))

    def confirms(self, **changed: str) -> "Traveller":
        """Accept the terms with what the page proposes."""
        return self.sends("Créer mon compte", **{"terms": "on", **changed})

    def _arrives(self, answer: Any, asked: str) -> "Traveller":
        context = answer.context or {}
        self.why = context.get("why", "")
        super()._arrives(answer, asked)
        return self

    def is_inside(self) -> bool:
        return self.client.get("/espace/").status_code == 200

    @property
    def session(self) -> Session:
        """The one that is open."""
        return Session.objects.exclude(account=None).latest("created_at")


def code_sent(address: str = HERS) -> str:
    """The last code mailed to it."""
    found = CODE.search(text_of(mails(address)[-1]))
    assert found is not None
    return found[0]


def refusals() -> list[str]:
    """Why arrivals were refused, oldest first, as the trail says."""
    return [fact["why"] for fact in facts("federation.refused")]


def nothing_is_open(client: Client) -> bool:
    return client.get("/espace/").status_code == 302 and not Session.objects.exclude(account=None).exists()


def linked(account: Account, issuer: str, subject: str = "sub-of-lea", portal: str = "portailpro") -> ExternalIdentity:
    """An identity that opens the account since long."""
    return ExternalIdentity.objects.create(account=account, provider=portal, issuer=issuer, subject=subject, email=HERS)
