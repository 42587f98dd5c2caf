"""The choice of the language."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import remember_language


@door(entry=anyone, writes=["POST"], reads=False)
def language(request: Request) -> HttpResponse:
    """Remember the language chosen, and go back to the page it was chosen on."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise BadRequest("an offered language is needed")
    answer = redirect(_local(request.POST.get("next", "")))
    remember_language(answer, chosen)
    return answer


def _local(path: str) -> str:
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else "/"
