"""A browser in which somebody is signed in, and what the pages of the space say."""

import html
import json
import re
from typing import Any

from django.conf import settings
from django.test import Client

from passavant.accounts.models import Account
from passavant.authentication.actions import open_session
from passavant.authentication.models.sessions import SessionStore
from passavant.foundation.audit.models import Event
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import cipher
from passavant.foundation.values import Origin

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGES = (
    "/espace/",
    "/espace/profil/",
    "/espace/profil/modifier/",
    "/espace/adresse-electronique/",
    "/espace/mot-de-passe/",
    "/espace/securite/",
    "/espace/securite/niveau/",
    "/espace/securite/codes/",
    "/espace/securite/cle/",
    "/espace/sessions/",
    "/espace/activite/",
    "/espace/mes-donnees/",
    "/espace/fermer/",
)
COPIES = ("/espace/mes-donnees/?format=json", "/espace/mes-donnees/?format=html")
FACTOR = "/espace/securite/application/6f1c8c5e-6f43-4bb5-9b1b-3a3b8f6c1a11"
OF_A_FACTOR = (f"{FACTOR}/renommer/", f"{FACTOR}/retirer/")
POSTED = (
    "/espace/securite/niveau/garder/",
    "/espace/adresse-electronique/annuler/",
    "/espace/sessions/fermer/",
    "/espace/sessions/6f1c8c5e-6f43-4bb5-9b1b-3a3b8f6c1a11/fermer/",
    "/espace/sessions/appareils/6f1c8c5e-6f43-4bb5-9b1b-3a3b8f6c1a11/oublier/",
)
OF_A_THING = ("/espace/securite/rattachement/6f1c8c5e-6f43-4bb5-9b1b-3a3b8f6c1a11/",)  # 404 but to whom it belongs
WRITING = (
    *POSTED,
    "/espace/profil/modifier/",
    "/espace/adresse-electronique/",
    "/espace/mot-de-passe/",
    "/espace/securite/niveau/",
    "/espace/securite/codes/",
    "/espace/fermer/",
    *OF_A_FACTOR,
)


def browser(account: Account, agent: str = FIREFOX, **options: Any) -> Client:
    """A browser of its own, the account signed in."""
    store = SessionStore()
    level = account.level
    open_session(store, account, origin=Origin("192.0.2.7", agent), methods=("pwd",), level=level)
    client = Client(HTTP_USER_AGENT=agent, **options)
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key or ""
    return client


def is_inside(client: Client) -> bool:
    return client.get("/espace/").status_code == 200


def text(answer: Any) -> str:
    """What the main part says, without its marks, blanks made single."""
    page = answer.content.decode()
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0] or page
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def facts(name: str) -> list[dict[str, Any]]:
    """What the trail keeps of this event, oldest first."""
    return [row.said | {"account": row.account} for row in Event.objects.filter(name=name).order_by("pk")]


def mails(template: str) -> list[tuple[str, dict[str, Any]]]:
    """(recipient, what fills the template) of the mails posted."""
    rows = Outgoing.objects.filter(template=f"accounts/mails/{template}").order_by("posted_at")
    return [(row.recipient, json.loads(cipher().open(row.context))) for row in rows]
