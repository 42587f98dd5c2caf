"""Guessing costs time; nobody locks anybody out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from unittest.mock import patch

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.people import person
from tests.rooms.authentication.people_at_the_door import WRONG, another_browser, is_inside, sign_in

CROWD = 24


def fails(times: int, login: str = "lea.durand", address: str = "127.0.0.1") -> list[int]:
    return [sign_in(Client(), login, WRONG, address=address).status_code for _ in range(times)]


@pytest.mark.django_db
def test_d1_after_five_wrong_passwords_even_the_right_one_waits_longer_each_time() -> None:
    person()
    moment, waits = timezone.now(), []
    for _round in range(3):
        with time_machine.travel(moment, tick=False):
            assert fails(5) == [422] * 5
            refused = sign_in(Client())
        assert refused.status_code == 429
        waits.append(int(refused.headers["Retry-After"]))
        moment += timedelta(seconds=waits[-1])
    assert waits == [60, 120, 240]
    with time_machine.travel(moment, tick=False):
        assert sign_in(Client()).status_code == 303


@pytest.mark.django_db
def test_d1_a_success_wipes_the_count_out() -> None:
    person()
    for _ in range(3):
        assert fails(4) == [422] * 4
        assert sign_in(Client()).status_code == 303


@pytest.mark.django_db
def test_the_last_try_before_a_wait_is_announced() -> None:
    pages = [sign_in(Client(), "personne.ici", WRONG).content.decode() for _ in range(5)]
    assert ["Encore un essai" in page for page in pages] == [False, False, False, True, False]


@pytest.mark.django_db
def test_d2_one_network_tries_sixty_names_a_minute_then_waits() -> None:
    with patch("passavant.accounts.actions.passwords.check_password", return_value=False):
        answers = [sign_in(Client(), f"personne.{n}", WRONG, address="192.0.2.7") for n in range(61)]
    assert [answer.status_code for answer in answers] == [422] * 60 + [429]
    assert "Trop de demandes depuis votre réseau" in answers[-1].content.decode()
    assert sign_in(Client(), "personne.99", WRONG, address="192.0.2.8").status_code == 422


@pytest.mark.django_db
def test_d5_addresses_of_one_64_share_their_count() -> None:
    with patch("passavant.accounts.actions.passwords.check_password", return_value=False):
        codes = [
            sign_in(Client(), f"personne.{n}", WRONG, address=f"2001:db8:1:1::{n:x}").status_code for n in range(61)
        ]
    assert codes == [422] * 60 + [429]


@pytest.mark.django_db
def test_d3_an_attack_from_fifty_places_leaves_the_known_device_open_and_the_others_a_documented_wait(
    client: Client,
) -> None:
    person()
    assert sign_in(client).status_code == 303
    with patch("passavant.accounts.actions.passwords.check_password", return_value=False):
        answers = [sign_in(Client(), password=WRONG, address=f"198.51.100.{n}").status_code for n in range(60)]
    assert answers == [422] * 49 + [429] * 11  # the first sign-in counted too, from an unknown device
    assert sign_in(another_browser(client)).status_code == 303
    unknown = sign_in(Client(), address="203.0.113.5")
    assert unknown.status_code == 429
    assert int(unknown.headers["Retry-After"]) <= timedelta(days=1).total_seconds()
    tomorrow = timezone.localtime() + timedelta(days=1)
    assert f", le {tomorrow:%-d}" in unknown.content.decode()


@pytest.mark.django_db
def test_d3_a_neighbour_on_the_same_network_does_not_close_the_known_device(client: Client) -> None:
    person()
    sign_in(client)
    fails(5)
    assert sign_in(Client()).status_code == 429
    assert sign_in(another_browser(client)).status_code == 303


@pytest.mark.django_db
def test_d3_a_known_device_guesses_no_more_than_another(client: Client) -> None:
    person()
    sign_in(client)
    codes = [sign_in(another_browser(client), password=WRONG).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


@pytest.mark.django_db
def test_d3_a_forged_device_is_unknown(client: Client) -> None:
    person()
    sign_in(client)
    fails(5)
    forged = another_browser(client)
    forged.cookies["appareil"] = forged.cookies["appareil"].value[:-1] + "x"
    assert sign_in(forged).status_code == 429


@pytest.mark.django_db
def test_counts_do_not_tell_that_two_names_are_of_one_account() -> None:
    person()
    fails(4)
    page = sign_in(Client(), "lea@example.org", WRONG).content.decode()
    assert "Encore un essai" not in page


@pytest.mark.django_db(transaction=True)
def test_d1_parallel_guesses_are_never_compared_more_than_allowed() -> None:
    person()
    start, compared = Barrier(CROWD), []

    def guess(_number: int) -> int:
        try:
            start.wait(timeout=30)
            return sign_in(Client(), password=WRONG).status_code
        finally:
            connection.close()

    def compare(password: str, _encoded: str) -> bool:
        compared.append(password)
        return False

    with patch("passavant.accounts.actions.passwords.check_password", compare), ThreadPoolExecutor(CROWD) as crowd:
        codes = sorted(crowd.map(guess, range(CROWD)))
    assert codes == [422] * 5 + [429] * (CROWD - 5)
    assert len(compared) == 5


@pytest.mark.django_db
def test_a_reload_after_a_success_opens_one_useful_page(client: Client) -> None:
    person()
    assert [sign_in(client).status_code for _ in range(2)] == [303, 303]
    assert is_inside(client)
