"""A person's way through a provider's pages by plain HTTP: cookies kept, redirects followed by hand."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import urllib3

HOPS = 12


class LeftStanding(AssertionError):
    """The provider answered a page where a redirect to redirect_uri was expected; holds its status and text."""


class Walker:
    """A browser with cookies and no script. One per person; it keeps the provider's session between sign-ins."""

    def __init__(self) -> None:
        self._http = urllib3.PoolManager(retries=False, timeout=30)
        self._cookies: dict[tuple[str, str], tuple[str, str]] = {}

    def request(self, method: str, url: str, form: dict[str, str] | None = None) -> urllib3.BaseHTTPResponse:
        """One exchange; a redirect is answered, not followed."""
        headers = {"Cookie": cookies} if (cookies := self._for(url)) else {}
        if form is None:
            answer = self._http.request(method, url, headers=headers, redirect=False)
        else:
            answer = self._http.request(
                method, url, fields=form, headers=headers, redirect=False, encode_multipart=False
            )
        for line in answer.headers.getlist("Set-Cookie"):
            self._keep(url, line)
        return answer

    def forget(self) -> None:
        """Without cookies, as another person."""
        self._cookies.clear()
        self._http.clear()

    def _for(self, url: str) -> str:
        host, path = urlsplit(url).netloc, urlsplit(url).path
        kept = [
            (where, name, value) for (where, name), (below, value) in self._cookies.items() if path.startswith(below)
        ]
        return "; ".join(f"{name}={value}" for where, name, value in kept if where == host)

    def _keep(self, url: str, line: str) -> None:
        pair, *attributes = (part.strip() for part in line.split(";"))
        name, _, value = pair.partition("=")
        path = next((part[5:] for part in attributes if part.lower().startswith("path=")), "/")
        key = (urlsplit(url).netloc, name)
        if value and "1970" not in line:
            self._cookies[key] = (path, value)
        else:
            self._cookies.pop(key, None)


class Form(HTMLParser):
    """The first form of a page: where it goes, and its hidden fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action: str | None = None
        self.hidden: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and self.action is None:
            self.action = given["action"]
        elif tag == "input" and given.get("type") == "hidden":
            self.hidden[given["name"]] = given["value"]


def walk(walker: Walker, url: str, answers: dict[str, str]) -> str:
    """Follow redirects and post the provider's form (once) until it redirects elsewhere; that address, not asked."""
    provider = urlsplit(url).netloc
    answer, posted = walker.request("GET", url), False
    for _ in range(HOPS):
        if location := answer.headers.get("Location"):
            url = urljoin(url, location)
            if urlsplit(url).netloc != provider:
                return url
            answer = walker.request("GET", url)
            continue
        form = Form(answer.data.decode())
        if answer.status != 200 or posted or form.action is None:
            break
        url, posted = urljoin(url, form.action), True
        answer = walker.request("POST", url, form.hidden | answers)
    raise LeftStanding(f"{answer.status} {url}\n{answer.data.decode()}")


def sign_in_at(client: Walker, url: str, person: str) -> str:
    """From an authorization URL, sign in as the login `person`; the redirect to redirect_uri, not requested.

    Nothing is asked of who is signed in at the provider already. LeftStanding when the provider answers a page.
    """
    return walk(client, url, {"login": person, "choice": "continue"})


def refuse_at(client: Walker, url: str) -> str:
    """From an authorization URL, press « Refuser »; the redirect to redirect_uri with error=access_denied."""
    return walk(client, url, {"login": "", "choice": "refuse"})


def sign_out_at(client: Walker, url: str) -> str:
    """From an end_session URL, press « Se déconnecter »; the redirect to post_logout_redirect_uri."""
    return walk(client, url, {"logout": "yes"})
