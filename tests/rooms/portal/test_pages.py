"""Home and duties: there for everybody, and true of the product."""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Field
from django.test import Client
from django.urls import reverse

from passavant.accounts.rules import terms
from passavant.config.worker import KEPT
from passavant.portal.rules.personal_data import DATA, KEPT_DAYS
from passavant.portal.rules.site_map import SECTIONS
from tests.rooms.ui.pages import read

DUTIES = ("home", "terms", "privacy", "legal", "accessibility", "sitemap")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", DUTIES)
def test_a_page_of_duty_is_there_for_everybody(client: Client, name: str, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(reverse(f"portal:{name}"))
    page = read(answer.content.decode().removeprefix("<!DOCTYPE html>"))
    assert answer.status_code == HTTPStatus.OK
    assert page.one("html").attrs["lang"] == language
    assert len(page.all("h1")) == 1
    assert page.one("title").words.endswith("– Passavant")
    assert not re.search(r"%\(|\{\w+\}|\{%", page.text)


def test_step_1_2_the_home_page_shows_the_way_in_at_the_top(client: Client) -> None:
    page = read(client.get("/").content.decode().removeprefix("<!DOCTYPE html>"))
    space = page.one(id_="espace")
    assert space.one("p").words == "Mon espace personnel"
    assert {link.words: link.attrs["href"] for link in space.all("a")} == {
        "Se connecter": "/connexion/",
        "S’inscrire": "/inscription/",
    }


def test_no_page_links_to_a_page_that_does_not_exist(client: Client) -> None:
    links = set()
    for name in DUTIES:
        links |= set(re.findall(r'href="(/[^"#?]*)', client.get(reverse(f"portal:{name}")).content.decode()))
    broken = [link for link in links if not link.startswith("/static/") and client.get(link).status_code >= 400]
    assert len(links) > 12
    assert broken == []


def test_the_map_of_the_site_leads_somewhere_everywhere(client: Client) -> None:
    page = read(client.get("/plan-du-site/").content.decode().removeprefix("<!DOCTYPE html>"))
    shown = [link.attrs["href"] for link in page.one("main").all("a")]
    assert set(shown) >= {reverse(name) for _title, pages in SECTIONS for _label, name in pages}


def personal_columns() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, Field) and (field.db_comment or "").startswith("personal"):
                yield f"{model._meta.label_lower}.{field.name}"


def test_the_page_on_personal_data_names_every_personal_column_once() -> None:
    named = [column for datum in DATA for column in datum.columns]
    assert sorted(named) == sorted(personal_columns())


def test_the_delays_told_are_those_of_the_product(client: Client) -> None:
    assert KEPT.days == KEPT_DAYS
    privacy = client.get("/donnees-personnelles/").content.decode()
    conditions = client.get("/conditions-generales/").content.decode()
    env = settings.PASSAVANT
    assert f"supprimée après {env.unactivated_days} jours" in privacy
    assert f"au plus {env.session_total_hours} heures" in privacy
    assert f"Version {terms.VERSION}" in conditions
    assert f"après {env.session_idle_minutes} minutes sans activité" in conditions


def test_accessibility_claims_nothing_before_an_audit(client: Client) -> None:
    assert "se déclare non conforme" in client.get("/accessibilite/").content.decode()
    assert "Accessibilité\u00a0: non conforme" in client.get("/").content.decode()


def test_the_demonstration_says_that_it_is_one(client: Client) -> None:
    assert "Ce portail n’est pas un site officiel" in client.get("/").content.decode()
