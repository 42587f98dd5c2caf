"""K5: each thing a mail server can do, and what becomes of the letter."""

import datetime as dt
import socket
import ssl
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from passavant.foundation.outbox.actions import deliver
from passavant.foundation.outbox.carriers import smtp
from passavant.foundation.outbox.models import Outgoing
from tests.rooms.outbox.conftest import Configure
from tests.rooms.outbox.post_office import PostOffice, Received
from tests.rooms.outbox.trial import let_time_pass, letter, posted, row, states
from tests.stack import free_port

pytestmark = pytest.mark.django_db


def test_k5_one_connection_carries_a_whole_batch(office: PostOffice) -> None:
    posted(*(letter(f"p{number}@example.org") for number in range(12)))
    assert deliver() == 12
    assert office.recipients == [f"p{number}@example.org" for number in range(12)]
    assert office.connections == 1
    assert states() == {"sent": 12}
    assert deliver() == 0


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
@pytest.mark.parametrize("answer", ["450 4.2.0 greylisted", "421 4.3.2 closing", "451 4.3.0 try later"])
def test_k5_a_temporary_refusal_is_tried_again_later(office: PostOffice, step: str, answer: str) -> None:
    [message] = posted(letter())
    office.says = {step: answer}
    deliver()
    waiting = row(message)
    assert (waiting.state, waiting.attempts) == ("waiting", 1)
    assert answer[:9] in waiting.reason
    assert waiting.due_at > waiting.posted_at
    assert deliver() == 0  # not before its time
    office.says = {}
    let_time_pass()
    deliver()
    assert row(message).state == "sent"
    assert office.letters[-1].mime["Message-ID"] == waiting.message_id


def test_k5_the_wait_grows_at_each_refusal_and_a_day_later_it_is_given_up(office: PostOffice) -> None:
    [message] = posted(letter())
    office.says = {"RCPT": "450 4.2.0 greylisted"}
    waits = []
    for _ in range(4):
        let_time_pass()
        deliver()
        waits.append(row(message).due_at)
    gaps = [later - sooner for sooner, later in pairwise(waits)]
    assert gaps == sorted(gaps)
    assert gaps[-1] > dt.timedelta(seconds=30)
    Outgoing.objects.update(useful_until=row(message).posted_at + dt.timedelta(seconds=60))
    let_time_pass()
    deliver()
    assert row(message).state == "dead"
    assert "450 4.2.0" in row(message).reason


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_k5_a_final_refusal_is_a_dead_letter_with_its_reason(office: PostOffice, step: str) -> None:
    refused, other = posted(letter("lea@example.org"), letter("other@example.org"))
    office.says = {step: "550 5.1.1 <lea@example.org>: no such user"}
    office.only_for = "lea@example.org"
    deliver()
    assert row(refused).state == "dead"
    assert row(refused).reason == f"{step} 550 5.1.1 <…>: no such user"
    assert bytes(row(refused).context) != b""  # it can be put back
    assert row(other).state == "sent"
    assert office.connections == 1


def test_k5_a_server_that_refuses_our_sender_condemns_no_letter(office: PostOffice) -> None:
    posted(letter(), letter())
    office.says = {"MAIL": "550 5.7.1 sender not allowed"}
    deliver()
    assert states() == {"waiting": 2}
    assert set(Outgoing.objects.values_list("attempts", flat=True)) == {0}
    assert "550 5.7.1" in Outgoing.objects.first().reason  # type: ignore[union-attr]


def test_k5_a_server_that_hangs_costs_its_timeout_and_nothing_else(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.4)
    hung, other = posted(letter("lea@example.org"), letter("other@example.org"))
    office.says, office.only_for = {"DATA": "hang"}, "lea@example.org"
    deliver()
    assert (row(hung).state, row(other).state) == ("waiting", "sent")
    assert "timed out" in row(hung).reason


def test_k5_a_server_that_never_greets_is_down(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.2)
    posted(letter(), letter())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        configure(email_url=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        assert deliver() == 2
        assert deliver() == 0
    assert states() == {"waiting": 2}


def test_k5_connection_refused_gives_every_letter_back_unharmed(configure: Configure) -> None:
    configure(email_url=f"smtp://127.0.0.1:{free_port()}")
    messages = posted(*(letter() for _ in range(30)))
    assert deliver(limit=10) == 10
    assert deliver() == 0  # those not claimed wait as well: one message at a time asks whether it is back
    assert states() == {"waiting": 30}
    assert {row(message).attempts for message in messages[:3]} == {0}
    assert "refused" in Outgoing.objects.exclude(reason="").first().reason  # type: ignore[union-attr]
    with PostOffice() as office:
        configure(email_url=office.url)
        let_time_pass()
        while deliver():
            pass
        assert len(office.letters) == 30


def test_k5_dropped_after_data_is_sent_again_with_the_same_message_id(office: PostOffice) -> None:
    [message] = posted(letter())
    office.says = {"DATA": "drop"}
    deliver()
    assert row(message).state == "waiting"
    office.says = {}
    let_time_pass()
    deliver()
    assert row(message).state == "sent"
    assert [received.mime["Message-ID"] for received in office.letters] == [row(message).message_id] * 2


def test_k5_accepting_one_of_many_loses_none(office: PostOffice) -> None:
    posted(*(letter(f"p{number}@example.org") for number in range(20)))

    def refuse_the_next(received: Received) -> None:
        office.says = {"RCPT": "451 4.7.1 only one for now"}

    office.on_letter = refuse_the_next
    deliver()
    assert states() == {"sent": 1, "waiting": 19}
    office.says, office.on_letter = {}, lambda received: None
    let_time_pass()
    deliver()
    assert states() == {"sent": 20}
    assert sorted(office.recipients) == sorted(f"p{number}@example.org" for number in range(20))


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_server_is_told_who_we_are(office: PostOffice, configure: Configure) -> None:
    office.password = b"p@ss:word"
    place = urlsplit(office.url).netloc
    posted(letter())
    configure(email_url=f"smtp://passavant:wrong@{place}")
    deliver()
    assert states() == {"waiting": 1}
    assert "535" in Outgoing.objects.get().reason
    configure(email_url=f"smtp://passavant:p%40ss%3Aword@{place}")
    let_time_pass()
    deliver()
    assert states() == {"sent": 1}


def test_starttls_is_required_when_asked(office: PostOffice, configure: Configure) -> None:
    configure(email_url=office.url.replace("smtp:", "smtp+starttls:"))
    posted(letter())
    deliver()
    assert office.letters == []
    assert "STARTTLS" in Outgoing.objects.get().reason


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody trusts yet, with its key in the same file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "post.example")])
    certificate = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(days=1)
        )
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    file = tmp_path / "post.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    return file


def test_starttls_trusts_only_who_the_system_trusts(
    authority: Path, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(authority)
    with PostOffice(tls=tls) as office:
        configure(email_url=office.url.replace("smtp:", "smtp+starttls:"))
        posted(letter())
        deliver()
        assert "CERTIFICATE_VERIFY_FAILED" in Outgoing.objects.get().reason
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        let_time_pass()
        deliver()
        assert states() == {"sent": 1}
