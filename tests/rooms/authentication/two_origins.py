"""One browser before a portal whose sign-in has an origin of its own: a jar of cookies for each host."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from tests.people import PASSWORD

PORTAL, AUTH = "http://localhost:8000", "http://127.0.0.1:8000"
SPACE = f"{PORTAL}/espace/"
MIDDLEWARE = "passavant.authentication.guards.origins.keep_to_origins"
REDIRECTS = 20  # as many as a browser follows


def separate(settings: Settings, public: str = PORTAL, auth: str = AUTH) -> None:
    """The settings, as if PASSAVANT_AUTH_URL had been set at the start."""
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"public_url": public, "auth_url": auth})
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, MIDDLEWARE]
    settings.ALLOWED_HOSTS = [settings.PASSAVANT.host, settings.PASSAVANT.auth_host]


class Browser:
    """`url` is where it stands; `way` the addresses the last step went through."""

    def __init__(self) -> None:
        self.jars: dict[str, Client] = {}
        self.url, self.status, self.text = PORTAL, 0, ""
        self.way: list[str] = []

    def jar(self, url: str) -> Client:
        return self.jars.setdefault(urlsplit(url).netloc, Client())

    def key(self, url: str) -> str:
        """The session's cookie on that origin, or ""."""
        cookie = self.jar(url).cookies.get(settings.SESSION_COOKIE_NAME)
        return cookie.value if cookie else ""

    def asks(self, url: str, posted: dict[str, str] | None = None) -> HttpResponse:
        """One request, no redirect followed."""
        parts = urlsplit(url)
        client, host = self.jar(url), {"host": parts.netloc}
        path = url.removeprefix(f"{parts.scheme}://{parts.netloc}")
        return client.get(path, headers=host) if posted is None else client.post(path, posted, headers=host)

    def opens(self, url: str) -> "Browser":
        return self._follows(self.asks(url), url)

    def posts(self, url: str, **posted: str) -> "Browser":
        return self._follows(self.asks(url, posted), url)

    def signs_in(self, login: str = "lea.durand", password: str = PASSWORD) -> "Browser":
        """Fill in the page where it stands; `next` is what the page holds."""
        form = self.hidden() | {"identifier": login, "password": password}
        return self.posts(f"{AUTH}/connexion/", **form)

    def is_inside(self) -> bool:
        return self.asks(f"{PORTAL}/espace/").status_code == 200

    def hidden(self) -> dict[str, str]:
        return {"next": self.answer.context["form"].initial.get("next", "")}  # type: ignore[attr-defined]

    def _follows(self, answer: HttpResponse, url: str) -> "Browser":
        self.way = [url]
        while answer.status_code in {301, 302, 303}:
            assert len(self.way) < REDIRECTS, self.way
            self.way.append(urljoin(self.way[-1], answer.headers["Location"]))
            answer = self.asks(self.way[-1])
        self.answer, self.url = answer, self.way[-1]
        self.status, self.text = answer.status_code, answer.content.decode()
        return self


def paths(way: list[str]) -> list[str]:
    return [address.partition("?")[0] for address in way]


def ticket_of(browser: Browser, asked: str = SPACE) -> str:
    """The address by which the session would move to the portal, before it is followed; the person is signed in."""
    browser.opens(asked)
    form = {"identifier": "lea.durand", "password": PASSWORD, "next": browser.hidden()["next"]}
    leaving = browser.asks(f"{AUTH}/connexion/", form).headers["Location"]
    return str(browser.asks(AUTH + leaving).headers["Location"])
