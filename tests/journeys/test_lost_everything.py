"""E8: the telephone is lost, and no code was kept on paper: from « J’ai tout perdu » to another telephone."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.tasks import advance_lost
from passavant.config.command import parser
from passavant.config.recovering import recover
from tests.journeys.test_levels import Lea, opened
from tests.rooms.accounts.visitor import Visitor, link_in, mails, subjects, text_of
from tests.rooms.authentication.losing import posted

pytestmark = pytest.mark.django_db
NEW = "Petite-Ourse 1960 !"
ASK = {"Identifiant ou adresse électronique": "lea.durand"}


def office(*words: str) -> int:
    return recover(parser().parse_args(["account", "recover", *words]))


def says_everything_is_lost(lea: Lea) -> Lea:
    lea.clicks("J’ai tout perdu").fills("Recevoir un code", ASK)
    assert lea.page.title == "Saisissez le code reçu par courriel"
    return lea


def opens_a_request(lea: Lea) -> Lea:
    says_everything_is_lost(lea).fills("Valider", {"Code": posted("loss_code")[-1]["code"]})
    assert lea.page.title == "Votre demande est enregistrée"
    return lea


def test_e8_three_days_two_officers_and_another_telephone() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        opened("totp").signs_in().enrols().leaves()
        clock.shift(timedelta(minutes=1))
        lea = opens_a_request(Lea().signs_in())
        assert subjects()[-1] == "Vos moyens de connexion vont être retirés"
        check = ("check", "lea.durand", "--officer", "Alix Martin", "--paper", "identity-card", "--last-four", "A1B2")
        assert office(*check) == 1
        clock.shift(timedelta(hours=72))
        assert advance_lost() == 1
        assert subjects()[-1] == "Vous pouvez aller dans un bureau de douane"
        assert office(*check) == 0
        assert office("confirm", "lea.durand", "--officer", "Noé Petit") == 0
        assert subjects()[-1] == "Vos moyens de connexion ont été retirés"
        assert "Connectez-vous avec votre mot de passe" in text_of(mails()[-1])
        assert lea.signs_in().url == "/connexion/enrolement/application/"
        assert lea.enrols().url == "/espace/"
        assert Account.objects.get().level == "totp"
        lea.opens("/espace/activite/")
        assert "Pièce d’identité vérifiée par un agent : carte d’identité" in lea.page.text
        assert "A1B2" not in lea.page.text


def test_e8_the_owner_refuses_from_the_mail_of_an_attacker_s_request() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        opened("totp").signs_in().enrols().leaves()
        clock.shift(timedelta(minutes=1))
        opens_a_request(Lea().signs_in())
        owner = Visitor("198.51.100.9").opens(link_in(mails()[-1]))
        assert owner.page.title == "Gardez vos moyens de connexion"
        owner.sends("Annuler cette demande")
        assert (owner.url, owner.page.title) == ("/connexion/secours/annulee/", "La demande est annulée")
        clock.shift(timedelta(hours=72))
        assert advance_lost() == 0
        check = ("check", "lea.durand", "--officer", "Alix Martin", "--paper", "passport", "--last-four", "A1B2")
        assert office(*check) == 1


def test_b10_whoever_reads_the_mailbox_resets_the_password_and_obtains_nothing_more() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        lea = opened("totp").signs_in().enrols().leaves()
        clock.shift(timedelta(minutes=1))
        thief = Lea()
        thief.opens("/mot-de-passe-oublie/").sends("Réinitialiser", by="identifier", identifier="lea.durand")
        thief.opens(link_in(mails()[-1]))
        words = {"Identifiant": "lea.durand", "Mot de passe": NEW, "Confirmer le mot de passe": NEW}
        thief.fills("Réinitialiser", words)
        thief.opens("/connexion/").fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": NEW})
        assert thief.url == "/connexion/code/"
        says_everything_is_lost(thief)
        assert subjects()[-1] == "Votre demande ne peut pas être enregistrée"
        assert not posted("loss_code")
        clock.shift(timedelta(minutes=1))
        lea.opens("/connexion/").fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": NEW})
        assert lea.types(lea.shown()).url == "/espace/"
        clock.shift(timedelta(minutes=1))
        opens_a_request(signs_in_anew())


def signs_in_anew() -> Lea:
    lea = Lea()
    lea.opens("/connexion/").fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": NEW})
    return lea
