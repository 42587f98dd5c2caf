"""A message is in the transaction of the change it tells of, and nobody reads it there."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy as lazy

from passavant.foundation.outbox.actions import NotANumber, deliver, post
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.values import NotAnEmail
from tests.rooms.outbox.post_office import PostOffice
from tests.rooms.outbox.trial import CODE, LINK, dump, letter, posted, row, states, text


@pytest.mark.django_db(transaction=True)
def test_posting_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        post(letter())
    assert not Outgoing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_k1_a_change_that_is_undone_leaves_no_message() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post(letter())
        post(text())
        raise ZeroDivisionError
    assert not Outgoing.objects.exists()


@pytest.mark.django_db
def test_nothing_secret_lies_in_clear_in_the_table() -> None:
    posted(letter(), text(thread="psv_lnk_of-a-session"))
    stolen = dump()
    assert b"lea@example.org" in stolen  # so that the dump is known to show what is in clear
    for secret in (LINK, CODE, "psv_lnk", "Léa"):
        assert secret.encode() not in stolen


@pytest.mark.django_db
def test_the_content_is_wiped_once_sent_and_kept_until_then(office: PostOffice) -> None:
    [message] = posted(letter())
    office.says = {"RCPT": "450 greylisted"}
    deliver()
    assert row(message).context != b""
    Outgoing.objects.update(due_at=row(message).posted_at)
    office.says = {}
    deliver()
    assert row(message).state == "sent"
    assert bytes(row(message).context) == b""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "to",
    [
        "lea@example.org, eve@example.net",
        "lea@example.org;eve@example.net",
        "lea@example.org\r\nBcc: eve@example.net",
        "lea@example.org%0aBcc: eve@example.net",
        "lea@example.org\u2028eve@example.net",
        "Eve <eve@example.net>",
        '"eve@example.net" <lea@example.org>',
        "lea@example.org eve@example.net",
        "<lea@example.org>",
        "",
    ],
)
def test_i1_a_letter_has_exactly_one_recipient(to: str) -> None:
    with pytest.raises(NotAnEmail):
        post(letter(to))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "to", ["0639981234", "+33639981234 +33639981235", "+33639981234,1", "+33 6 39 98 12 34", "+33639981234\n", "+0", ""]
)
def test_i1_a_text_has_exactly_one_recipient(to: str) -> None:
    with pytest.raises(NotANumber):
        post(text(to))


@pytest.mark.django_db
def test_a_context_of_anything_but_plain_values_is_refused_at_once() -> None:
    for value in (object(), datetime.now(UTC), ["a list"], {"a": "map"}, lazy("lazy")):
        with pytest.raises(TypeError):
            post(letter(context={"value": value}))
    with pytest.raises(ValueError, match="longer"):
        post(letter(context={"name": "a" * 20_000}))


@pytest.mark.django_db
def test_e15_of_one_thread_only_the_newest_still_leaves(office: PostOffice) -> None:
    older, newer, other = posted(letter(thread="activation:1"), letter(thread="activation:1"), letter(thread="other"))
    deliver()
    assert row(older).state == "withdrawn"
    assert bytes(row(older).context) == b""
    assert [row(newer).state, row(other).state] == ["sent", "sent"]
    assert len(office.letters) == 2


@pytest.mark.django_db
def test_posting_takes_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        post(letter())
    assert states() == {"waiting": 1}
