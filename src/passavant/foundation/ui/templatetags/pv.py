"""Components and words that every template may use (a builtin library: nothing to load)."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from passavant.foundation.ui.templatetags.fixed import fixed
from passavant.foundation.ui.templatetags.icons import ICONS

register = template.Library()
register.tag("pv_fixed", fixed)

Row = tuple[Any, Any] | tuple[Any, Any, Any] | Mapping[str, Any]
ALERT_ICONS = {"success": "done", "error": "stop", "info": "info", "warning": "warning"}
BEFORE = re.compile(r"[ \u202f]+(?=[:;!?%»])")
AFTER = re.compile(r"(?<=«)[ \u202f]+")
NBSP = "\u00a0"


@register.simple_tag
def pv_icon(name: str, size: int = 24) -> SafeString:
    """A drawing of the house, decoration only (`name` is a key of ICONS: unknown fails)."""
    drawn = f'<svg class="pv-icon" viewBox="0 0 24 24" width="{size:d}" height="{size:d}" aria-hidden="true">'
    return mark_safe(f"{drawn}{ICONS[name]}</svg>")  # noqa: S308 - the drawing is ours, and the size a number


@register.inclusion_tag("ui/alert.html")
def pv_alert(kind: str, title: str, body: str = "") -> dict[str, Any]:
    """A message about the whole page; kind: success, error, info or warning."""
    return {"kind": kind, "icon": ALERT_ICONS[kind], "title": title, "body": body}


@register.inclusion_tag("ui/badge.html")
def pv_badge(kind: str, label: str) -> dict[str, Any]:
    """A state in a word; kind: success, error, info, warning or neutral."""
    return {"kind": kind, "label": label}


@register.inclusion_tag("ui/stepper.html")
def pv_stepper(current: int, total: int, title: str, next: str = "") -> dict[str, Any]:  # noqa: A002 - a template's word
    """Where one is in a procedure of `total` steps."""
    return {"current": current, "total": total, "title": title, "next": next, "steps": range(1, int(total) + 1)}


@register.inclusion_tag("ui/recap.html")
def pv_recap(rows: Iterable[Row]) -> dict[str, Any]:
    """Answers to read again; a row is (label, value[, change_url]) or a mapping with these names."""
    return {"rows": [_row(row) for row in rows]}


@register.inclusion_tag("ui/button.html")
def pv_button(label: str, kind: str = "primary", name: str = "", value: str = "") -> dict[str, Any]:
    """The button that sends the form; kind: primary, secondary or tertiary."""
    return {"label": label, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("ui/mail_button.html")
def pv_mail_button(url: str, label: str) -> dict[str, Any]:
    """In a mail: the button, then its address in clear for those who cannot press it."""
    return {"url": url, "label": label}


@register.filter(expects_localtime=False)
def moment(value: datetime | str | None) -> str:
    """« 22 novembre 2026 à 14 h 05 (heure de Paris) », from an aware datetime or its ISO form."""
    when = _local(value)
    return _("%(day)s à %(hour)s (heure de Paris)") % {"day": _day(when), "hour": hour(when)} if when else ""


@register.filter(expects_localtime=False)
def day(value: datetime | str | None) -> str:
    """« 22 novembre 2026 »."""
    when = _local(value)
    return _day(when) if when else ""


@register.filter(expects_localtime=False)
def hour(value: datetime | str | None) -> str:
    """« 14 h 05 », in Paris."""
    when = _local(value)
    if when is None:
        return ""
    if get_language() == "en":
        return f"{when:%I:%M}".lstrip("0") + NBSP + ("am" if when.hour < 12 else "pm")
    return f"{when.hour}{NBSP}h{NBSP}{when:%M}"


@register.filter(needs_autoescape=True)
def fr_typo(value: str, autoescape: bool = True) -> SafeString:
    """No-break spaces where French puts them: before : ; ! ? % » and after «."""
    text = str(conditional_escape(value)) if autoescape else str(value)
    return mark_safe(AFTER.sub(NBSP, BEFORE.sub(NBSP, text)))  # noqa: S308 - escaped just above


def _row(row: Row) -> dict[str, Any]:
    if isinstance(row, Mapping):
        return {"label": row["label"], "value": row["value"], "change_url": row.get("change_url", "")}
    label, value, *link = row
    return {"label": label, "value": value, "change_url": link[0] if link else ""}


def _local(value: datetime | str | None) -> datetime | None:
    when = parse_datetime(value) if isinstance(value, str) else value
    return timezone.localtime(when) if when else None


def _day(when: datetime) -> str:
    first = _("1er") if when.day == 1 else str(when.day)
    return f"{first}{NBSP}{date_format(when, 'F Y')}"
