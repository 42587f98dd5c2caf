"""What a room posts (Letter, Text), and what is carried once rendered (Mail, Sms)."""

from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be. `template` "room/mails/name" means name.txt (subject, blank line, body) and name.html.

    `context` holds str, int, bool or None, moments as ISO text. Of the messages of one `thread`
    that have not left yet, only the last posted leaves. Past `useful_for` it is not sent any more, nor before `wait`.
    """

    to: str
    template: str
    context: dict[str, Any]
    language: str = "fr"
    thread: str = ""
    useful_for: timedelta = timedelta(hours=24)  # as long as the links it may hold
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Text:
    """An SMS to be: `to` in E.164, `template` "room/sms/name" means name.sms.txt; the rest as in Letter."""

    to: str
    template: str
    context: dict[str, Any]
    language: str = "fr"
    thread: str = ""
    useful_for: timedelta = timedelta(minutes=10)  # as long as the code it holds
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready to leave: who sends it, its only recipient, and all of it."""

    id: UUID
    sender: str
    to: str
    mime: EmailMessage


@dataclass(frozen=True, slots=True)
class Sms:
    """A text of GSM-7 characters in one part."""

    id: UUID
    to: str
    text: str
    language: str
