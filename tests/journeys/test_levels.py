"""« Les contraintes définies seront appliquées lors de chaque tentative d’accès »: one journey for each level."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from passavant.authentication.models import AppFactor, Session
from passavant.authentication.rules import totp
from tests.people import PASSWORD
from tests.rooms.accounts.samples import NEW
from tests.rooms.accounts.visitor import Visitor, link_in, mails, subjects, text_of
from tests.rooms.authentication.factors import secret_on
from tests.rooms.authentication.people_at_the_door import codes_sent

pytestmark = pytest.mark.django_db
ADDED, USED = "Un moyen de connexion a été ajouté", "Un code de secours vient de servir"


class Lea(Visitor):
    """Somebody with a telephone, on which there is an app."""

    secret = b""

    def shown(self) -> str:
        return totp.code(self.secret, totp.step_at(timezone.now()))

    def signs_in(self) -> "Lea":
        self.opens("/connexion/")
        self.fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": PASSWORD})
        return self

    def types(self, code: str) -> "Lea":
        self.fills("Valider", {"Code": code})
        return self

    def enrols(self) -> "Lea":
        """Copy the key into the app, and its code into the page."""
        self.secret = secret_on(self.html)
        return self.types(self.shown())

    def leaves(self) -> "Lea":
        self.sends("Me déconnecter")
        return self


def opened(level: str, **changed: str) -> Lea:
    lea = Lea()
    lea.registers(level=level, **changed).activates(link_in(mails()[0]))
    return lea


def test_level_password_asks_a_password() -> None:
    assert opened("password").signs_in().url == "/espace/"
    assert Session.objects.exclude(account=None).get().level == "password"


def test_level_sms_asks_a_password_and_the_code_received() -> None:
    lea = opened("sms", mobile="06 39 98 12 34").signs_in()
    assert (lea.url, lea.page.title) == ("/connexion/code/", "Saisissez le code reçu par SMS")
    assert lea.types(codes_sent()[-1]).url == "/espace/"
    assert Session.objects.exclude(account=None).get().level == "sms"


def test_e14_level_totp_enrols_an_app_at_the_first_sign_in_then_asks_its_code_at_each() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        lea = opened("totp").signs_in()
        assert lea.url == "/connexion/enrolement/application/"
        assert "Votre espace s’ouvrira dès qu’elle sera ajoutée." in lea.page.text
        assert lea.opens("/espace/").url == "/connexion/enrolement/application/"
        assert lea.enrols().url == "/espace/"
        assert subjects()[-1] == ADDED
        lea.leaves()
        clock.shift(timedelta(minutes=1))
        assert lea.signs_in().url == "/connexion/code/"
        assert lea.page.title == "Saisissez le code de votre application"
        assert lea.types("000000" if lea.shown() != "000000" else "111111").status == 422
        assert lea.types(lea.shown()).url == "/espace/"
    assert Session.objects.exclude(account=None).get().level == "totp"


def test_e12_the_telephone_is_lost_a_code_kept_on_paper_opens_the_space_and_another_telephone_takes_over() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        lea = opened("totp").signs_in().enrols()
        lea.clicks("Sécurité")
        assert "Un seul moyen de connexion est enregistré." in lea.page.text
        lea.clicks("Créer des codes de secours").sends("Créer dix codes")
        paper = re.findall(r"<code>([\w-]+)</code>", lea.html)
        assert len(paper) == 10
        lea.leaves()
        clock.shift(timedelta(minutes=1))
        lea.signs_in().clicks("Utiliser un autre moyen")
        lea.client.post("/connexion/moyens/", {"moyen": "recovery", **lea.page.form("Choisir Code de secours").values})
        assert lea.opens("/connexion/code/").page.title == "Utilisez un code de secours"
        assert lea.types(paper[0]).url == "/espace/"
        assert USED in subjects()
        assert "Il vous reste 9 codes de secours." in text_of(mails()[subjects().index(USED)])
        lea.clicks("Sécurité").clicks("Ajouter une application d’authentification")
        assert lea.enrols().url == "/espace/securite/?fait=application"
        assert lea.page.text.count("Application « Application d’authentification »") == 2
        assert "Un seul moyen de connexion est enregistré." not in lea.page.text


def test_e6_a_person_raises_the_level_from_the_space() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        lea = opened("password").signs_in()
        lea.clicks("Sécurité").clicks("Changer de niveau de sécurité")
        lea.sends("Changer de niveau de sécurité", level="totp")
        assert lea.enrols().url == "/espace/securite/?fait=application"
        lea.clicks("Changer de niveau de sécurité").sends("Changer de niveau de sécurité", level="totp")
        assert "Votre niveau de sécurité est changé." in lea.page.text
        lea.leaves()
        clock.shift(timedelta(minutes=1))
        assert lea.signs_in().url == "/connexion/code/"
        assert lea.types(lea.shown()).url == "/espace/"


def test_b10_after_a_reset_no_factor_moves_before_one_success_with_the_old_one() -> None:
    """Whoever reads the mailbox has a password, and nothing of what the second step guards."""
    lea = opened("totp").signs_in().enrols().leaves()
    app = AppFactor.objects.get()
    lea.opens("/connexion/").clicks("Mot de passe oublié ?")
    lea.sends("Réinitialiser", by="identifier", identifier="lea.durand")
    lea.opens(link_in(mails()[-1]))
    lea.fills("Réinitialiser", {"Identifiant": "lea.durand", "Mot de passe": NEW, "Confirmer le mot de passe": NEW})
    lea.opens("/connexion/").fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": NEW})
    assert lea.url == "/connexion/code/"
    remove = f"/espace/securite/application/{app.pk}/retirer/"
    for page in (remove, "/espace/securite/niveau/", "/espace/securite/codes/", "/connexion/enrolement/application/"):
        assert lea.opens(page).url == "/connexion/code/", page
        token = lea.page.form("English").values["csrfmiddlewaretoken"]
        assert lea.client.post(page, {"csrfmiddlewaretoken": token}).url == "/connexion/code/", page
    assert AppFactor.objects.get() == app
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert lea.opens("/connexion/code/").types(lea.shown()).url == "/espace/"
        assert lea.opens("/espace/securite/codes/").status == 200
