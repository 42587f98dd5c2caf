"""An SMTP server of one's own, that can be told to misbehave at any step."""

import asyncio
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

ANSWER_SECONDS = 20


@dataclass
class Received:
    sender: str
    recipients: list[str]
    raw: bytes
    mime: EmailMessage


@dataclass
class PostOffice:
    """`says` maps a step (MAIL, RCPT, DATA) to its answer, or to « hang » or « drop » once the message is kept."""

    says: dict[str, str] = field(default_factory=dict)
    only_for: str = ""  # misbehaves for this recipient alone
    tls: ssl.SSLContext | None = None
    password: bytes = b""
    on_letter: Callable[[Received], None] = lambda letter: None
    letters: list[Received] = field(default_factory=list)
    connections: int = 0
    url: str = ""

    def __enter__(self) -> Self:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        assert self._ready.wait(ANSWER_SECONDS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def recipients(self) -> list[str]:
        return [recipient for letter in self.letters for recipient in letter.recipients]

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(self._session, "127.0.0.1", 0)
        self.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()

    def _session(self) -> SMTP:
        self.connections += 1
        return SMTP(
            self,
            hostname="post.example",
            tls_context=self.tls,
            require_starttls=bool(self.tls),
            authenticator=self._authenticate,
            auth_required=bool(self.password),
            auth_require_tls=False,
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        return AuthResult(success=data.password == self.password, handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        envelope.mail_from = address
        return self.says.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self._answer("RCPT", [address])
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self._answer("DATA", envelope.rcpt_tos)
        if answer[:1] in {"2", "d"}:
            raw = bytes(envelope.content or b"")
            mime = message_from_bytes(raw, policy=default)
            assert isinstance(mime, EmailMessage)
            letter = Received(envelope.mail_from or "", list(envelope.rcpt_tos), raw, mime)
            self.letters.append(letter)
            self.on_letter(letter)
        if answer == "hang":
            await self._stop.wait()
        if answer == "drop":
            server.transport.abort()
        return answer if answer[:1].isdigit() else "451 nobody hears this"

    def _answer(self, step: str, recipients: list[str]) -> str:
        concerned = not self.only_for or self.only_for in recipients
        return self.says.get(step, "250 OK") if concerned else "250 OK"
