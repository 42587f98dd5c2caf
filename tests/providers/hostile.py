"""A hostile OpenID provider on loopback: `python -m tests.providers.hostile`, its configuration in one line on stdin.

It prints one line of JSON when it listens ({issuer, control}) and ends when its stdin closes, or on SIGTERM.
Three ports: the provider, its canary (another origin, where nothing should be asked), its control. Modes: lies.py.
"""

import json
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.providers.answers import ROUTES, answer
from tests.providers.messages import Answer, Question
from tests.providers.signing import Json
from tests.providers.state import State

HOST = "127.0.0.1"
PATIENCE = 120  # seconds that a hanging answer hangs, unless the control says something before


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, handler: type["Handler"], state: State) -> None:
        super().__init__((HOST, 0), handler)
        self.state = state

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the acknowledgement of its headers
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def question(self) -> Question:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Question(self.command, parts.path, dict(parse_qsl(parts.query)), body, headers)

    def reply(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.sized:
            self.send_header("Content-Length", str(len(answer.body)))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_GET(self) -> None:
        self.take()

    def do_POST(self) -> None:
        self.take()

    def take(self) -> None:
        """Whatever the method; each of the three ports has its own."""


class Provider(Handler):
    def take(self) -> None:
        state, question = self.server.state, self.question()
        endpoint = ROUTES.get(question.path, question.path)
        state.remember(endpoint, question)
        if f"hang:{endpoint}" in state.modes:
            state.told.wait(PATIENCE)
            self.close_connection = True
        elif f"slow:{endpoint}" in state.modes:
            self.drip(answer(state, endpoint, question))
        else:
            self.reply(answer(state, endpoint, question))

    def drip(self, answer: Answer) -> None:
        """One byte a second, from the first of the body on."""
        self.close_connection = True
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        for byte in self.slowly(answer.body):
            self.wfile.write(byte)
            self.wfile.flush()

    def slowly(self, body: bytes) -> Iterator[bytes]:
        told = self.server.state.told
        for at in range(len(body)):
            yield body[at : at + 1]
            if told.wait(1):
                return


class Canary(Handler):
    """Answers a key set (the thief's) to anything, and counts who came."""

    def take(self) -> None:
        state, question = self.server.state, self.question()
        state.remember(f"canary {question.path}", question)
        self.reply(Answer.json({"keys": [state.keys.thief.public()]}))


class Control(Handler):
    def take(self) -> None:
        state, question = self.server.state, self.question()
        try:
            done = state.tell(json.loads(question.body)) if question.method == "POST" else {}
            said = Answer.json({**state.seen(), **done})
        except (KeyError, ValueError, TypeError) as fault:
            said = Answer.json({"error": repr(fault)}, status=400)
        self.reply(said)


def end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    configuration: Json = json.loads(sys.stdin.readline())
    state = State(configuration["secret"])
    provider, canary, control = Server(Provider, state), Server(Canary, state), Server(Control, state)
    state.settle(provider.origin, canary.origin)
    for server in (provider, canary, control):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(json.dumps({"issuer": provider.origin, "control": control.origin}) + "\n")
    sys.stdout.flush()
    end_with_parent()


if __name__ == "__main__":
    main()
