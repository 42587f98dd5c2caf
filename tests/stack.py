"""The real product as its own processes: web and worker, on loopback, ended by process id."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PROGRAM = [sys.executable, "-m", "passavant.config"]
START_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Stack:
    """Migrated on creation; `start()` brings the web and the worker up."""

    def __init__(self, var: Path, database_url: str = "", **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.var = var
        self.environ = {name: value for name, value in os.environ.items() if not name.startswith("PASSAVANT_")} | {
            "DJANGO_SETTINGS_MODULE": "passavant.config.settings",
            "PASSAVANT_ENV": "demo",
            "PASSAVANT_PUBLIC_URL": self.url,
            "PASSAVANT_DATABASE_URL": database_url or f"sqlite:///{var}/passavant.sqlite3",
            "PASSAVANT_VAR": str(var),
            **settings,
        }
        self.log = (var / "stack.log").open("ab")
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.command("migrate")

    def command(self, *arguments: str) -> str:
        """Run one command of the program to its end and answer what it printed."""
        done = subprocess.run([*PROGRAM, *arguments], env=self.environ, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"passavant {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def launch(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [*PROGRAM, *(arguments or (name,))]
        self.processes[name] = subprocess.Popen(command, env=self.environ, stdout=self.log, stderr=self.log)
        return self.processes[name]

    def start(self, *, worker: bool = True) -> float:
        """Bring web (and worker) up; answers the seconds from start to first answer."""
        began = time.monotonic()
        self.launch("serve", "serve", "--port", str(self.port))
        if worker:
            self.launch("worker")
        self.wait()
        return time.monotonic() - began

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
            else:
                return
        raise RuntimeError((self.var / "stack.log").read_text()[-4000:])

    def stop(self) -> None:
        self.end_processes()
        self.log.close()

    def end_processes(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
