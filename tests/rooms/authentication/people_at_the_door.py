"""What one does at the sign-in page, and what it leaves behind."""

import json
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from passavant.authentication.models import SessionStore
from passavant.foundation.audit.models import Event
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import cipher, render_sms
from tests.people import PASSWORD

SIGN_IN, CODE, OUT, SPACE = "/connexion/", "/connexion/code/", "/deconnexion/", "/espace/"
WRONG = "Tempête&Sextant9"


def sign_in(client: Client, login: str = "lea.durand", password: str = PASSWORD, **data: str) -> HttpResponse:
    """POST the form; `address` is where from."""
    address = data.pop("address", "127.0.0.1")
    form = {"identifier": login, "password": password, **data}
    return client.post(SIGN_IN, form, REMOTE_ADDR=address)


def resend(client: Client) -> HttpResponse:
    """Press « Recevoir un nouveau code »."""
    return client.post(CODE, {"renvoyer": "1"})


def another_browser(*devices_of: Client) -> Client:
    """A browser without cookies, but for the known-device one of another."""
    client = Client()
    for other in devices_of:
        client.cookies["appareil"] = other.cookies["appareil"].value
    return client


def is_inside(client: Client) -> bool:
    return client.get(SPACE).status_code == 200


def count_sent() -> int:
    """How many SMS were posted."""
    return Outgoing.objects.filter(channel="sms").count()


def codes_sent() -> list[str]:
    """The codes posted and not replaced by a newer one of the same sign-in, oldest first."""
    rows = Outgoing.objects.filter(channel="sms", state="waiting").order_by("posted_at")
    return [json.loads(cipher().open(row.context))["code"] for row in rows]


def sms_text() -> str:
    """The last SMS as it will leave."""
    return render_sms(Outgoing.objects.filter(channel="sms").latest("posted_at"), timezone.now()).text


def another(code: str) -> str:
    """Six digits that are not these."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def facts(name: str) -> list[dict[str, Any]]:
    """What the trail says of this event, oldest first, with the account it is about."""
    rows = Event.objects.filter(name=name).order_by("pk")
    return [json.loads(row.data) | {"account": row.account, "request_id": row.request_id} for row in rows]


def in_clear_nowhere(secret: str) -> bool:
    """Whether no table of ours holds this text."""
    models = [Event, Outgoing]
    with transaction.atomic():
        return not any(secret in str(row) for model in models for row in model.objects.values())


def key(client: Client) -> str:
    return client.cookies["session"].value


def store(client: Client) -> SessionStore:
    session = SessionStore(key(client))
    assert session.account
    return session


def draft(client: Client) -> str:
    """A visitor's session, as a form in several pages opens one; answers its key."""
    session = SessionStore()
    session["draft"] = {"last_name": "Durand"}
    session.save()
    client.cookies["session"] = session.session_key
    return str(session.session_key)
