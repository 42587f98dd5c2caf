from datetime import timedelta
from http import HTTPStatus

import time_machine
from django.test import RequestFactory
from django.utils import timezone

from passavant.foundation.ui.answers import too_many

NOON = "2026-11-22T12:00:00+01:00"


@time_machine.travel(NOON, tick=False)
def test_too_many_says_when_in_words_and_in_seconds(rf: RequestFactory) -> None:
    answer = too_many(rf.get("/"), timezone.now() + timedelta(minutes=5))
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert answer.headers["Retry-After"] == "300"
    assert "Réessayez à 12\u00a0h\u00a005." in answer.content.decode()


@time_machine.travel(NOON, tick=False)
def test_too_many_never_says_to_come_back_at_once(rf: RequestFactory) -> None:
    assert too_many(rf.get("/"), timezone.now()).headers["Retry-After"] == "1"
    assert too_many(rf.get("/"), timezone.now() + timedelta(seconds=0.2)).headers["Retry-After"] == "1"
