"""The layout of every mail: complete in text, light in HTML, nothing to fetch."""

import re

from django.template import Context, Template
from django.utils.translation import override

from tests.rooms.ui.pages import read

CONTEXT = {"site_name": "L’« Île » & Cie", "public_url": "https://portail.example", "host": "portail.example"}
LINK = "https://portail.example/activation/psv_lnk_" + "x" * 43 + "/"
HTML = """{% extends "ui/mail.html" %}
{% block title %}Activez{% endblock %}{% block preheader %}24 heures{% endblock %}
{% block heading %}Activez votre compte{% endblock %}
{% block body %}<p>Bonjour Léa Durand,</p>
<p>Votre inscription ne sera définitive qu’après l’activation du compte créé.</p>{% endblock %}
{% block button %}{% pv_mail_button link "Activation du compte créé" %}{% endblock %}"""
TEXT = (
    '{% extends "ui/mail.txt" %}{% block subject %}Activez {{ site_name }}{% endblock %}'
    "{% block body %}{{ link }}{% endblock %}"
)


def rendered(template: str) -> str:
    return Template(template).render(Context({**CONTEXT, "link": LINK}))


def test_a_mail_asks_nothing_of_the_network() -> None:
    html = rendered(HTML)
    assert set(re.findall(r'(?:src|href|background|url)=?\(?"([^"]*)"', html)) == {LINK}
    assert not re.search(r"<(img|script|link|iframe|object)|url\(|@import", html)


def test_a_mail_is_light() -> None:
    weight = len(rendered(HTML).encode()) + len(rendered(TEXT).encode())
    assert 4_000 <= weight <= 7_000


def test_a_mail_is_signed_and_warns_against_impostors_in_both_forms() -> None:
    html, text = read(rendered(HTML)).words, rendered(TEXT)
    for form in (html, " ".join(text.split())):
        assert "L’équipe L’« Île » & Cie" in form
        assert "Ce message est envoyé automatiquement, merci de ne pas y répondre." in form
        assert "ne répondez jamais à un courriel" in form.lower()
        assert "vérifiez que l’adresse commence par https://portail.example/" in form
        assert LINK in form


def test_the_text_begins_with_its_subject_and_escapes_nothing() -> None:
    subject, blank, body = rendered(TEXT).splitlines()[:3]
    assert (subject, blank, body) == ("Activez L’« Île » & Cie", "", LINK)


def test_the_link_is_a_button_and_an_address_in_clear() -> None:
    page = read(rendered(HTML))
    assert [link.words for link in page.all("a", href=LINK)] == ["Activation du compte créé", LINK]
    assert len(page.all("h1")) == 1
    assert all(table.attrs["role"] == "presentation" for table in page.all("table"))


def test_a_mail_in_english_is_english_throughout() -> None:
    with override("en"):
        html, text = rendered(HTML), rendered(TEXT)
    assert '<html lang="en"' in html
    for form in (html, text):
        assert "please do not reply" in form
        assert not re.search("courriel|équipe|sécurité", form)


def test_names_are_escaped_in_html() -> None:
    hostile = Template(HTML).render(Context({**CONTEXT, "site_name": "<script>", "link": '"><script>'}))
    assert "<script>" not in hostile
