"""The tray of the demonstration: messages are files that a page shows."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from urllib.parse import SplitResult
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from passavant.foundation.outbox.carriers.outcomes import Later, Outcome, Sent
from passavant.foundation.outbox.messages import Mail, Sms

NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9]{6}-[0-9a-f]{8}\.(?:eml|sms)")  # in the order of sending


class Tray:
    """tray: for mail and for SMS, in PASSAVANT_ENV=demo only."""

    def __init__(self, url: SplitResult) -> None:
        self.folder = folder()

    def close(self) -> None:
        """Nothing stays open."""

    def keep(self, message_id: UUID, kind: str, content: bytes) -> Outcome:
        """Write a file that is either whole or not there."""
        name = f"{timezone.now():%Y%m%dT%H%M%S-%f}-{message_id.hex[:8]}.{kind}"
        draft = self.folder / f".{name}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_bytes(content)
            draft.replace(self.folder / name)
        except OSError as error:
            return Later(f"{type(error).__name__} {error.strerror}")
        return Sent()


class MailTray(Tray):
    def carry(self, message: Mail) -> Outcome:
        return self.keep(message.id, "eml", message.mime.as_bytes(policy=SMTP))


class SmsTray(Tray):
    def carry(self, message: Sms) -> Outcome:
        told = {"to": message.to, "text": message.text, "language": message.language}
        told["sent_at"] = timezone.now().isoformat()
        return self.keep(message.id, "sms", json.dumps(told, ensure_ascii=False).encode())


@dataclass(frozen=True, slots=True)
class Kept:
    """A message of the tray, as a page shows it; an SMS has no `sender`, `subject` nor `html`."""

    name: str
    to: str
    text: str
    language: str
    sent_at: datetime
    sender: str = ""
    subject: str = ""
    html: str = ""


def folder() -> Path:
    return Path(settings.PASSAVANT.var) / "courrier"


def names() -> list[str]:
    """The messages' names, newest first."""
    try:
        return sorted((path.name for path in folder().iterdir() if NAME.fullmatch(path.name)), reverse=True)
    except FileNotFoundError:
        return []


def read(name: str) -> Kept | None:
    """One message; None for a name that is none of the tray's, wherever it would lead."""
    if not NAME.fullmatch(name):
        return None
    try:
        content = (folder() / name).read_bytes()
    except OSError:
        return None
    return _sms(name, content) if name.endswith(".sms") else _mail(name, content)


def _sms(name: str, content: bytes) -> Kept:
    told = json.loads(content)
    return Kept(name, told["to"], told["text"], told["language"], datetime.fromisoformat(told["sent_at"]))


def _mail(name: str, content: bytes) -> Kept:
    mime = message_from_bytes(content, policy=default)
    return Kept(
        name,
        to=mime["To"],
        text=_part(mime, "plain"),
        language=mime["Content-Language"],
        sent_at=mime["Date"].datetime,
        sender=mime["From"],
        subject=mime["Subject"],
        html=_part(mime, "html"),
    )


def _part(mime: EmailMessage, kind: str) -> str:
    part = mime.get_body((kind,))
    return str(part.get_content()) if part else ""
