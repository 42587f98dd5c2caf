"""The helper for choosing a level: the table of the thirty-two answers, and its page."""

import re
from itertools import product

import pytest
from django.test import Client

from passavant.accounts.rules.choosing import ASKS, SUITS, Situation, recommended
from passavant.accounts.rules.levels import Level

PAGE = "/inscription/aide-niveau/"
NAMES = ("smartphone", "apps", "shared", "card", "network")
CERTIFICATE, PASSKEY, TOTP, SMS, PASSWORD = reversed(Level)
# o: yes, n: no, in the order of NAMES; a dot stands for both.
TABLE = {
    "...o.": CERTIFICATE,  # whoever has one
    "..nn.": PASSKEY,  # a workstation of one's own keeps the key
    "o.ono": PASSKEY,  # on a shared one, the smartphone keeps it, and needs a network
    "ooonn": TOTP,  # without network, an app goes on
    "onnnn": PASSKEY,
    "ononn": PASSWORD,  # neither app nor network
    "n.ono": SMS,  # any mobile telephone
    "n.onn": PASSWORD,
}


def expected(answers: str) -> Level:
    fitting = {level for row, level in TABLE.items() if all(c in (".", a) for c, a in zip(row, answers, strict=True))}
    assert len(fitting) == 1, answers
    return fitting.pop()


EVERY = ["".join(answers) for answers in product("on", repeat=5)]


def situation(answers: str) -> Situation:
    return Situation(**{name: answer == "o" for name, answer in zip(NAMES, answers, strict=True)})


@pytest.mark.parametrize("answers", EVERY)
def test_each_of_the_thirty_two_answers_has_its_level(answers: str) -> None:
    advice = recommended(situation(answers), list(Level))
    assert advice
    assert advice.level is expected(answers)


@pytest.mark.parametrize("answers", EVERY)
def test_a_level_that_the_site_does_not_offer_is_never_recommended(answers: str) -> None:
    for kept in product((True, False), repeat=len(Level)):
        offered = [level for level, is_kept in zip(Level, kept, strict=True) if is_kept]
        advice = recommended(situation(answers), offered)
        assert advice is None or advice.level in offered
        assert advice is not None or PASSWORD not in offered


def test_every_level_is_told_and_every_reason_is_given_to_somebody() -> None:
    assert set(ASKS) == set(Level)
    given = {recommended(situation(answers), list(Level)) for answers in EVERY}
    assert given == set(SUITS)


@pytest.mark.django_db
def test_the_page_asks_then_answers_and_keeps_nothing(client: Client) -> None:
    assert "Niveau conseillé" not in client.get(PAGE).content.decode()
    answer = client.get(PAGE, {"smartphone": "non", "apps": "non", "shared": "oui", "card": "oui", "network": "oui"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Niveau conseillé : Mot de passe et jeton SMS" in page.replace("\N{NO-BREAK SPACE}", " ")  # no certificates
    assert "session" not in client.cookies


@pytest.mark.django_db
def test_a_question_without_an_answer_is_asked_again_with_the_others_kept(client: Client) -> None:
    answer = client.get(PAGE, {"smartphone": "oui", "apps": "peut-être"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Dites si vous pouvez y installer une application." in page
    kept = [tag for tag in re.findall(r"<input[^>]*>", page) if "checked" in tag and "pv-theme" not in tag]
    assert [re.findall(r'(?:name|value)="([^"]*)"', tag) for tag in kept] == [["smartphone", "oui"]]


@pytest.mark.django_db
def test_the_helper_speaks_english_and_is_linked_from_the_sign_up_form(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/inscription/").content.decode()
    client.cookies["langue"] = "en"
    assert "Choose my security level" in client.get(PAGE).content.decode()
    assert client.post(PAGE).status_code == 405
