"""The answer that lets a person in, whatever the last step was."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse

from passavant.authentication.actions.outcomes import Entered
from passavant.authentication.guards.devices import remember_device
from passavant.foundation.access import Request
from passavant.foundation.ui.answers import remember_language

SEE_OTHER = 303  # after a POST that carried a secret, the next request is a GET without it (RFC 9700 §4.11)


def see_other(url: str) -> HttpResponse:
    return HttpResponseRedirect(url, status=SEE_OTHER)


def entered(request: Request, outcome: Entered) -> HttpResponse:
    """Let the person in: where they were going, else to their space."""
    rotate_token(request)
    answer = see_other(outcome.next or reverse("space:home"))
    remember_device(request, answer, outcome.account)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and outcome.account.language != settings.LANGUAGE_CODE:
        remember_language(answer, outcome.account.language)
    return answer
