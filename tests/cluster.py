"""A PostgreSQL cluster of one's own: a temporary folder, a socket inside it, ended by process id."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

VERSIONS = Path("/usr/lib/postgresql")


class Missing(RuntimeError):
    """The binaries are not here; the message says what to install."""


def binaries() -> Path:
    """Where initdb and postgres stand: Debian's newest, else those on the PATH."""
    if found := sorted(VERSIONS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])):
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise Missing("PostgreSQL is needed: apt-get install postgresql (its binaries only; no cluster is used)")


class Cluster:
    """Started on creation. `durable=True` keeps fsync on (the benchmark), else tests run without it."""

    def __init__(self, *, durable: bool = False) -> None:
        self.bin = binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="psv-pg-"))
        self.data = self.folder / "data"
        self._as_owner: list[str] = self._another_user() if os.geteuid() == 0 else []
        self._run(
            "initdb", "-D", str(self.data), "-U", "passavant", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        self.options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "fsync": "on" if durable else "off",
            "max_connections": "200",
        }
        self.log = (self.folder / "log").open("wb")
        self.start()
        self._run("createdb", "-h", str(self.folder), "-U", "passavant", "passavant")

    def start(self) -> None:
        arguments = [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        command = [*self._as_owner, str(self.bin / "postgres"), "-D", str(self.data), *arguments]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, start_new_session=True)
        self._wait()

    def crash(self) -> None:
        """Immediate shutdown: no connection is warned, the next start recovers from the log."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(20)

    @property
    def url(self) -> str:
        return self.url_of("passavant")

    def url_of(self, database: str) -> str:
        return f"postgresql://passavant@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """Create a further database and say its address."""
        self._run("createdb", "-h", str(self.folder), "-U", "passavant", database)
        return self.url_of(database)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(20)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _another_user(self) -> list[str]:
        names = {entry.pw_name for entry in pwd.getpwall()}
        owner = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.folder.chmod(0o755)
        return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_owner, str(self.bin / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd="/")

    def _wait(self) -> None:
        ready = [str(self.bin / "pg_isready"), "-q", "-h", str(self.folder)]
        for _ in range(200):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text())
