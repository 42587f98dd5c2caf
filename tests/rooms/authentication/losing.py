"""Who lost everything, what they receive, and the officers who help."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client

from passavant.accounts.models import Account
from passavant.authentication import actions
from passavant.authentication.actions.outcomes import LossHindered, LossMoved
from passavant.authentication.actions.recovering import Shown
from passavant.authentication.models import Loss
from passavant.authentication.rules.losses import DELAY, Paper
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import cipher
from passavant.foundation.values import Origin

LOSS, LOSS_CODE, AWAITED = "/connexion/secours/", "/connexion/secours/code/", "/connexion/secours/demande/"
CANCEL, OVER = "/connexion/secours/annuler/", "/connexion/secours/annulee/"
DESK = Origin.system("command")
SHOWN = Shown(Paper.PASSPORT, "7X42")
SECOND = timedelta(seconds=1)


def asks(client: Client, login: str = "lea.durand", address: str = "127.0.0.1") -> HttpResponse:
    return client.post(LOSS, {"login": login}, REMOTE_ADDR=address)


def posted(template: str) -> list[dict[str, Any]]:
    """What the mails of this template hold, oldest first."""
    rows = Outgoing.objects.filter(template=f"authentication/mails/{template}").order_by("posted_at")
    return [json.loads(cipher().open(row.context)) for row in rows]


def news() -> list[str]:
    return [mail["what"] for mail in posted("loss")]


def types_back(client: Client) -> HttpResponse:
    """The code of the last mail."""
    return client.post(LOSS_CODE, {"code": posted("loss_code")[-1]["code"]})


def opens(client: Client, login: str = "lea.durand") -> Loss:
    assert asks(client, login).headers["Location"] == LOSS_CODE
    assert types_back(client).headers["Location"] == AWAITED
    return Loss.objects.latest("opened_at")


def opened(account: Account, clock: Any) -> Loss:
    """A request whose delay is over."""
    loss = opens(Client(), account.identifier)
    clock.shift(DELAY)
    return loss


def cancel_path() -> str:
    return urlsplit([mail["link"] for mail in posted("loss") if mail["link"]][-1]).path


def check(account: Account, officer: str = "alix martin") -> LossMoved | LossHindered:
    return actions.check_loss(account.identifier, SHOWN, officer=officer, origin=DESK)


def confirm(account: Account, officer: str = "noé petit") -> LossMoved | LossHindered:
    return actions.confirm_loss(account.identifier, officer=officer, origin=DESK)


def refuse(account: Account, officer: str = "noé petit") -> LossMoved | LossHindered:
    return actions.refuse_loss(account.identifier, officer=officer, origin=DESK)


def state() -> str:
    return Loss.objects.latest("opened_at").state
