"""What every page knows: the site it belongs to, and the person in front of it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

SHOWN = ("public_url", "host", "demo", "support_phone", "support_email")


def site(request: HttpRequest) -> dict[str, Any]:
    """`site` (the operator's settings a page may show) and `person` (the signed-in account, or None)."""
    env = settings.PASSAVANT
    shown = {name: getattr(env, name) for name in SHOWN}
    return {"site": {**shown, "name": env.site_name}, "person": getattr(request, "account", None)}
