"""Components, dates and typography."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.translation import override

from passavant.foundation.ui.templatetags.icons import ICONS
from passavant.foundation.ui.templatetags.pv import day, fr_typo, hour, moment
from tests.rooms.ui.pages import Element, read

HOSTILE = "<script>alert(1)</script>"
SUMMER = datetime(2026, 7, 1, 21, 59, tzinfo=UTC)
WINTER = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


def drawn(template: str, **context: object) -> Element:
    return read(Template(template).render(Context(context)))


@pytest.mark.parametrize(
    ("when", "french", "english"),
    [
        (
            WINTER,
            "22\u00a0novembre 2026 à 14\u00a0h\u00a005 (heure de Paris)",
            "22\u00a0November 2026 at 2:05\u00a0pm (Paris time)",
        ),
        (
            SUMMER,
            "1er\u00a0juillet 2026 à 23\u00a0h\u00a059 (heure de Paris)",
            "1\u00a0July 2026 at 11:59\u00a0pm (Paris time)",
        ),
        (
            datetime(2026, 1, 1, 23, 0, tzinfo=UTC),
            "2\u00a0janvier 2026 à 0\u00a0h\u00a000 (heure de Paris)",
            "2\u00a0January 2026 at 12:00\u00a0am (Paris time)",
        ),
    ],
)
def test_a_moment_is_said_in_paris_in_the_language_of_the_page(when: datetime, french: str, english: str) -> None:
    assert moment(when) == moment(when.isoformat()) == french
    with override("en"):
        assert moment(when) == moment(when.isoformat()) == english


def test_a_day_and_an_hour_alone() -> None:
    assert (day(WINTER), hour(WINTER)) == ("22\u00a0novembre 2026", "14\u00a0h\u00a005")
    with override("en"):
        assert (day(WINTER), hour(WINTER)) == ("22\u00a0November 2026", "2:05\u00a0pm")


@pytest.mark.parametrize("nothing", [None, "", "hier"])
def test_no_moment_is_no_text(nothing: str | None) -> None:
    assert moment(nothing) == day(nothing) == hour(nothing) == ""


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quoi ? Ceci : « cela » !", "Quoi\u00a0? Ceci\u00a0: «\u00a0cela\u00a0»\u00a0!"),
        ("20 % ; rien", "20\u00a0%\u00a0; rien"),
        ("https://exemple.fr : 3", "https://exemple.fr\u00a0: 3"),
        ("déjà\u00a0: fait", "déjà\u00a0: fait"),
        ("fine\u202f!", "fine\u00a0!"),
    ],
)
def test_french_spaces_do_not_break(typed: str, printed: str) -> None:
    assert fr_typo(typed) == printed


def test_fr_typo_escapes_what_was_not_safe() -> None:
    assert fr_typo(HOSTILE) == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize("name", ICONS)
def test_each_drawing_is_well_formed(name: str) -> None:
    page = drawn("{% pv_icon name 20 %}", name=name)
    svg = page.one("svg")
    assert (svg.attrs["width"], svg.attrs["aria-hidden"]) == ("20", "true")
    ElementTree.fromstring(f"<g>{ICONS[name]}</g>")


def test_an_unknown_drawing_fails_rather_than_draw_nothing() -> None:
    with pytest.raises(KeyError):
        drawn("{% pv_icon 'unheard-of' %}")


@pytest.mark.parametrize("kind", ["success", "error", "info", "warning"])
def test_an_alert_carries_a_drawing_and_words_not_a_colour_alone(kind: str) -> None:
    page = drawn("{% pv_alert kind 'Titre' 'Corps' %}", kind=kind)
    assert page.one(class_=f"fr-alert--{kind}").words == "TitreCorps"
    assert len(page.all("svg")) == 1


def test_an_unknown_alert_fails() -> None:
    with pytest.raises(KeyError):
        drawn("{% pv_alert 'loud' 'Titre' %}")


@pytest.mark.parametrize(
    "template",
    [
        "{% pv_alert 'error' text text %}",
        "{% pv_badge 'info' text %}",
        "{% pv_stepper 1 3 text text %}",
        "{% pv_recap rows %}",
        "{% pv_button text 'primary' text text %}",
        "{% pv_mail_button text text %}",
        "{{ text|fr_typo }}",
    ],
)
def test_i2_no_component_lets_html_through(template: str) -> None:
    rows = [(HOSTILE, HOSTILE, f"/{HOSTILE}"), {"label": HOSTILE, "value": HOSTILE}]
    assert drawn(template, text=HOSTILE, rows=rows).all("script") == []


def test_a_stepper_says_its_step_in_words_and_marks_the_done_ones() -> None:
    page = drawn("{% pv_stepper 2 3 'Vérifiez vos réponses' 'Activez votre compte' %}")
    assert page.one("h2").words == "Étape 2 sur 3 Vérifiez vos réponses"
    assert len(page.all("span", class_="pv-done")) == 2
    assert page.one("p").words == "Étape suivante : Activez votre compte"
    assert drawn("{% pv_stepper 3 3 'Fin' %}").all("p") == []


def test_a_recap_names_what_each_link_changes() -> None:
    rows = [("Nom", "Durand", "/modifier"), ("Téléphone", "", "/modifier"), {"label": "Niveau", "value": "SMS"}]
    page = drawn("{% pv_recap rows %}", rows=rows)
    assert [link.words for link in page.all("a")] == ["Modifier : Nom", "Modifier : Téléphone"]
    assert [term.words for term in page.all("dt")] == ["Nom", "Téléphone", "Niveau"]
    assert page.one(class_="pv-empty").words == "Non renseigné"


def test_an_address_of_several_lines_keeps_them() -> None:
    page = drawn("{% pv_recap rows %}", rows=[("Adresse", "12 rue du Port\n76600 Le Havre")])
    assert len(page.all("br")) == 1
