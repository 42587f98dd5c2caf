"""Passkeys: pages that a script works upon, and the small answers it receives."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from passavant.authentication import actions
from passavant.authentication.actions.outcomes import Enrolled, Entered, Lost, NotAccepted, Refused, Slowed
from passavant.authentication.forms.passkeys import PasskeyForm
from passavant.authentication.guards import devices_of, local_path, pending_of
from passavant.authentication.guards.enrolling import enrolling_passkey
from passavant.authentication.guards.entrance import entered, next_step, reopened, see_other
from passavant.authentication.guards.person import NEXT, begin_again, store_of
from passavant.authentication.rules.passkeys import MOST
from passavant.authentication.views import told
from passavant.authentication.wire import passkeys as wire
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import retry_after

KEY = "cle"  # the field in which the script puts what the key said
ADDED = "ajoutee"
SECURITY, DONE = "space:security", {"fait": "cle"}
ALREADY = "InvalidStateError"  # the browser's word: this device holds one of the keys to exclude
ABORTED = NotAccepted("malformed")  # nothing came
REFUSED = 422


@door(entry=anyone, writes=["POST"])
def passkey(request: Request) -> HttpResponse:
    """The page of the key, whether it is all that is asked or a step of a sign-in; and where it answers."""
    if request.method == "POST":
        return _answer(request)
    pending = pending_of(request)
    if request.account is not None and pending is None:
        return see_other(reverse("space:home"))
    context = {"pending": pending, "added": ADDED in request.GET, "next": local_path(request.GET.get(NEXT))}
    return render(request, "authentication/passkey.html", context)


@door(entry=anyone, writes=["POST"], reads=False)
def passkey_challenge(request: Request) -> HttpResponse:
    """What a key must answer: the same for whoever asks (A7)."""
    return _options(actions.ask_passkey(store_of(request)), {"failed": _not_in(ABORTED)})


@door(entry=enrolling_passkey, writes=["POST"])
def enrol_passkey(request: Request) -> HttpResponse:
    """The first key of a level that needs one, before the space opens; and where any new key is handed in."""
    if request.method == "POST":
        return _keep(request)
    if request.account is not None:
        return see_other(reverse("space:passkey_add"))
    return render(request, "authentication/enrol_passkey.html", {"form": PasskeyForm()})


@door(entry=enrolling_passkey, writes=["POST"], reads=False)
def enrol_passkey_challenge(request: Request) -> HttpResponse:
    """What a new key is made with."""
    session = store_of(request)
    account = actions.whose_passkey(session)
    words = {"failed": _not_made(ABORTED), ALREADY: _not_made(NotAccepted("known"))}
    return _options(actions.ask_new_passkey(session, account) if account else None, words)


def _options(options: dict[str, Any] | None, words: dict[str, str]) -> HttpResponse:
    """With what to say when the browser itself gives up, by the name of its exception."""
    return JsonResponse({"publicKey": options, "told": words}) if options else _onward(begin_again())


def _answer(request: Request) -> HttpResponse:
    try:
        said = wire.assertion(request.POST.get(KEY, ""))
    except wire.Malformed:
        return _refusal(actions.not_accepted(None, "malformed", origin=request.origin), _not_in)
    wanted, devices = local_path(request.POST.get(NEXT)), devices_of(request)
    match actions.enter_by_passkey(store_of(request), said, wanted=wanted, devices=devices, origin=request.origin):
        case Entered() as outcome:
            return _onward(entered(request, outcome))
        case (NotAccepted() | Slowed()) as outcome:
            return _refusal(outcome, _not_in)
        case Lost():
            return _onward(begin_again())
        case _:
            return _onward(next_step(request))


def _keep(request: Request) -> HttpResponse:
    session, form = store_of(request), PasskeyForm(request.POST)
    account = actions.whose_passkey(session)
    if account is None:
        return _onward(begin_again())
    if not form.is_valid():
        return JsonResponse({"told": form.error_items()[0][1]}, status=REFUSED)
    try:
        made = wire.creation(request.POST.get(KEY, ""))
    except wire.Malformed:
        return _refusal(actions.not_added(account, "malformed", origin=request.origin), _not_made)
    outcome = actions.add_passkey(session, account, made, form.cleaned_data["name"], origin=request.origin)
    return _kept(request, outcome)


def _kept(request: Request, outcome: Enrolled | NotAccepted | Slowed | Lost) -> HttpResponse:
    match outcome:
        case Enrolled() if request.account is not None:
            return _onward(reopened(request, f"{reverse(SECURITY)}?{urlencode(DONE)}"))
        case Enrolled():
            return _onward(see_other(f"{reverse('authentication:passkey')}?{ADDED}=1"))
        case Lost():
            return _onward(begin_again())
        case _:
            return _refusal(outcome, _not_made)


def _onward(answer: HttpResponse) -> HttpResponse:
    """Where the script must go on, with the cookies of the answer that would have sent it there."""
    said = JsonResponse({"location": answer.headers["Location"]})
    said.cookies = answer.cookies
    return said


def _refusal(outcome: NotAccepted | Slowed, words: Any) -> HttpResponse:
    if isinstance(outcome, Slowed):
        said = JsonResponse({"told": " ".join(told.refusal(outcome))}, status=429)
        return retry_after(said, outcome.retry_at)
    return JsonResponse({"told": words(outcome)}, status=REFUSED)


def _not_in(outcome: NotAccepted) -> str:
    match outcome:
        case NotAccepted(why="disabled", since=since):
            return " ".join(told.refusal(Refused("disabled", 0, since)))
        case NotAccepted(why="unknown"):
            unknown = _("Cette clé d’accès n’est pas enregistrée sur %(site)s.") % {
                "site": settings.PASSAVANT.site_name
            }
            return f"{unknown} {_('Connectez-vous autrement, puis ajoutez-la dans « Sécurité ».')}"
        case _:
            return _("La connexion par clé d’accès n’a pas abouti. Réessayez, ou utilisez votre mot de passe.")


def _not_made(outcome: NotAccepted) -> str:
    match outcome:
        case NotAccepted(why="known"):
            return _("Cet appareil a déjà une clé d’accès pour ce compte.")
        case NotAccepted(why="many"):
            return _("Vous avez déjà %(n)d clés d’accès. Retirez-en une avant d’en ajouter une autre.") % {"n": MOST}
        case _:
            return _("La clé n’a pas été créée. Réessayez, ou choisissez un autre moyen.")
