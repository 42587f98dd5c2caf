"""What is held about the person: said in words, and handed out."""

import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from passavant.accounts.models import Account
from passavant.authentication.guards import fresh
from passavant.foundation.access import Request, door
from passavant.space.models.holdings import Holding, Row, holdings
from passavant.space.rules.history import sentence
from passavant.space.rules.holdings import TABLES
from passavant.space.views.page import page

EVENTS = "audit.event"


@door(entry=fresh(_("Recevoir une copie de mes données"), only="format"))
def data(request: Request) -> HttpResponse:
    """The page; with ?format=json or ?format=html, the copy of everything held about oneself and nobody else."""
    match request.GET.get("format"):
        case "json":
            return _attached(_as_json(request.account), "application/json", "json")
        case "html":
            return _attached(_as_html(request.account), "text/html", "html")
        case _:
            told = [(TABLES.get(holding.name, holding.name), holding.purposes()) for holding in holdings()]
            return page(request, "space/data.html", {"tables": told})


def _attached(content: str, kind: str, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    name = f"mes-donnees-{timezone.localdate():%Y-%m-%d}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _as_json(account: Account) -> str:
    held = {holding.name: holding.rows(account) for holding in holdings()}
    whole = {"site": settings.PASSAVANT.public_url, "exported_at": timezone.now(), "held": held}
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _as_html(account: Account) -> str:
    tables = [(TABLES.get(h.name, h.name), [_readable(h, row) for row in h.rows(account)]) for h in holdings()]
    return render_to_string("space/export.html", {"tables": tables, "at": timezone.now(), "env": settings.PASSAVANT})


def _readable(holding: Holding, row: Row) -> list[tuple[Any, Any]]:
    """(label, value) of what is filled in; an event is said as the history page says it."""
    if holding.name == EVENTS:
        row = row | {"name": sentence(row["name"], json.loads(row["data"]))}
    return [(words.label, row[name]) for name, words in holding.given().items() if row[name] not in ("", None)]
