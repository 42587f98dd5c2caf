"""A link's token leaves the address bar before any page shows: it waits in a cookie that scripts cannot read.

And a link acts on its own account only: who is signed in to another one chooses first (B14).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from passavant.foundation.access import Request
from passavant.foundation.onetime.actions import find

TOKEN = re.compile(r"psv_[a-z]+_[A-Za-z0-9_-]{20,80}")
KEPT = 3600  # seconds: to type identifier and password
NOT_ALLOWED = 403


@dataclass(frozen=True, slots=True)
class LinkCookie:
    """Where the token of one kind of link waits; `page` is the view that reads it."""

    purpose: str
    page: str

    @property
    def name(self) -> str:
        return f"__Host-{self.purpose}" if settings.PASSAVANT.secure else self.purpose

    def carry(self, token: str) -> HttpResponse:
        """Go to the page with the token; with none if it cannot be one of ours. Nothing is read or written."""
        answer = redirect(self.page)
        if not TOKEN.fullmatch(token):
            self.forget(answer)
            return answer
        secure = settings.PASSAVANT.secure
        answer.set_cookie(self.name, token, max_age=KEPT, secure=secure, httponly=True, samesite="Lax")
        return answer

    def token(self, request: Request) -> str:
        """The token, or ""."""
        kept = request.COOKIES.get(self.name, "")
        return kept if TOKEN.fullmatch(kept) else ""

    def served(self, page: str) -> HttpResponse:
        """Go to the page that says it is done; the token has served."""
        answer = redirect(page)
        self.forget(answer)
        return answer

    def forget(self, answer: HttpResponse) -> None:
        answer.delete_cookie(self.name, samesite="Lax")


def nobody_else_s(cookie: LinkCookie, purpose: str) -> Callable[[Request], HttpResponse | None]:
    """The entry of a link's page: who is signed in to another account than the link's signs out first, or stays."""

    def enter(request: Request) -> HttpResponse | None:
        me = request.account
        ticket = find(cookie.token(request), purpose) if me else None
        if ticket is None or ticket.state() != "live":  # the page says why, to everybody
            return None
        if ticket.subject in {me.subject, me.undo_subject, me.email_subject}:
            return None
        return render(request, "accounts/other_account.html", {"page": reverse(cookie.page)}, status=NOT_ALLOWED)

    return enter
