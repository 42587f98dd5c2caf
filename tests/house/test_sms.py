"""An SMS leaves in one part: 160 septets of the GSM alphabet, in both languages, whatever the site is called."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.template import Context, engines
from django.utils.translation import override

from passavant.foundation.outbox.rules import SMS_SEPTETS, septets
from tests.house.tree import files, name

TEMPLATES = list(files("src/**/*.sms.txt"))
SITES = [
    {"site_name": "Passavant", "host": "passavant.example"},
    {"site_name": "Le portail de la douane", "host": "connexion.portail.example"},
]


class Told(dict[str, Any]):
    """Whatever a template asks for and the worker does not give: six figures, as a code has."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> str:
        return "482915"


def texts(source: str) -> Iterator[str]:
    for site, language in product(SITES, ("fr", "en")):
        with override(language):
            yield str(
                engines["django"].from_string(source).template.render(Context(Told(site), autoescape=False))
            ).strip()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_an_sms_is_one_part_of_gsm_7_in_both_languages(path: Any) -> None:
    said = list(texts(path.read_text()))
    assert {text: septets(text) for text in said if septets(text) > SMS_SEPTETS} == {}
    assert len(set(said)) == len(said), f"{name(path)}: is the English compiled? make setup"


def test_there_are_sms() -> None:
    assert TEMPLATES


def test_the_check_bites() -> None:
    for bad in ("{{ code }} à prêter", "l’heure", "«\xa0{{ site_name }}\xa0»"):
        with pytest.raises(ValueError, match="U\\+"):
            [septets(text) for text in texts(bad)]
    assert max(septets(text) for text in texts("{{ code }}" + "x" * 155)) > SMS_SEPTETS
