"""The sign-up form and its review: the guide, steps 1.3 and 1.4."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from passavant.accounts import actions
from passavant.accounts.actions.outcomes import Refused, SignedUp
from passavant.accounts.actions.passwords import hashed
from passavant.accounts.forms import drafts
from passavant.accounts.forms.recap import recap
from passavant.accounts.forms.sign_up import SignUpForm, answers
from passavant.accounts.rules.registrations import Registration
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import too_many
from passavant.foundation.values import Identifier


@door(entry=anyone, writes=["POST"])
def sign_up(request: Request) -> HttpResponse:
    """The form. Nothing is reserved; the password is hashed here, whatever the e-mail, and forgotten."""
    draft = drafts.current(request.session)
    if request.method != "POST":
        return _form(request, SignUpForm(draft=draft), 200)
    form = SignUpForm(request.POST, draft=draft)
    sound, identifier = form.is_valid(), form.wanted()
    if drafts.repeats(request.session, identifier=identifier):
        return redirect("accounts:confirmation")
    if refusal := _identifier_refused(request, form, identifier):
        return refusal
    if not sound:
        return _form(request, form, 422)
    _keep(request, form, draft)
    return redirect("accounts:review")


def _identifier_refused(request: Request, form: SignUpForm, identifier: Identifier | None) -> HttpResponse | None:
    refused = actions.ask_identifier(identifier, origin=request.origin) if identifier else None
    if refused is None or identifier is None:
        return None
    return too_many(request, refused.at) if refused.at else _form(request, _taken(form, identifier), 422)


def _taken(form: SignUpForm, identifier: Identifier) -> SignUpForm:
    told = _("Choisissez un autre identifiant : « %(id)s » est déjà utilisé.") % {"id": identifier.text}
    form.add_error("identifier", told)
    return form


def _keep(request: Request, form: SignUpForm, draft: Registration | None) -> None:
    password = form.cleaned_data["password"]
    encoded = hashed(password) if password or draft is None else draft.password
    drafts.keep(request.session, form.registration(draft, encoded))


@door(entry=anyone, writes=["POST"])
def review(request: Request) -> HttpResponse:
    """All the answers but the password; « Valider » opens the registration, once."""
    draft, sent = drafts.current(request.session), request.POST.get("draft", "")
    if drafts.repeats(request.session, draft=sent) or (draft is None and drafts.finished(request.session)):
        return redirect("accounts:confirmation")
    if draft is None:
        return redirect("accounts:sign_up")
    if request.method != "POST":
        return _review(request, draft, 200)
    return _validated(request, draft) if sent == str(draft.id) else _review(request, draft, 422, other_tab=True)


def _validated(request: Request, draft: Registration) -> HttpResponse:
    match actions.sign_up(draft, origin=request.origin):
        case SignedUp():
            drafts.finish(request.session, draft)
            return redirect("accounts:confirmation")
        case Refused(at=datetime() as at):
            return too_many(request, at)
        case Refused():  # the identifier was taken since the form
            form = SignUpForm(answers(draft), draft=draft)
            form.is_valid()
            return _form(request, _taken(form, draft.identifier), 422)


def _form(request: Request, form: SignUpForm, status: int) -> HttpResponse:
    return render(request, "accounts/sign_up.html", {"form": form}, status=status)


def _review(request: Request, draft: Registration, status: int, **shown: Any) -> HttpResponse:
    context = {"draft": draft, "groups": recap(draft), **shown}
    return render(request, "accounts/review.html", context, status=status)
