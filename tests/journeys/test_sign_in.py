"""The guide, after step 1.9: « Cet espace est accessible depuis la page d'accueil, après authentification, et
moyennant les conditions de sécurité définies lors de l'inscription. » Through HTTP only."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from passavant.foundation.outbox.actions import deliver
from tests.people import PASSWORD, person
from tests.rooms.authentication.people_at_the_door import CODE, OUT, SIGN_IN, SPACE, WRONG, facts

pytestmark = pytest.mark.django_db
FIELD = re.compile(r'<label[^>]* for="([^"]+)"[^>]*>(.*?)</label>', re.DOTALL)
BUTTON = re.compile(r'<button[^>]*type="submit"[^>]*>(.*?)</button>', re.DOTALL)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def main(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def labels(html: str) -> list[str]:
    return [words(label) for _id, label in FIELD.findall(main(html))]


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def typed(client: Client, **form: str) -> Any:
    """Fill the form in, and follow where it leads."""
    return client.post(SIGN_IN, {"identifier": "lea.durand", "password": PASSWORD, **form}, follow=True)


def newest_sms(client: Client) -> str:
    """The worker delivers; the person reads the demonstration's tray."""
    deliver()
    return re.findall(r"\d{6} est votre code de connexion[^<]*", page(client, "/demo/courrier/"))[0]


def test_from_the_home_page_one_signs_in_and_out_again(client: Client) -> None:
    person()
    assert f'href="{SIGN_IN}"' in page(client, "/")
    form = page(client, SIGN_IN)
    assert [label.split(" (")[0] for label in labels(form)] == ["Identifiant", "Mot de passe"]
    assert form.count("(obligatoire)") == 2
    assert "Me connecter" in [words(button) for button in BUTTON.findall(main(form))]
    space = typed(client)
    assert space.redirect_chain == [(SPACE, 303)]
    assert "Léa Durand" in space.content.decode()
    out = client.post(OUT, follow=True).content.decode()
    assert "Vous êtes déconnecté." in out
    assert "Sur un poste partagé, fermez aussi le navigateur." in out
    assert client.get(SPACE).status_code == 302


def test_the_two_panels_of_the_guide(client: Client) -> None:
    told = words(main(page(client, SIGN_IN)))
    for sentence in (
        "Se connecter à mon espace personnel",
        "Votre identifiant ou votre adresse électronique",
        "Pas encore de compte ?",
        "Créez votre compte personnel",
        "L’inscription sur Passavant est nécessaire",
    ):
        assert sentence in told
    assert 'href="/inscription/"' in page(client, SIGN_IN)


def test_one_signs_in_with_the_e_mail_too_whatever_its_case(client: Client) -> None:
    person()
    assert typed(client, identifier=" LEA.Durand@Example.org ").redirect_chain == [(SPACE, 303)]


def test_at_the_level_sms_the_code_is_asked_at_every_sign_in(client: Client) -> None:
    person(sms=True)
    for _ in range(2):
        asked = typed(client).content.decode()
        assert labels(asked) == ["Code à 6 chiffres", "Ne plus demander de code sur cet appareil pendant 30 jours"]
        assert "Valider" in [words(button) for button in BUTTON.findall(main(asked))]
        assert client.get(SPACE).headers["Location"] == CODE
        code = newest_sms(client)[:6]
        assert client.post(CODE, {"code": code}, follow=True).redirect_chain == [(SPACE, 303)]
        client.post(OUT)


def test_the_wrong_password_says_nothing_more(client: Client) -> None:
    person()
    told = typed(client, password=WRONG).content.decode()
    assert "Identifiant ou mot de passe incorrect" in told
    assert "Vérifiez votre saisie" in told
    assert client.get(SPACE).headers["Location"] == f"{SIGN_IN}?next={SPACE}"


def test_a_page_of_the_space_is_found_again_after_the_sign_in(client: Client) -> None:
    person()
    asked = client.get("/espace/profil/", follow=True)
    assert "Connectez-vous pour accéder à" in asked.content.decode()
    wanted = re.findall(r'name="next" value="([^"]+)"', main(asked.content.decode()))
    assert typed(client, next=wanted[0]).redirect_chain == [("/espace/profil/", 303)]


@pytest.mark.parametrize("evil", ["//evil.example/", "/\\evil.example", "https://evil.example", "/%2f%2fevil.example"])
def test_i15_nobody_is_sent_elsewhere(client: Client, evil: str) -> None:
    person(sms=True)
    assert "evil" not in main(client.get(SIGN_IN, {"next": evil}).content.decode())
    typed(client, next=evil)
    code = newest_sms(client)[:6]
    assert client.post(CODE, {"code": code}).headers["Location"] == SPACE


@pytest.mark.parametrize("url", [SIGN_IN, CODE, OUT])
def test_i12_a_form_of_another_site_changes_nothing(url: str) -> None:
    person(sms=True)
    client = Client(enforce_csrf_checks=True)
    form = {"identifier": "lea.durand", "password": PASSWORD, "code": "000000"}
    client.get(SIGN_IN)
    before = len(facts("sign_in.refused")) + len(facts("code.sent"))
    assert client.post(url, form).status_code == 403
    token = client.cookies["csrf"].value
    elsewhere = {"origin": "https://evil.example"}
    assert client.post(url, form | {"csrfmiddlewaretoken": token}, headers=elsewhere).status_code == 403
    assert client.post(url, form | {"csrfmiddlewaretoken": "A" * 64}).status_code == 403
    assert len(facts("sign_in.refused")) + len(facts("code.sent")) == before


def test_i12_the_token_is_renewed_by_the_sign_in() -> None:
    person()
    client = Client(enforce_csrf_checks=True)
    client.get(SIGN_IN)
    former = client.cookies["csrf"].value
    form = {"identifier": "lea.durand", "password": PASSWORD, "csrfmiddlewaretoken": former}
    assert client.post(SIGN_IN, form).status_code == 303
    assert client.cookies["csrf"].value != former
    assert client.post(OUT, {"csrfmiddlewaretoken": former}).status_code == 403


def test_c4_a_new_password_ends_the_other_browsers_and_keeps_this_one() -> None:
    person()
    here, there = Client(), Client()
    for client in (here, there):
        typed(client)
    former = here.cookies["session"].value
    form = {"current": PASSWORD, "new": "Trois-Caravelles 1492 ?"}
    assert here.post("/espace/mot-de-passe/", form).status_code in {302, 303}
    assert here.get(SPACE).status_code == 200
    assert there.get(SPACE).status_code == 302
    assert here.cookies["session"].value != former


def test_j6_back_and_sign_in_again_in_two_tabs(client: Client) -> None:
    person(sms=True)
    typed(client)
    first = newest_sms(client)[:6]
    typed(client)  # the second tab begins anew: its code is the one asked
    assert client.post(CODE, {"code": first}).status_code == 422 or first == newest_sms(client)[:6]
    assert client.get(SIGN_IN).status_code == 200
    assert client.get(CODE).status_code == 200


def test_the_pages_speak_english_when_asked(client: Client) -> None:
    person(sms=True)
    client.cookies["langue"] = "en"
    assert "Sign in to my personal space" in words(main(page(client, SIGN_IN)))
    assert "Incorrect identifier or password" in typed(client, password=WRONG).content.decode()
    assert "Enter the code received by text" in typed(client).content.decode()


def test_who_chose_english_reads_english_from_the_sign_in_on(client: Client) -> None:
    person(language="en")
    assert client.get(SIGN_IN, headers={"accept-language": "en"}).headers["Content-Language"] == "fr"
    typed(client)
    assert client.get(SPACE).headers["Content-Language"] == "en"
