"""Mail by SMTP: one connection for a batch, opened by its first message."""

import smtplib
import ssl
from email.policy import SMTP
from urllib.parse import SplitResult, unquote

from django.conf import settings

from passavant.foundation.outbox.carriers.outcomes import Down, Later, Outcome, Refused, Sent
from passavant.foundation.outbox.messages import Mail

TIMEOUT_SECONDS = 10
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
NEVER = 500  # RFC 5321 §4.2.1: 4yz is "not this time", 5yz is "never"
FAULTS = (OSError, smtplib.SMTPException)


class SmtpCarrier:
    """smtp://[user:password@]host[:port], smtps://… (TLS first) or smtp+starttls://… (TLS required)."""

    def __init__(self, url: SplitResult) -> None:
        self.url = url
        self.session: smtplib.SMTP | None = None

    def carry(self, message: Mail) -> Outcome:
        try:
            session = self._ready()
        except FAULTS as error:
            return Down(_told(error))
        try:
            return converse(session, message)
        except FAULTS as error:
            self._drop()
            return Later(_told(error))

    def close(self) -> None:
        if self.session:
            try:
                self.session.quit()
            except FAULTS:
                self._drop()

    def _ready(self) -> smtplib.SMTP:
        if self.session and not _fresh(self.session):
            self._drop()
        if not self.session:
            self.session = connect(self.url)
        return self.session

    def _drop(self) -> None:
        if self.session:
            self.session.close()
        self.session = None


def connect(url: SplitResult) -> smtplib.SMTP:
    """Open a session ready for its first message.

    Raises:
        OSError, smtplib.SMTPException: no answer, no TLS where it is required, unknown user.
    """
    host, port, name = url.hostname or "", url.port or PORTS[url.scheme], settings.PASSAVANT.host
    tls = ssl.create_default_context()
    if url.scheme == "smtps":
        session: smtplib.SMTP = smtplib.SMTP_SSL(host, port, name, timeout=TIMEOUT_SECONDS, context=tls)
    else:
        session = smtplib.SMTP(host, port, name, timeout=TIMEOUT_SECONDS)
    try:
        _introduce(session, url, tls)
    except FAULTS:
        session.close()
        raise
    return session


def _introduce(session: smtplib.SMTP, url: SplitResult, tls: ssl.SSLContext) -> None:
    if url.scheme == "smtp+starttls":
        session.starttls(context=tls)
    session.ehlo_or_helo_if_needed()
    if url.username:
        session.login(unquote(url.username), unquote(url.password or ""))


def converse(session: smtplib.SMTP, mail: Mail) -> Outcome:
    """Hand one message over, step by step, because a refusal means something else at each step."""
    code, said = session.mail(mail.sender)
    if not _good(code):  # about the sender: at 5xx, any other message would be refused as well
        return (Down if code >= NEVER else Later)(_reply("MAIL", code, said))
    code, said = session.rcpt(mail.to)
    if not _good(code):
        return _refusal("RCPT", code, said)
    try:
        code, said = session.data(mail.mime.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as error:
        return _refusal("DATA", error.smtp_code, error.smtp_error)
    return Sent() if _good(code) else _refusal("DATA", code, said)


def _good(code: int) -> bool:
    return 200 <= code < 300  # smtplib says -1 for an answer that is none


def _fresh(session: smtplib.SMTP) -> bool:
    """Whether the connection still stands, cleared of the message before."""
    try:
        return _good(session.rset()[0])
    except FAULTS:
        return False


def _refusal(step: str, code: int, said: bytes | str) -> Outcome:
    return (Refused if code >= NEVER else Later)(_reply(step, code, said))


def _reply(step: str, code: int, said: bytes | str) -> str:
    return f"{step} {code} {said.decode('ascii', 'replace') if isinstance(said, bytes) else said}"


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(type(error).__name__, error.smtp_code, error.smtp_error)
    return f"{type(error).__name__} {error}"
