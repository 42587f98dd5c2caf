"""An account exists: the person proves it, then decides."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from passavant.authentication.guards import confirmation, local_path, signed_in
from passavant.authentication.guards.entrance import see_other
from passavant.authentication.guards.fresh import is_fresh
from passavant.authentication.guards.person import NEXT
from passavant.federation import actions, guards
from passavant.federation.actions.outcomes import Next, Refused
from passavant.federation.views.answers import no_way
from passavant.federation.views.crossing import sign_in_for
from passavant.federation.views.newcomers import awaited
from passavant.foundation.access import Request, anyone, door


@door(entry=anyone, writes=["POST"])
def link(request: Request) -> HttpResponse:
    """Never silently: who is not signed in proves the account first, at its own level; then one button."""
    step = awaited(request, "link")
    if not isinstance(step, Next):
        return step
    if request.method != "POST" or request.account is None:
        return _page(request, step)
    if not is_fresh(request):  # one more way in: its person proves again who they are
        return see_other(confirmation(reverse("federation:link")))
    return _link(request, step)


@door(entry=signed_in)
def differs(request: Request) -> HttpResponse:
    """The portal tells another address than before: nothing changes here, and the person is told."""
    found = actions.last_way_in(request.account)
    onward = local_path(request.GET.get(NEXT)) or reverse("space:home")
    if found is None:
        return redirect(onward)
    context = {"portal": found, "email": found.email, "onward": onward}
    return render(request, "federation/differs.html", context)


def _link(request: Request, step: Next) -> HttpResponse:
    arrival = step.arrival
    match actions.link(request.account, arrival, origin=request.origin):
        case Refused("another"):
            return _page(request, replace(step, another=True), 409)
        case Refused("gone"):
            return redirect("federation:arrival")
        case Refused(why):
            return no_way(request, why, guards.portal(arrival.provider), arrival.provider)
        case _:
            answer = see_other(arrival.wanted or reverse("space:security"))
            guards.ARRIVAL.forget(answer)
            return answer


def _page(request: Request, step: Next, status: int = 200) -> HttpResponse:
    portals = [(name, guards.portal(name)) for name in step.others if name in settings.PASSAVANT.federation]
    context = {
        "step": step,
        "portal": guards.portal(step.arrival.provider),
        "sign_in": sign_in_for("federation:link"),
        "others": [(portal, f"{reverse('federation:start', args=[name])}") for name, portal in portals],
    }
    return render(request, "federation/link.html", context, status=status)
