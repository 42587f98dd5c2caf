"""From a row to what is carried. Runs in the worker, never while somebody waits for a page."""

import json
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template import Context, loader
from django.utils.translation import override

from passavant.foundation.outbox.messages import Mail, Sms
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rules import MAIL_BYTES, SMS_SEPTETS, SUBJECT_LENGTH, inert, one_line, septets
from passavant.foundation.values import Cipher


class Unfit(ValueError):
    """Rendered, but not what may leave. What it says quotes no content."""


class Unready(Exception):
    """A setting prevents every message of a channel from leaving."""


def cipher() -> Cipher:
    return Cipher(settings.PASSAVANT.secret_key, purpose="outbox")


def render_mail(row: Outgoing, now: datetime) -> Mail:
    """The whole mail, in its language, text before HTML.

    Raises:
        CannotOpen: its content was sealed by a key that is gone, or altered.
        Unfit: no subject, no text, or too long.
        Unready: the sender's address is none.
        Exception: whatever a template raises.
    """
    with override(row.language):
        context = _context(row, now)
        first, _, body = _plain(f"{row.template}.txt", context).partition("\n")
        subject, text = one_line(first)[:SUBJECT_LENGTH], body.strip()
        html = loader.render_to_string(f"{row.template}.html", context | {"subject": subject}).strip()
    if not (subject and text and html):
        raise Unfit("a mail without its subject, its text or its HTML")
    mime, sender = EmailMessage(policy=SMTP), _sender()
    mime.set_content(f"{text}\n", cte="quoted-printable")
    mime.add_alternative(f"{html}\n", subtype="html", cte="quoted-printable")
    _write_headers(mime, row, {"Subject": subject, "From": sender, "Date": now})
    if len(mime.as_bytes()) > MAIL_BYTES:
        raise Unfit("a mail longer than readers show")
    return Mail(row.id, sender.addr_spec, row.recipient, mime)


def render_sms(row: Outgoing, now: datetime) -> Sms:
    """The text, in one part.

    Raises:
        CannotOpen, Exception: as for a mail.
        NotGsm7, Unfit: not what one part of GSM-7 holds.
    """
    with override(row.language):
        text = _plain(f"{row.template}.sms.txt", _context(row, now))
    if not 0 < septets(text) <= SMS_SEPTETS:
        raise Unfit(f"{septets(text)} septets, when an SMS holds from 1 to {SMS_SEPTETS}")
    return Sms(row.id, row.recipient, text, row.language)


def _context(row: Outgoing, now: datetime) -> dict[str, Any]:
    site = settings.PASSAVANT
    told: dict[str, Any] = json.loads(cipher().open(row.context))
    safe = {name: inert(value, site.public_url) if isinstance(value, str) else value for name, value in told.items()}
    return safe | {
        "site_name": site.site_name,
        "public_url": site.public_url,
        "host": site.host,
        "sent_at": now,
        "language": row.language,
    }


def _plain(template: str, context: dict[str, Any]) -> str:
    """Django escapes for HTML whatever the file is called: here nothing is HTML."""
    source = loader.get_template(template).template  # type: ignore[attr-defined]
    return str(source.render(Context(context, autoescape=False))).strip()


def _sender() -> Address:
    name, address = parseaddr(settings.PASSAVANT.sender)
    try:
        return Address(display_name=name or settings.PASSAVANT.site_name, addr_spec=address)
    except (ValueError, IndexError, MessageError):
        raise Unready("PASSAVANT_EMAIL_FROM is not an address") from None


def _write_headers(mime: EmailMessage, row: Outgoing, shown: dict[str, Any]) -> None:
    hidden = {
        "To": Address(addr_spec=row.recipient),
        "Message-ID": row.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": row.language,
        "Feedback-ID": f"{row.template.rpartition('/')[2]}:{settings.PASSAVANT.host}",
        "X-Entity-Ref-ID": str(row.id),  # else Gmail shows two activation mails as one conversation
    }
    for name, value in (shown | hidden).items():
        mime[name] = value
