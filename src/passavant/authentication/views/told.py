"""Where a sign-in stands, and why it went no further, in words: (title, body)."""

from datetime import datetime, timedelta

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passavant.authentication.actions.outcomes import CodeDead, CodeWrong, Refused, Slowed
from passavant.authentication.rules import limits, pending
from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.pending import Pending
from passavant.foundation.ui.templatetags.pv import day, hour

Told = tuple[str, str]
ASKED = {limit.name: limit.allow for limit in (limits.SMS_ACCOUNT, limits.SMS_NUMBER)}


def refusal(outcome: Refused | Slowed) -> Told:
    """The words of the sign-in page; the same whether the account exists, until its password is right."""
    match outcome:
        case Slowed(retry_at=until, network=network):
            return _("Trop de tentatives"), _network(until) if network else _locked(until)
        case Refused(why="inactive"):
            return _("Activez d’abord votre compte"), _inactive()
        case Refused(why="disabled", since=since):
            return _disabled(since), _("Contactez l’assistance pour le rouvrir.")
        case Refused(left=left):
            return _("Identifiant ou mot de passe incorrect"), _wrong(last=left == 1)


def wrong_password(left: int) -> str:
    """The words beside the password of who is signed in already."""
    return _sentences(_("Ce mot de passe n’est pas celui de votre compte."), _tries(left))


def code_refusal(outcome: CodeWrong | CodeDead | Slowed, asked: str = Step.SMS.value) -> str:
    """The words beside the field of the code; `asked` is what the page asks for."""
    if isinstance(outcome, Slowed):
        return _("Trop de codes incorrects. Réessayez à %(hour)s.") % {"hour": clock(outcome.retry_at)}
    match outcome, asked:
        case CodeWrong(left=left), Step.TOTP.value:
            clocks = _("Vérifiez aussi que l’heure de votre téléphone est réglée automatiquement.")
            return _sentences(_("Ce code ne correspond pas."), clocks, _tries(left))
        case CodeDead(), Step.TOTP.value:
            return _("Ce code a déjà servi. Attendez que votre application affiche le suivant.")
        case CodeWrong(left=left), pending.RECOVERY:
            return _sentences(_("Ce code de secours ne correspond pas, ou a déjà servi."), _tries(left))
    return _sms_refusal(outcome)


def _sms_refusal(outcome: CodeWrong | CodeDead) -> str:
    match outcome:
        case CodeWrong(left=0):
            return _("Trop de codes incorrects. Demandez un nouveau code.")
        case CodeWrong(left=left):
            return _still(left)
        case CodeDead(kind="expired", at=at, renewed=renewed):
            expired = _("Ce code a expiré à %(hour)s.") % {"hour": hour(at)}
            return _sentences(expired, _("Nous venons de vous en envoyer un nouveau.") if renewed else "")
        case CodeDead(kind="used"):
            return _("Ce code a déjà servi. Demandez un nouveau code.")
        case CodeDead():
            return _("Demandez un nouveau code.")


def standing(sign_in: Pending) -> tuple[str, str, str] | None:
    """What there is to say of the codes already asked: (kind of alert, title, body)."""
    again = {"hour": clock(sign_in.again_at)} if sign_in.again_at else {}
    match sign_in.refusal:
        case "country":
            return "warning", _("Ce portail n’envoie pas de SMS vers votre pays."), _("Contactez l’assistance.")
        case limits.SMS_ACCOUNT.name | limits.SMS_NUMBER.name as name:
            asked = _("Vous avez demandé %(n)d codes.") % {"n": ASKED[name]}
            return "warning", asked, _("Le prochain sera possible à %(hour)s.") % again
        case "":
            sent = {"hour": hour(sign_in.sent_at)}
            resent = _("Un nouveau code est parti à %(hour)s.") % sent, _("L’ancien ne fonctionne plus.")
            return ("success", *resent) if sign_in.sent > 1 else None
        case _:
            return "warning", _("Trop de demandes"), _("Réessayez à %(hour)s.") % again


def too_soon(until: datetime) -> tuple[str, str, str]:
    return "warning", _("Trop de demandes"), _("Nouveau code possible à %(hour)s") % {"hour": clock(until)}


def clock(until: datetime | str) -> str:
    """The hour at which a wait is over, never a minute too early; with the day when it is not today."""
    moment = timezone.localtime(datetime.fromisoformat(until) if isinstance(until, str) else until)
    moment += timedelta(seconds=59)
    if moment.date() == timezone.localdate():
        return hour(moment)
    return _("%(hour)s, le %(day)s") % {"hour": hour(moment), "day": day(moment)}


def _still(left: int) -> str:
    return _sentences(_("Ce code ne correspond pas. Vérifiez-le, ou demandez un nouveau code."), _tries(left))


def _tries(left: int) -> str:
    return ngettext("Il vous reste %(n)d essai.", "Il vous reste %(n)d essais.", left) % {"n": left}


def _wrong(*, last: bool) -> str:
    reset = _reset_link(_("réinitialisez votre mot de passe"))
    check = format_html(_("Vérifiez votre saisie ou {link}."), link=reset) if reset else _("Vérifiez votre saisie.")
    return _sentences(check, _("Encore un essai avant un blocage temporaire.") if last else "")


def _locked(until: datetime) -> str:
    reset = _reset_link(_("réinitialiser votre mot de passe"))
    locked = _("Pour votre sécurité, la connexion est bloquée jusqu’à %(hour)s.") % {"hour": clock(until)}
    return _sentences(locked, format_html(_("Vous pouvez {link} dès maintenant."), link=reset) if reset else "")


def _network(until: datetime) -> str:
    return _("Trop de demandes depuis votre réseau. Réessayez à %(hour)s.") % {"hour": clock(until)}


def _inactive() -> str:
    link = format_html('<a href="{}">{}</a>', reverse("accounts:resend"), _("demandez-en un nouveau"))
    words = _("Votre inscription n’est pas terminée. Ouvrez le courriel d’activation, ou {link}.")
    return format_html(words, link=link)


def _disabled(since: datetime | None) -> str:
    return (
        _("Ce compte est désactivé depuis le %(day)s.") % {"day": day(since)}
        if since
        else _("Ce compte est désactivé.")
    )


def _reset_link(words: str) -> str:
    """Nothing on a portal whose people cannot reset their password by themselves."""
    try:
        return format_html('<a href="{}">{}</a>', reverse("accounts:forgotten"), words)
    except NoReverseMatch:
        return ""


def _sentences(*sentences: str) -> str:
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences if sentence))
