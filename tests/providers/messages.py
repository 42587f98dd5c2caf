"""A question that came to the hostile provider, and the answer it gives."""

import base64
import gzip
import json
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import parse_qsl, unquote

HUGE = 10 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Question:
    method: str
    path: str
    query: dict[str, str]
    body: str
    headers: dict[str, str]  # names in lower case

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body, keep_blank_values=True))

    def credentials(self) -> tuple[str, str]:
        """Client id and secret, from the header or the form."""
        scheme, _, value = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return self.form.get("client_id", ""), self.form.get("client_secret", "")
        name, _, secret = base64.b64decode(value).decode().partition(":")
        return unquote(name), unquote(secret)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    sized: bool = True  # says its length

    @classmethod
    def json(cls, value: object, *, status: int = 200) -> Self:
        return cls(status, {"Content-Type": "application/json"}, json.dumps(value).encode())

    @classmethod
    def to(cls, url: str, *, status: int = 303) -> Self:
        return cls(status, {"Location": url})

    def swollen(self) -> "Answer":
        """The same JSON, good and of 10 MB, that does not say its length."""
        return replace(self, body=self.body.rstrip(b"}") + b',"padding":"' + b"x" * HUGE + b'"}', sized=False)

    def packed(self) -> "Answer":
        return replace(self, headers={**self.headers, "Content-Encoding": "gzip"}, body=gzip.compress(self.body))
