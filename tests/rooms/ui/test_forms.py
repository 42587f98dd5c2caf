"""How a form is shown, empty and refused."""

import pytest
from django import forms
from django.template.loader import render_to_string

from passavant.foundation.ui.forms import Form
from tests.rooms.ui.pages import Element, read
from tests.rooms.ui.samples import Sample

TYPED = {
    "identifier": "lea.durand",
    "email": "lea@example.org",
    "password": "Ancre&Boussole7",
    "last_name": "Durand",
    "first_name": "Léa",
    "level": "sms",
    "by": "mail",
    "terms": "on",
}


def shown(form: Form) -> Element:
    return read(str(form))


def described(page: Element, control: Element) -> str:
    """What a screen reader says after the name of a control."""
    ids = control.attrs["aria-describedby"].split()
    return " ".join(page.one(id_=name).words for name in ids).strip()


def test_each_field_has_a_label_whose_text_starts_with_its_words() -> None:
    page = shown(Sample())
    for name, field in Sample().fields.items():
        if name in {"next", "by"}:
            continue
        assert page.one("label", for_=f"id_{name}").words.startswith(str(field.label)), name


def test_a_hint_describes_its_field_and_stays_when_the_field_is_refused() -> None:
    empty, refused = shown(Sample()), shown(Sample({}))
    assert described(empty, empty.one("input", name="identifier")) == "6 à 30 caractères"
    control = refused.one("input", name="identifier")
    assert described(refused, control) == "6 à 30 caractères Erreur : Choisissez un identifiant."
    assert control.attrs["aria-invalid"] == "true"
    assert "aria-invalid" not in empty.one("input", name="identifier").attrs


def test_messages_have_a_live_place_before_there_is_any() -> None:
    for page in (shown(Sample()), shown(Sample({}))):
        assert len(page.all(class_="fr-messages-group", aria_live="polite")) == len(Sample().fields) - 1


@pytest.mark.parametrize(
    ("marks", "required", "sentence"),
    [
        ("asterisk", "Identifiant *", "Les rubriques obligatoires sont signalées par un astérisque (*)."),
        ("word", "Identifiant (obligatoire)", None),
        (
            "optional",
            "Identifiant",
            "Sauf mention contraire « (optionnel) », tous les champs sont obligatoires.",
        ),
    ],
)
def test_required_and_optional_are_told_apart(marks: str, required: str, sentence: str | None) -> None:
    page = shown(type("Marked", (Sample,), {"marks": marks})())
    assert page.one("label", for_="id_identifier").words == required
    assert page.one("label", for_="id_address").words == "Adresse (optionnel)"
    assert [told.words for told in page.all("p", class_="pv-marks")] == ([sentence] if sentence else [])


def test_a_form_without_optional_field_says_nothing_about_them() -> None:
    class Short(Form):
        name = forms.CharField(label="Nom")

    assert shown(Short()).all(class_="pv-marks") == []


def test_a_password_never_comes_back_and_other_values_do() -> None:
    html = str(Sample(TYPED | {"terms": ""}))
    assert "Ancre" not in html
    assert read(html).one("input", name="identifier").attrs["value"] == "lea.durand"
    assert read(html).one("option", value="sms").attrs["selected"] == ""


def test_the_keyboard_and_the_password_manager_are_told_what_is_typed() -> None:
    page = shown(Sample())
    for name in ("identifier", "email", "password", "code"):
        told = page.one("input", name=name).attrs
        assert (told["autocapitalize"], told["spellcheck"]) == ("none", "false"), name
    code = page.one("input", name="code").attrs
    assert (code["inputmode"], code["autocomplete"], code["maxlength"]) == ("numeric", "one-time-code", "32")
    assert "maxlength" not in page.one("input", name="password").attrs
    assert "autocapitalize" not in page.one("input", name="last_name").attrs


def test_no_field_names_an_owner_the_standard_does_not_take() -> None:
    page = shown(Sample())
    assert page.one("textarea").attrs["autocomplete"] == "street-address"
    assert page.one("input", name="email").attrs["autocomplete"] == "work email"


def test_fields_stand_in_their_groups_and_short_ones_share_a_line() -> None:
    page = shown(Sample())
    first, second, _choice = page.all("fieldset")
    assert [first.one("legend").words, second.one("legend").words] == ["Vos identifiants", "Votre identité"]
    assert [control.attrs["name"] for control in second.all("input")] == ["last_name", "first_name", "email"]
    assert [control.attrs["name"] for control in page.one(class_="pv-line").all("input")] == ["last_name", "first_name"]
    assert page.one("input", type="hidden").attrs == {"type": "hidden", "name": "next", "id": "id_next"}


def test_a_choice_reveals_its_own_field() -> None:
    page = shown(Sample())
    below = page.one(data_pv_if="id_by_1")
    assert below.one("input").attrs["name"] == "other_mail"
    assert len(page.all("input", name="other_mail")) == 1
    assert page.one("label", for_="id_by_1").words == "Courriel"


def test_rules_of_a_password_are_written_under_it_and_describe_it() -> None:
    page = shown(Sample())
    rules = page.one(data_pv_rules="id_password")
    assert [rule.attrs["data-pv-rule"] for rule in rules.all("li")] == ["length:8", "lower"]
    assert "8 caractères minimum" in described(page, page.one("input", name="password"))


def summary(form: Form) -> Element:
    return read(render_to_string("ui/summary.html", {"form": form}))


def test_the_summary_links_each_refused_field_in_the_order_of_the_page() -> None:
    page = summary(Sample({}))
    box = page.one(id_="erreurs")
    assert (box.attrs["role"], box.attrs["tabindex"]) == ("alert", "-1")
    assert page.one("h2").words == "Corrigez 8 erreurs pour continuer"
    order = "identifier password last_name first_name email level by_0 terms"
    assert [link.attrs["href"] for link in page.all("a")] == [f"#id_{name}" for name in order.split()]


def test_the_summary_says_what_stands_beside_the_field() -> None:
    form = Sample({})
    beside = [message.words.removeprefix("Erreur : ") for message in shown(form).all(class_="fr-message--error")]
    assert sorted(beside) == sorted(link.words for link in summary(form).all("a"))


def test_one_error_is_counted_as_one_and_a_good_form_has_no_summary() -> None:
    assert summary(Sample(TYPED | {"identifier": ""})).one("h2").words == "Corrigez 1 erreur pour continuer"
    assert summary(Sample(TYPED)).all() == summary(Sample()).all() == []


def test_a_refusal_of_the_whole_heads_the_summary() -> None:
    form = Sample(TYPED)
    form.refuse("Identifiant ou mot de passe incorrect", "Vérifiez votre saisie.")
    page = summary(form)
    assert page.one("h2").words == "Identifiant ou mot de passe incorrect"
    assert page.one("p").words == "Vérifiez votre saisie."
    assert page.all("li") == []


def test_an_error_of_the_whole_form_is_in_the_summary() -> None:
    form = Sample(TYPED)
    form.add_error(None, "Les deux dates se contredisent.")
    assert [item.words for item in summary(form).all("li")] == ["Les deux dates se contredisent."]


def test_i2_what_people_type_is_never_html() -> None:
    hostile = '"><script>alert(1)</script>'
    form = Sample(TYPED | {"identifier": hostile, "email": hostile, "level": hostile})
    form.add_error("identifier", hostile)
    form.refuse(hostile, hostile)
    for html in (str(form), render_to_string("ui/summary.html", {"form": form})):
        assert "<script" not in html
        read(html)
