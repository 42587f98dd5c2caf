"""After « Valider »: the confirmation, another mail, another address. Nothing here tells whether an account exists."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from passavant.accounts import actions
from passavant.accounts.actions.outcomes import Asked, Refused
from passavant.accounts.forms import drafts
from passavant.accounts.forms.activation import ResendForm
from passavant.accounts.forms.drafts import Finished
from passavant.accounts.forms.email import EmailForm
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import retry_after, too_many


@door(entry=anyone, writes=["POST"])
def confirmation(request: Request) -> HttpResponse:
    """The guide, step 1.5; POST sends the mail again."""
    done = drafts.finished(request.session)
    if done is None:
        return redirect("accounts:sign_up")
    if request.method != "POST":
        return _confirmation(request, done)
    match actions.resend_to(done.registration, origin=request.origin):
        case Asked():
            drafts.sent_again(request.session, done)
            return redirect("accounts:confirmation")
        case Refused(at=at):
            return _too_soon(request, done, at)


@door(entry=anyone, writes=["POST"])
def correct(request: Request) -> HttpResponse:
    """Another address for the registration this browser has just made, and for no other."""
    done = drafts.finished(request.session)
    if done is None:
        return redirect("accounts:sign_up")
    form = EmailForm(request.POST if request.method == "POST" else None, initial={"email": done.email})
    if not form.is_valid():
        return render(request, "accounts/correct.html", {"form": form}, status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    match actions.correct_address(done.registration, email, origin=request.origin):
        case Asked():
            drafts.sent_again(request.session, done, email)
            return redirect("accounts:confirmation")
        case Refused(at=at):
            return too_many(request, at) if at else redirect("accounts:resend")


@door(entry=anyone, writes=["POST"])
def resend(request: Request) -> HttpResponse:
    """A new activation link, for whoever lost theirs."""
    form = ResendForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/resend.html", {"form": form}, status=422 if form.is_bound else 200)
    match actions.resend_activation(form.cleaned_data["login"], origin=request.origin):
        case Refused(at=at):
            return too_many(request, at or timezone.now())
        case Asked():
            return redirect("accounts:resent")


@door(entry=anyone)
def resent(request: Request) -> HttpResponse:
    """The same page for everybody."""
    return render(request, "accounts/resent.html")


def _confirmation(request: Request, done: Finished, status: int = 200) -> HttpResponse:
    wait = actions.next_resend(done.registration)
    context = {"done": done, "next_at": None if wait.allowed else wait.retry_at}
    return render(request, "accounts/confirmation.html", context, status=status)


def _too_soon(request: Request, done: Finished, at: datetime | None) -> HttpResponse:
    """The same page, which says when; `Retry-After` says it to programs, in whole seconds."""
    return retry_after(_confirmation(request, done, status=429), at or timezone.now())
