"""A provider as its own process: told what to be on stdin, spoken to at its control, ended by process id."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import urllib3

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
Json = dict[str, Any]


class DidNotStart(RuntimeError):
    """Holds what the program wrote."""


class Program:
    """Started on creation; a context manager that ends it. It also ends by itself when this process does."""

    def __init__(self, command: list[str], configuration: Mapping[str, Any]) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 : stop() closes it
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True
        )
        self._http = urllib3.PoolManager(retries=False, timeout=30)
        said = self._say(json.dumps(configuration))
        self.issuer: str = said["issuer"]
        self.control: str = said["control"]

    def set(self, **control: Any) -> Json:
        """Tell the program what to do from now on; it is done when this returns. RuntimeError when it refuses."""
        answer = self._http.request("POST", f"{self.control}/control", json=control)
        if answer.status != 200:
            raise RuntimeError(answer.data.decode())
        told: Json = answer.json()
        return told

    def state(self) -> Json:
        told: Json = self._http.request("GET", f"{self.control}/state").json()
        return told

    def reset(self) -> None:
        """As it was started: its people, no fault, no hit. Keys and registered clients stay."""
        self.set(reset=True)

    def hits(self) -> dict[str, int]:
        """How often each endpoint was asked since the last reset."""
        hits: dict[str, int] = self.state()["hits"]
        return hits

    def stop(self) -> None:
        """May be called again."""
        self._http.clear()
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._log):
            if stream:
                stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _say(self, line: str) -> Json:
        """Give the configuration, and answer the line with which the program says that it listens."""
        if self._process.stdin is None or self._process.stdout is None:
            raise DidNotStart("no pipe")
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            said: Json = json.loads(self._process.stdout.readline())
        except (OSError, ValueError) as fault:
            self._process.kill()
            self._process.wait()
            self._log.seek(0)
            written = self._log.read().decode()
            self.stop()
            raise DidNotStart(written) from fault
        return said
