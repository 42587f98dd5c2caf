"""What all the pages of the space share: the side menu, the sentence after a success, the ways on."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse

from passavant.accounts.actions.outcomes import Refused
from passavant.authentication.actions import open_session
from passavant.authentication.guards import remember_device, store_of
from passavant.foundation.access import Request
from passavant.foundation.ui.answers import too_many
from passavant.space.rules.menu import Menu
from passavant.space.rules.notices import DONE, NOTICES

SEE_OTHER, REFUSED = 303, 422


def sent(request: Request) -> QueryDict | None:
    """What a form is made from: what was posted, or nothing yet."""
    return request.POST if request.method == "POST" else None


def page(request: Request, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the space; 422 when it shows a refused form again."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    done = NOTICES.get(request.GET.get(DONE, ""))
    refused = bool(getattr(context.get("form"), "errors", None))
    status = REFUSED if refused else status
    return render(request, template, {"menu": Menu(here), "done": done, **context}, status=status)


def see(name: str, done: str = "") -> HttpResponse:
    """Send on after a success; the page then says the sentence of the word `done`."""
    query = f"?{urlencode({DONE: done})}" if done else ""
    return HttpResponseRedirect(reverse(name) + query, status=SEE_OTHER)


def reopened(request: Request, name: str, done: str) -> HttpResponse:
    """Go on in this browser, under a new key, after a change that closed all that was open."""
    open_session(store_of(request), request.account, origin=request.origin)
    rotate_token(request)
    answer = see(name, done=done)
    remember_device(request, answer, request.account)
    return answer


def turned_down(request: Request, template: str, form: Any, refused: Refused) -> HttpResponse:
    """The form again with the reason; the limit's page; or home, when another request was faster (J6)."""
    match refused:
        case Refused(why="throttled", at=at) if at:
            return too_many(request, at)
        case Refused(why="gone"):
            return see("space:home")
        case _:
            form.answer(refused)
            return page(request, template, {"form": form})
