"""Step-up to more than the account's own level."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.authentication.models import Session
from tests.people import PASSWORD, person
from tests.rooms.authentication.factors import WAYS, shown, types, with_app
from tests.rooms.authentication.people_at_the_door import CODE, SPACE, sign_in

pytestmark = pytest.mark.django_db
CONFIRM = "/connexion/confirmation/"


def test_e11_more_than_the_account_s_level_may_be_asked(client: Client) -> None:
    lea = person()
    with_app(lea)
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client)
        page = client.get(f"{CONFIRM}?next={SPACE}&niveau=totp").content.decode()
        assert "Cette opération demande un niveau de sécurité plus élevé" in page
        answer = client.post(f"{CONFIRM}?next={SPACE}&niveau=totp", {"password": PASSWORD})
        assert answer.headers["Location"] == CODE
        assert types(client, shown()).headers["Location"] == SPACE
    assert Session.objects.get().level == "totp"


def test_e6_a_level_out_of_reach_is_not_enrolled_on_the_way(client: Client) -> None:
    person()
    sign_in(client)
    answer = client.post(f"{CONFIRM}?next={SPACE}&niveau=totp", {"password": PASSWORD})
    assert answer.headers["Location"] == WAYS
    assert "Aucun de vos moyens de connexion" in client.get(WAYS).content.decode()
    assert Session.objects.get().level == "password"
