"""Answers that several rooms give."""

from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

LANGUAGE_KEPT = timedelta(days=365)


def too_many(request: HttpRequest, retry_at: datetime, status: int = 429) -> HttpResponse:
    """The page that says when to come back, with `Retry-After` in whole seconds (at least one)."""
    page = render(request, "ui/too_many.html", {"retry_at": retry_at}, status=status)
    return retry_after(page, retry_at)


def retry_after(answer: HttpResponse, until: datetime) -> HttpResponse:
    """Say when to come back, in whole seconds, at least one."""
    answer.headers["Retry-After"] = str(max(1, ceil((until - timezone.now()).total_seconds())))
    return answer


def remember_language(answer: HttpResponse, language: str) -> None:
    """Keep the person's choice of language in this browser."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_KEPT,
        secure=settings.PASSAVANT.secure,
        httponly=True,
        samesite="Lax",
    )
