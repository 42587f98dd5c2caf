"""The box under the code: who is offered it, and what is not worth a tick."""

import pytest
from django.test import Client

from passavant.authentication.models import TrustedDevice
from tests.people import person
from tests.rooms.authentication.factors import chooses, person_with_app, with_recovery_codes
from tests.rooms.authentication.people_at_the_door import CODE, sign_in
from tests.rooms.authentication.test_trust import BOX, COOKIE, asked_a_code

pytestmark = pytest.mark.django_db


def test_e12_a_recovery_code_makes_no_browser_trusted(client: Client) -> None:
    codes = with_recovery_codes(person_with_app())
    sign_in(client)
    chooses(client, "recovery")
    assert BOX not in client.get(CODE).content.decode()
    assert client.post(CODE, {"code": codes[0], "remember": "on"}).status_code == 303
    assert not TrustedDevice.objects.exists()


def test_a_wrong_code_keeps_the_box_and_trusts_nothing(client: Client) -> None:
    person(sms=True)
    sign_in(client)
    answer = client.post(CODE, {"code": "000000", "remember": "on"})
    assert answer.status_code == 422
    assert "checked" in answer.content.decode()
    assert not TrustedDevice.objects.exists()


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, ".".join(["B" * 43] * 400), "é" * 43])
def test_a_cookie_that_is_not_ours_changes_nothing(client: Client, cookie: str) -> None:
    person(sms=True)
    client.cookies[COOKIE] = cookie
    assert asked_a_code(client)
