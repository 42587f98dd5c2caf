"""« J’ai tout perdu »: identifier or e-mail, code by mail, then the office. And the link that cancels."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from passavant.accounts.actions.outcomes import Refused
from passavant.accounts.guards import LinkCookie
from passavant.authentication import actions
from passavant.authentication.actions.outcomes import CodeDead, CodeWrong, Slowed
from passavant.authentication.forms.codes import CodeForm
from passavant.authentication.forms.losses import LossForm
from passavant.authentication.guards import losing
from passavant.authentication.views import told
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import too_many

LINK = LinkCookie("perte", "authentication:loss_cancel")
CODE, CANCEL = "authentication/loss_code.html", "authentication/loss_cancel.html"
GONE, UNKNOWN = 410, 404


@door(entry=anyone, writes=["POST"])
def loss(request: Request) -> HttpResponse:
    """The same answer for everybody (A4)."""
    form = LossForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "authentication/loss.html", {"form": form}, status=422 if form.is_bound else 200)
    claim = actions.ask_loss(form.cleaned_data["login"], origin=request.origin)
    if isinstance(claim, Slowed):
        return too_many(request, claim.retry_at)
    losing.keep_claim(request, claim)
    return redirect("authentication:loss_code")


@door(entry=losing.claiming, writes=["POST"])
def code(request: Request) -> HttpResponse:
    """The code received by mail opens the request."""
    form, claim = CodeForm(request.POST if request.method == "POST" else None), losing.claim_of(request)
    if claim is None or not form.is_valid():
        return render(request, CODE, {"form": form}, status=422 if form.is_bound else 200)
    outcome = actions.prove_loss(claim, form.cleaned_data["code"], origin=request.origin)
    if isinstance(outcome, CodeWrong | CodeDead):
        form.add_error("code", told.code_refusal(outcome))
        return render(request, CODE, {"form": form}, status=422)
    losing.keep_awaited(request, outcome)
    return redirect("authentication:loss_awaited")


@door(entry=losing.awaiting_office)
def awaited(request: Request) -> HttpResponse:
    """From when to come to an office, and with what."""
    return render(request, "authentication/loss_awaited.html", {"awaits": losing.awaited(request)})


@door(entry=anyone)
def cancel_link(request: Request, token: str) -> HttpResponse:
    return LINK.carry(token)


@door(entry=anyone, writes=["POST"])
def cancel(request: Request) -> HttpResponse:
    """« Annuler cette demande »: being signed in is not needed, reading the mailbox is."""
    token = LINK.token(request)
    if request.method != "POST":
        link = actions.cancel_loss_link(token)
        return _worthless(request, link) if isinstance(link, Refused) else render(request, CANCEL)
    outcome = actions.cancel_loss(token, origin=request.origin)
    return _worthless(request, outcome) if isinstance(outcome, Refused) else LINK.served("authentication:loss_over")


@door(entry=anyone)
def over(request: Request) -> HttpResponse:
    return render(request, "authentication/loss_over.html")


def _worthless(request: Request, refused: Refused) -> HttpResponse:
    status = UNKNOWN if refused.why == "unknown" else GONE
    return render(request, "authentication/loss_link_refused.html", {"why": refused.why}, status=status)
