"""What is the same for everyone is rendered once for each language, and nothing of a visitor can stay in it."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from passavant.foundation.ui.forms import Form

PAGE = "{% pv_fixed %}{% translate 'Accueil' %} {{ site.name }}[{{ person }}{{ form }}{{ request }}]{% endpv_fixed %}"


class BlankForm(Form):
    blank_is_fixed = True
    name = forms.CharField(label="Nom", required=False)


def test_nothing_of_the_visitor_enters_what_is_kept() -> None:
    page = Template(PAGE)
    shown = page.render(Context({"site": {"name": "Passavant"}, "person": "Léa", "form": "secret", "request": "r"}))
    assert shown == "Accueil Passavant[]"


def test_it_is_rendered_once_for_each_language() -> None:
    page = Template(PAGE)
    first = page.render(Context({"site": {"name": "Un"}}))
    assert page.render(Context({"site": {"name": "Deux"}})) == first
    with translation.override("en"):
        assert page.render(Context({"site": {"name": "Trois"}})) == "Home Trois[]"
    assert page.render(Context({"site": {"name": "Quatre"}})) == first


@pytest.mark.parametrize("filled", [{"data": {"name": "Léa"}}, {"initial": {"name": "Léa"}}])
def test_a_form_is_kept_only_while_it_is_blank(filled: dict[str, dict[str, str]]) -> None:
    blank = str(BlankForm())
    assert "Léa" in str(BlankForm(**filled))
    assert str(BlankForm()) == blank
    assert "Léa" not in blank


def test_a_form_that_does_not_say_so_is_never_kept() -> None:
    class Other(Form):
        name = forms.CharField(label="Nom")

    one, two = Other(), Other()
    two.fields["name"].label = "Prénom"
    assert "Nom" in str(one)
    assert "Prénom" in str(two)
