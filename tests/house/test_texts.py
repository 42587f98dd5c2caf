"""Everything said is said in both languages, in the French of docs and screens."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.house.texts import (
    SEED,
    Said,
    Unreadable,
    faults_of_french,
    faults_of_translation,
    said_in_python,
    said_in_template,
    translated,
    untranslated,
)
from tests.house.tree import PACKAGE, ROOT, files, name

PO = Path("locale/en/LC_MESSAGES/django.po")
NAMES_OF_LANGUAGES = {"Français", "English"}  # each in its own
# when nothing works any more, not even the choice of a language, both are said at once
FRENCH_HALF = re.compile(r"(?s){% block (?:title_fr|french) %}(.*?){% endblock %}")
BOTH_AT_ONCE = {f"src/passavant/foundation/ui/templates/ui/{page}.html" for page in ("fault", "400", "500", "503")}
ROOMS = sorted(path.parent for path in PACKAGE.glob("**/apps.py"))


def said(room: Path) -> set[Said]:
    inside = name(room)
    python = (text for path in files(f"{inside}/**/*.py") for text in said_in_python(path.read_text()))
    pages = files(f"{inside}/templates/**/*.html", f"{inside}/templates/**/*.txt")
    return {*python, *(text for path in pages for text in said_in_template(path.read_text()))}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_text_has_its_english_and_no_english_is_unused(room: Path) -> None:
    catalog = translated(room / PO) if (room / PO).exists() else Catalog(locale="en")
    told = faults_of_translation(said(room), catalog)
    assert not told, "\n".join(told)


def test_a_text_of_several_rooms_has_one_english() -> None:
    """At run time the catalogues are one: the last room would speak for the others."""
    english: dict[str, set[str]] = {}
    for room in ROOMS:
        for message in translated(room / PO) if (room / PO).exists() else ():
            english.setdefault(str(message.id), set()).add(str(message.string))
    assert {text: said for text, said in english.items() if text and len(said) > 1} == {}


def test_nothing_is_said_outside_a_room() -> None:
    assert {
        text for path in files("src/passavant/config/**/*.py") for text in said_in_python(path.read_text())
    } == set()


def test_the_french_is_well_written() -> None:
    gsm = {text for path in files("src/**/*.sms.txt") for text in said_in_template(path.read_text())}
    halves = {Said(half) for page in BOTH_AT_ONCE for half in FRENCH_HALF.findall((ROOT / page).read_text())}
    assert len(halves) >= len(BOTH_AT_ONCE)
    screens = {text for room in ROOMS for text in said(room)} - gsm | halves
    assert len(screens) > 200
    told = [fault for text in sorted(screens) for form in (text.text, text.plural) for fault in faults_of_french(form)]
    assert not told, "\n".join(told)


def test_no_template_says_a_word_outside_a_translation() -> None:
    pages = files("src/**/templates/**/*.html", "src/**/templates/**/*.txt")
    words = {name(path): set(untranslated(path.read_text())) - NAMES_OF_LANGUAGES for path in pages}
    told = {path: left for path, left in words.items() if left and path not in BOTH_AT_ONCE}
    assert not told, told


def test_texts_are_found() -> None:
    python = 'a = _("Bonjour")\nb = ngettext_lazy("%(n)d an", "%(n)d ans", "n")\nc = t.pgettext("mois", "Mai")'
    assert sorted(said_in_python(python)) == [Said("%(n)d an", "%(n)d ans"), Said("Bonjour"), Said("Mai", "", "mois")]
    with pytest.raises(Unreadable):
        list(said_in_python('_(f"Bonjour {name}")'))
    page = (
        '  <p>({% translate "Où\xa0?" %}\n <b title="{% translate "Mai" context "mois" %}">l\'an\n'
        "   {% blocktranslate count n=n %}{{ n }} an{% plural %}{{ n }} ans{% endblocktranslate %}"
    )
    assert sorted(said_in_template(page)) == [Said("%(n)s an", "%(n)s ans"), Said("Mai", "", "mois"), Said("Où\xa0?")]


def test_the_check_of_translations_bites() -> None:
    catalog = Catalog(locale="en")
    catalog.add("Bonjour %(name)s", "Hello %(nom)s")
    catalog.add("Au revoir", "")
    catalog.add("Merci", "Thank you", flags=["fuzzy"])
    catalog.add(("%(n)s an", "%(n)s ans"), ("%(n)s year", ""))
    catalog.add("Oui", "Yes")
    kept = {Said("Bonjour %(name)s"), Said("Au revoir"), Said("Merci"), Said("%(n)s an", "%(n)s ans"), Said("Non")}
    assert faults_of_translation(kept, catalog) == [
        f"not translated: {Said('Non')}",
        f"said nowhere: {Said('Oui')}",
        f"unfinished: {Said('%(n)s an', '%(n)s ans')}",
        f"unfinished: {Said('Au revoir')}",
        f"a place that the French has not: {Said('Bonjour %(name)s')}",
        f"unfinished: {Said('Merci')}",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "l'adresse",
        "Quand ?",
        "Quand?",
        "Il reste : rien",
        "Il reste: rien",
        "90 % du temps",
        "«Bonjour\xa0»",
        "« Bonjour »",
        "Mot de passe invalide",
        "Veuillez vous connecter",
        "Accès interdit",
        "Attendez...",
    ],
)
def test_the_check_of_french_bites(text: str) -> None:
    assert faults_of_french(text)


@pytest.mark.parametrize(
    "text",
    [
        "l’adresse",
        "Quand\xa0?",
        "Il reste\xa0: %(count)s jours, 90\xa0% du temps, à 14\xa0h\xa005",
        "«\xa0Bonjour\xa0»",
        SEED,
        "<a href='https://example.org/?a=b'>l’aide</a>",
        "Choisissez un autre identifiant.",
    ],
)
def test_good_french_passes(text: str) -> None:
    assert faults_of_french(text) == []


def test_the_check_of_templates_bites() -> None:
    assert untranslated('<p class="fr-x">Bonjour {% translate "Non" %}</p>') == ["Bonjour"]
    assert untranslated('<img alt="Logo" src="/logo.svg">') == ["Logo"]
    assert untranslated("{% blocktranslate %}Oui{% endblocktranslate %}{% comment %}Non{% endcomment %} fin") == ["fin"]
    assert untranslated('<a href="{% url "x" %}" aria-label="{% translate "Aide" %}">{{ name }}&nbsp;–</a>') == []
