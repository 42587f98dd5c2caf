"""The people of the demonstration can all sign in."""

import argparse
from base64 import b32decode

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.models import AppFactor
from passavant.config import demo
from tests.rooms.authentication.factors import shown, types
from tests.rooms.authentication.people_at_the_door import CODE, is_inside, sign_in


@pytest.mark.django_db
def test_the_demonstration_has_a_person_with_an_app_whose_key_is_told(client: Client) -> None:
    for _ in range(2):
        assert demo.load(argparse.Namespace()) == 0
    assert Account.objects.count() == len(demo.PEOPLE)
    assert AppFactor.objects.count() == 1
    told = demo.welcome("http://localhost:8000").replace(" ", "")
    with time_machine.travel(timezone.now(), tick=False):
        for who, key in demo.APP.items():
            assert key in told
            assert sign_in(client, who, demo.PASSWORD).headers["Location"] == CODE
            assert types(client, shown(b32decode(key))).status_code == 303
            assert is_inside(client)
    assert {person["level"] for person in demo.PEOPLE} <= {level.value for level in Level}
