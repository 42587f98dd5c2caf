"""A visitor who keeps one connection and its cookies, as a browser does, and costs the server nothing more."""

import re
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from itertools import count
from typing import NamedTuple
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
SOURCES = count(1)


class Answer(NamedTuple):
    """What the server said."""

    headers: HTTPMessage
    text: str


class Visitor:
    """Each visitor comes from another address, through a trusted proxy: limits are not what is measured."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("localhost", port)
        number = next(SOURCES)
        self.headers = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        self.cookies: dict[str, str] = {}
        self.page = ""

    def get(self, path: str, expected: int = 200) -> str:
        return self._ask("GET", path, None, expected).headers.get("Location", "")

    def post(self, path: str, expected: int, **fields: str) -> str:
        """Send a form with the hidden fields of the last page; answers where it leads."""
        return self._ask("POST", path, self._filled(fields), expected).headers.get("Location", "")

    def ask(self, path: str, **fields: str) -> str:
        """As `post`, but what is answered is for a script."""
        return self._ask("POST", path, self._filled(fields), 200).text

    def _filled(self, fields: dict[str, str]) -> str:
        return urlencode(dict(HIDDEN.findall(self.page)) | fields)

    def _ask(self, method: str, path: str, body: str | None, expected: int) -> Answer:
        headers = self.headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status != expected:
            raise RuntimeError(f"{method} {path}: {answer.status} instead of {expected}\n{text[:2000]}")
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if "<main" in text:
            self.page = text.partition("<main")[2]  # the header has a form of its own
        return Answer(answer.headers, text)
