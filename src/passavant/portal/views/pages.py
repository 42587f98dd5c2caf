"""The home page and the duties of a public site."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from passavant.accounts.rules import terms as terms_of_use
from passavant.foundation.access import Request, anyone, door
from passavant.portal.rules.personal_data import DATA
from passavant.portal.rules.site_map import SECTIONS


@door(entry=anyone)
def home(request: Request) -> HttpResponse:
    return render(request, "portal/home.html")


@door(entry=anyone)
def terms(request: Request) -> HttpResponse:
    return render(request, "portal/terms.html", {"version": terms_of_use.VERSION, **_delays()})


@door(entry=anyone)
def privacy(request: Request) -> HttpResponse:
    return render(request, "portal/privacy.html", {"data": DATA, **_delays()})


@door(entry=anyone)
def legal(request: Request) -> HttpResponse:
    return render(request, "portal/legal.html")


@door(entry=anyone)
def accessibility(request: Request) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@door(entry=anyone)
def sitemap(request: Request) -> HttpResponse:
    return render(request, "portal/sitemap.html", {"sections": SECTIONS})


def _delays() -> dict[str, Any]:
    env = settings.PASSAVANT
    return {
        "unactivated_days": env.unactivated_days,
        "idle_minutes": env.session_idle_minutes,
        "total_hours": env.session_total_hours,
    }
