"""The guide, step 1.8: « Il dispose alors d’un espace personnel sur le portail. Cet espace est accessible depuis la
page d’accueil, après authentification. » What one does there, from the first visit to the last. Through HTTP only."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from passavant.foundation.outbox.actions import deliver
from tests.people import MOBILE, PASSWORD, person

pytestmark = pytest.mark.django_db
LABEL = re.compile(r'<label[^>]* for="([^"]+)"[^>]*>(.*?)</label>', re.DOTALL)
NEW = "Tempête & Sextant 9"


class Visitor:
    """A person in front of a browser: reads words, fills in fields by their labels, clicks."""

    def __init__(self, **headers: str) -> None:
        self.client = Client(**headers)  # type: ignore[arg-type]
        self.page = ""

    def goes(self, path: str) -> "Visitor":
        self._shown(self.client.get(path, follow=True))
        return self

    def sends(self, path: str, **answers: str) -> "Visitor":
        """Post a form of the page shown: `answers` are by the beginning of labels, blanks as underscores."""
        fields = {self._field(label.replace("_", " ")): value for label, value in answers.items()}
        self._shown(self.client.post(path, self._kept(fields) | fields, follow=True))
        return self

    def signs_in(self, password: str = PASSWORD) -> "Visitor":
        return self.goes("/connexion/").sends("/connexion/", Identifiant="lea.durand", Mot_de_passe=password)

    @property
    def reads(self) -> str:
        main = self.page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())

    def _shown(self, answer: Any) -> None:
        assert answer.status_code in {200, 422}, answer.status_code
        self.page = answer.content.decode()

    def _field(self, label: str) -> str:
        """The name of the field whose label begins so; of several, the one that says nothing more."""
        found = [(self._words(words), one) for one, words in LABEL.findall(self.page)]
        said = sorted((words, one) for words, one in found if words.startswith(label))
        assert said, f"no field « {label} » on this page"
        return self._name(said[0][1])

    def _name(self, identifier: str) -> str:
        tag = re.search(rf'<(?:input|select|textarea)[^>]* id="{identifier}"[^>]*>', self.page)
        assert tag is not None
        return re.findall(r' name="([^"]+)"', tag[0])[0]

    def _kept(self, answered: dict[str, str]) -> dict[str, str]:
        """What the form already holds, as a browser sends it back."""
        inputs = [tag for tag in re.findall(r"<input[^>]*>", self.page) if ' value="' in tag and "hidden" not in tag]
        pairs = {re.findall(r' name="([^"]+)"', tag)[0]: re.findall(r' value="([^"]*)"', tag)[0] for tag in inputs}
        chosen = re.findall(r'<select[^>]* name="([^"]+)".*?<option value="([^"]*)" selected', self.page, re.DOTALL)
        return {name: unescape(value) for name, value in (*pairs.items(), *chosen) if name not in answered}

    def _words(self, html: str) -> str:
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def tray(visitor: Visitor) -> str:
    """What the worker delivered, as the demonstration shows it."""
    deliver()
    return visitor.goes("/demo/courrier/").reads


def test_step_1_8_from_the_home_page_to_one_s_own_space() -> None:
    person()
    visitor = Visitor().goes("/")
    assert 'href="/connexion/"' in visitor.page
    visitor.signs_in()
    assert "Bonjour Léa Durand" in visitor.reads
    assert "C’est votre première connexion." in visitor.reads
    assert "Vos téléservices Aucun téléservice ne vous est encore ouvert" in visitor.reads
    assert "Niveau de sécurité actuel : Mot de passe" in visitor.reads
    for page in re.findall(r'class="fr-sidemenu__link" href="([^"]+)"', visitor.page):
        assert visitor.goes(page).page.count("<h1") == 1


def test_one_corrects_one_s_profile_then_reads_it_in_english() -> None:
    person(mobile=MOBILE)
    visitor = Visitor().signs_in().goes("/espace/profil/modifier/")
    visitor.sends("/espace/profil/modifier/", Nom="Durand-Leroy", Téléphone_portable="06 39 98 56 78")
    assert "Saisissez votre mot de passe actuel pour changer de téléphone portable." in visitor.reads
    assert "Durand-Leroy" in visitor.page
    visitor.sends("/espace/profil/modifier/", Mot_de_passe_actuel=PASSWORD, Langue="en")
    assert "Your profile is up to date." in visitor.reads
    assert "Durand-Leroy" in visitor.reads
    assert "06 39 98 56 78" in visitor.reads
    assert "Hello Léa Durand-Leroy" in visitor.goes("/espace/").reads


def test_a_new_password_closes_the_other_browsers_and_is_told_by_mail() -> None:
    person()
    office, home = Visitor().signs_in(), Visitor().signs_in()
    office.goes("/espace/mot-de-passe/")
    office.sends("/espace/mot-de-passe/", Mot_de_passe_actuel=PASSWORD, Nouveau_mot_de_passe=NEW)
    assert "Votre mot de passe est changé." in office.reads
    assert "Me connecter" in home.goes("/espace/").page
    assert "Aucune autre session n’est ouverte." in office.goes("/espace/sessions/").reads
    assert "Mot de passe changé" in office.goes("/espace/activite/").reads
    assert "Votre mot de passe a été changé" in tray(office)
    assert "Identifiant ou mot de passe incorrect" in refused(home, PASSWORD)
    assert "Bonjour" in home.signs_in(NEW).reads


def refused(visitor: Visitor, password: str) -> str:
    answer = visitor.client.post("/connexion/", {"identifier": "lea.durand", "password": password})
    assert answer.status_code == 422
    return unescape(answer.content.decode())


def test_one_takes_one_s_data_away_and_closes_the_account() -> None:
    person()
    visitor = Visitor().signs_in().goes("/espace/mes-donnees/")
    assert "Voici ce que nous savons de vous, et pourquoi." in visitor.reads
    copy = json.loads(visitor.client.get("/espace/mes-donnees/?format=json").content)
    assert copy["held"]["accounts.account"][0]["email"] == "lea.durand@example.org"
    assert [fact["name"] for fact in copy["held"]["audit.event"]] == ["sign_in.completed"]
    visitor.goes("/espace/fermer/").sends("/espace/fermer/", Mot_de_passe_actuel=PASSWORD)
    assert "Votre compte est fermé" in visitor.reads
    assert "Me connecter" in visitor.goes("/espace/").page
    assert "Identifiant ou mot de passe incorrect" in refused(visitor, PASSWORD)
    assert "lea.durand@example.org" in tray(visitor)
