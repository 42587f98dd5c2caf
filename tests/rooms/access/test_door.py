"""A page hangs on a door: methods, entry, and reading that never writes."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from passavant.foundation.access import Request, WroteOnRead, anyone, door


@door(anyone, writes=["POST"])
def page(request: Request) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = name WHERE id < 0")
    return HttpResponse("changed")


@door(lambda request: HttpResponse("elsewhere", status=302), writes=["POST"])
def closed(request: Request) -> HttpResponse:
    raise AssertionError("nobody comes here")


@door(anyone, writes=["POST"], reads=False)
def act(request: Request) -> HttpResponse:
    return HttpResponse("done")


@door(anyone, writes=["GET"], reads=False)
def back(request: Request) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = name WHERE id < 0")
    return HttpResponse("changed")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_i12_reading_cannot_write(rf: RequestFactory, method: str) -> None:
    with pytest.raises(WroteOnRead):
        page(getattr(rf, method)("/"))


@pytest.mark.django_db
def test_the_declared_method_writes(rf: RequestFactory) -> None:
    assert page(rf.post("/")).content == b"changed"


@pytest.mark.django_db
def test_where_a_protocol_comes_back_get_writes_and_head_does_not_exist(rf: RequestFactory) -> None:
    assert back(rf.get("/")).content == b"changed"
    assert back(rf.head("/")).status_code == 405


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_a_method_not_declared_is_refused(rf: RequestFactory, method: str) -> None:
    answer = page(getattr(rf, method)("/"))
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"


def test_a_page_without_reading_refuses_it(rf: RequestFactory) -> None:
    assert act(rf.get("/")).status_code == 405
    assert act(rf.post("/")).status_code == 200


def test_who_may_not_enter_is_sent_elsewhere(rf: RequestFactory) -> None:
    assert closed(rf.get("/")).status_code == 302
