"""The real Kannel: bearerbox, smsbox, and the fake centre of its own distribution, on loopback."""

import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.stack import free_port

FAKE_CENTRE = "/usr/lib/kannel/test/fakesmsc"
PATIENCE_SECONDS = 15
CONFIGURATION = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = of-a-test
smsbox-port = {boxes}
smsbox-interface = 127.0.0.1
store-type = file
store-location = {folder}/store
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = fake
host = 127.0.0.1
port = {centre}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {http}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = passavant
password = "p&ss w%rd"
max-messages = 1
concatenation = false

group = sms-service
keyword = default
text = none
"""
RECEIVED = re.compile(r"Got message \d+: <(.*)>$")


class Kannel:
    """`lines()` is what the centre received: « sender recipient text … », a line for each line of the text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {name: free_port() for name in ("admin", "boxes", "centre", "http")}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.configuration = folder / "kannel.conf"
        self.configuration.write_text(CONFIGURATION.format(folder=folder, **self.ports))

    def __enter__(self) -> Self:
        missing = [name for name in ("bearerbox", "smsbox", FAKE_CENTRE) if not shutil.which(name)]
        if missing:
            raise RuntimeError(f"{', '.join(missing)} missing: apt-get install kannel kannel-extras")
        try:
            self.start("bearerbox", "bearerbox", "-v", "1", str(self.configuration), port="boxes")
            self.start("smsbox", "smsbox", "-v", "1", str(self.configuration), port="http")
            self.open_centre()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def open_centre(self) -> None:
        port = str(self.ports["centre"])
        self.start("fakesmsc", FAKE_CENTRE, "-H", "127.0.0.1", "-r", port, "-m", "0", "336 36060 text nothing")
        self.wait(lambda: "Fakesmsc client connected" in self.said("bearerbox"))

    def start(self, name: str, *command: str, port: str = "") -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        if port:
            self.wait(lambda: _listens(self.ports[port]))

    def stop(self) -> None:
        for process in reversed(self.processes.values()):
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @property
    def url(self) -> str:
        return f"kannel+http://passavant:p%26ss%20w%25rd@127.0.0.1:{self.ports['http']}/cgi-bin/sendsms"

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def lines(self) -> list[str]:
        said = self.said("fakesmsc").splitlines()
        return [match[1] for line in said if (match := RECEIVED.search(line))]

    def wait(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                raise RuntimeError("\n".join(f"{name}: {self.said(name)[-1500:]}" for name in self.processes))
            time.sleep(0.02)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
