"""Somebody in front of the portal: reads pages, fills in forms by their labels, opens mails."""

import re
from email.message import EmailMessage
from typing import Any

from django.test import Client
from django.utils import timezone

from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import render_mail
from tests.people import PASSWORD
from tests.rooms.accounts.pages import Page

ANSWERS = {
    "Identifiant": "lea.durand",
    "Mot de passe": PASSWORD,
    "Niveau de sécurité": "password",
    "Nom": "Durand",
    "Prénom": "Léa",
    "Adresse électronique": "lea@negoce.example",
    "J’accepte les conditions générales": "on",
}
LINK = re.compile(r"http://localhost:8000(/\S*psv_lnk_[\w-]+/)")


class Visitor:
    """One browser; `address` is where it stands."""

    def __init__(self, address: str = "192.0.2.1") -> None:
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address, HTTP_USER_AGENT="Firefox/140.0 (Windows)")
        self.status, self.url, self.html = 0, "", ""
        self.headers: dict[str, str] = {}

    @property
    def page(self) -> Page:
        return Page(self.html)

    def opens(self, url: str) -> "Visitor":
        return self._arrives(self.client.get(url, follow=True), url)

    def clicks(self, words: str) -> "Visitor":
        return self.opens(self.page.links[words])

    def sends(self, button: str, **by_name: str) -> "Visitor":
        """Press the button with what the page holds, and `by_name` instead."""
        form = self.page.form(button)
        action = form.action or self.url
        return self._arrives(self.client.post(action, {**form.values, **by_name}, follow=True), action)

    def fills(self, button: str, answers: dict[str, str]) -> "Visitor":
        """The same, by labels."""
        form = self.page.form(button)
        return self.sends(button, **{form.named(label): answer for label, answer in answers.items()})

    def signs_up(self, **changed: str) -> "Visitor":
        """Fill in the form and go to the review; `changed` by name."""
        self.opens("/inscription/")
        form = self.page.form("Continuer")
        answers = {form.named(label): answer for label, answer in ANSWERS.items()}
        return self.sends("Continuer", **answers | changed)

    def registers(self, **changed: str) -> "Visitor":
        """The same, validated."""
        return self.signs_up(**changed).sends("Valider")

    def activates(self, link: str, identifier: str = "lea.durand", password: str = PASSWORD) -> "Visitor":
        self.opens(link)
        return self.fills("Activer", {"Identifiant": identifier, "Mot de passe": password})

    def _arrives(self, answer: Any, asked: str) -> "Visitor":
        self.status, self.html, self.headers = answer.status_code, answer.content.decode(), dict(answer.headers)
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else asked
        return self


def mails(to: str = "lea@negoce.example") -> list[EmailMessage]:
    """What was posted to an address, oldest first, as it will leave, but for what a newer one withdrew."""
    rows = Outgoing.objects.filter(channel="mail", recipient=to).order_by("posted_at")
    return [render_mail(row, timezone.now()).mime for row in rows.exclude(state="withdrawn")]


def subjects(to: str = "lea@negoce.example") -> list[str]:
    return [str(mail["Subject"]) for mail in mails(to)]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def link_in(mail: EmailMessage) -> str:
    """The one-time link, without the host."""
    found = LINK.search(text_of(mail))
    assert found is not None, text_of(mail)
    return found[1]
