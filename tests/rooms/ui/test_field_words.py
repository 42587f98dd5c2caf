"""No sentence of the framework reaches a screen: each field of the house words its own refusals."""

import importlib
import pkgutil
from collections.abc import Iterator

from django import forms

import passavant
from passavant.foundation.ui.forms import Form, own_messages
from tests.rooms.ui.samples import Sample


def forms_of_the_house() -> Iterator[type[Form]]:
    for module in pkgutil.walk_packages(passavant.__path__, "passavant."):
        if "forms" in module.name.split("."):
            importlib.import_module(module.name)
    waiting = [Form]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        yield from (kind for kind in kinds if kind.__module__.startswith("passavant."))


def wordless(kind: type[Form]) -> list[str]:
    """Fields that would answer with the framework's « Ce champ est obligatoire. »."""
    theirs = forms.Field.default_error_messages["required"]
    return [
        f"{kind.__module__}.{kind.__name__}.{name}"
        for name, field in kind.base_fields.items()
        if field.required and field.error_messages["required"] is theirs
    ]


def test_every_required_field_says_what_to_do() -> None:
    kinds = list(forms_of_the_house())
    assert len(kinds) >= 3
    assert [fault for kind in kinds for fault in wordless(kind)] == []


def test_a_field_that_says_nothing_is_found() -> None:
    class Mute(Form):
        name = forms.CharField(label="Nom")

    assert wordless(Mute) == [f"{__name__}.Mute.name"]
    assert wordless(Sample) == []


def test_other_refusals_fall_back_on_the_words_of_the_house() -> None:
    form = Sample({"identifier": "a", "level": "unheard-of", "email": "x", "first_name": "\x00"})
    assert form.errors["identifier"] == ["Saisissez au moins 6 caractères."]
    assert form.errors["level"] == ["Choisissez un niveau."]
    assert form.errors["email"] == ["Saisissez votre adresse."]
    assert form.errors["first_name"] == ["Retirez les caractères invisibles, puis saisissez de nouveau ce texte."]


def test_a_field_keeps_its_own_words() -> None:
    field = forms.CharField(max_length=3, error_messages={"required": "R", "max_length": "M"})
    assert own_messages(field)["max_length"] == "M"
    assert own_messages(field)["required"] == "R"
