"""The shipped nginx configuration, started for real on loopback, and a browser of few words that shows certificates."""

import html
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from cryptography import x509

from passavant.config.demo import PASSWORD
from tests.authority import SERVER, Authority, Card
from tests.stack import free_port

SHIPPED = Path(__file__).resolve().parent.parent / "deploy" / "nginx"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PORTAL, CERTIFICATES = "portail.example", "certificats.portail.example"  # in the shipped file
START_SECONDS = 10
PAGE = "/connexion/certificat/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
LINK = re.compile(r'href="([^"]*/certificat/\?pour=[^"]*)"')
MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{}}
http {{
    include {mime};
    client_body_temp_path {folder}/temp;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    include {folder}/passavant.conf;
}}
"""


class Missing(RuntimeError):
    """nginx is not here; the message says what to install."""


@dataclass(frozen=True)
class Place:
    """A host as a browser addresses it."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self.port}"


class Front:
    """nginx before the web at `web` (a port), with the shipped configuration; `clients` certify people."""

    def __init__(self, folder: Path, web: int, portal: Place, certificates: Place, clients: Authority) -> None:
        if not Path(NGINX).exists():
            raise Missing("nginx is needed: tests/bin/install-needs nginx")
        self.folder, self.portal, self.certificates, self.clients = folder, portal, certificates, clients
        self.crl = folder / "revoked.pem"
        self.crl.write_bytes(clients.revoked())
        (folder / "authorities.pem").write_bytes(clients.pem)
        self._serve_names()
        self._write(web)
        self.process = subprocess.Popen([NGINX, "-e", "stderr", "-p", folder, "-c", "nginx.conf"], stderr=self._log())
        self._wait()

    def reload(self) -> None:
        """As an operator does after a new list of revoked certificates: `nginx -s reload`."""
        before = self._workers()
        self.process.send_signal(signal.SIGHUP)
        self._until(lambda: self._workers() and not self._workers() & before)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)

    def logged(self) -> str:
        return (self.folder / "access.log").read_text()

    def _serve_names(self) -> None:
        servers = Authority("Autorité des serveurs")
        (self.folder / "servers.pem").write_bytes(servers.pem)
        for name, place in (("portail", self.portal), ("certificats", self.certificates)):
            servers.issue(place.host, usages=SERVER, hosts=(_alternative(place.host),)).written(self.folder, name)

    def _write(self, web: int) -> None:
        """The shipped files, with these names, ports and folders in place of those they come with."""
        shutil.copy(SHIPPED / "indisponible.html", self.folder)
        (self.folder / "temp").mkdir()
        user = "user root;" if os.geteuid() == 0 else ""
        mime = "/etc/nginx/mime.types"
        (self.folder / "nginx.conf").write_text(MAIN.format(folder=self.folder, user=user, mime=mime))
        (self.folder / "snippets").mkdir()
        shutil.copy(SHIPPED / "passavant-proxy.conf", self.folder / "snippets")
        (self.folder / "passavant.conf").write_text(self._renamed((SHIPPED / "passavant.conf").read_text(), web))

    def _renamed(self, text: str, web: int) -> str:
        head, mark, last = text.rpartition("# Where certificates are shown.")
        assert mark, "the shipped file has changed: say how to take its last server"
        portal, certificates = f"127.0.0.1:{self.portal.port}", f"127.0.0.1:{self.certificates.port}"
        whole = (
            head.replace("listen 443", f"listen {portal}") + mark + last.replace("listen 443", f"listen {certificates}")
        )
        for shipped, here in {
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "127.0.0.1:8000": f"127.0.0.1:{web}",
            "/var/log/nginx/passavant.log": f"{self.folder}/access.log",
            "/etc/passavant": str(self.folder),
            CERTIFICATES: self.certificates.host,
            f"https://{PORTAL}": self.portal.url,
            PORTAL: self.portal.host,
        }.items():
            assert shipped in whole, f"the shipped file has no « {shipped} » any more"
            whole = whole.replace(shipped, here)
        return whole

    def _log(self) -> int:
        return os.open(self.folder / "stderr.log", os.O_WRONLY | os.O_CREAT)

    def _workers(self) -> set[str]:
        return set(Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split())

    def _wait(self) -> None:
        def answers() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.certificates.port)) == 0

        self._until(answers)

    def _until(self, done: object) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not done():  # type: ignore[operator]
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "stderr.log").read_text()[-2000:])
            time.sleep(0.02)


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    page: str

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class Browser:
    """Keeps the cookies of each host, shows the certificate it is given, follows nothing by itself."""

    front: Front
    card: Card | None = None
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def ask(self, url: str, *, name: str = "", headers: Mapping[str, str] | None = None, **fields: str) -> Answer:
        """GET or, with fields, POST. `name`: the one told in the handshake, when it is not the host's."""
        where = urlsplit(url)
        host, kept = where.hostname or "", self.cookies.setdefault(where.hostname or "", {})
        told = {"Host": where.netloc, "Cookie": "; ".join(f"{key}={value}" for key, value in kept.items())}
        body = urlencode(fields) if fields else None
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.front.portal.url} if fields else {}
        wire = http.client.HTTPConnection(host, timeout=15)
        wire.sock = self._shaken(name or host, where.port or 443)
        try:
            path = f"{where.path}?{where.query}" if where.query else where.path
            wire.request("POST" if fields else "GET", path, body, told | form | dict(headers or {}))
            answer = wire.getresponse()
            self._keep(kept, answer)
            return Answer(answer.status, answer.headers, answer.read().decode())
        finally:
            wire.close()

    def sign_in(self, who: str = "camille.martin") -> Answer:
        """By the password of the demonstration."""
        address = f"{self.front.portal.url}/connexion/"
        hidden = dict(HIDDEN.findall(self.ask(address).page.partition("<main")[2]))
        return self.ask(address, **hidden | {"identifier": who, "password": PASSWORD})

    def link_on(self, page: str = PAGE) -> str:
        """Where « Présenter mon certificat » leads."""
        found = LINK.search(self.ask(self.front.portal.url + page).page)
        assert found
        return html.unescape(found[1])

    def shows(self, page: str = PAGE) -> Answer:
        """The page, the other host, and what the portal answers at the return."""
        shown = self.ask(self.link_on(page))
        assert shown.status == 302, shown.page
        assert shown.location.startswith(self.front.portal.url)
        return self.ask(shown.location)

    def is_inside(self) -> bool:
        return self.ask(f"{self.front.portal.url}/espace/").status == 200

    def _shaken(self, name: str, port: int) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=str(self.front.folder / "servers.pem"))
        if self.card:
            context.load_cert_chain(*self.card.written(self.front.folder, "shown"))
        return context.wrap_socket(socket.create_connection(("127.0.0.1", port), 15), server_hostname=name)

    def _keep(self, kept: dict[str, str], answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie", []):
            for key, morsel in SimpleCookie(line).items():
                kept.pop(key, None)
                if morsel.value:
                    kept[key] = morsel.value


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
