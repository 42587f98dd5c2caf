"""SMS through the real Kannel, from its HTTP door to the fake centre of its own distribution."""

from urllib.parse import quote

import pytest

from passavant.foundation.outbox.actions import deliver
from tests.rooms.outbox.conftest import Configure
from tests.rooms.outbox.kannel import Kannel
from tests.rooms.outbox.trial import CODE, let_time_pass, posted, row, text

pytestmark = pytest.mark.django_db
WORDS = (
    "est votre code de connexion Passavant, valable 10 minutes. "
    "Ne le donnez à personne, y compris à un agent des douanes."
)
ACCENTS = "é è à ù É ò Ç ñ £ € [ok] {a} _ @ # Ø"


def test_a_code_reaches_the_centre_whole_with_its_accents(kannel: Kannel, configure: Configure) -> None:
    configure(sms_url=kannel.url)
    [message] = posted(text("+33639980001"))
    deliver()
    assert row(message).state == "sent"
    kannel.wait(lambda: len(_received(kannel, "+33639980001")) == 3)
    assert _received(kannel, "+33639980001") == [
        f"Passavant +33639980001 text {CODE} {WORDS}",
        "",
        f"@localhost #{CODE}",
    ]


def test_every_character_we_allow_arrives_as_it_is(kannel: Kannel, configure: Configure) -> None:
    configure(sms_url=f"{kannel.url}?from=Douane")
    posted(text("+33639980002", template="probe/sms/words", context={"words": ACCENTS}))
    deliver()
    kannel.wait(lambda: any("+33639980002" in line for line in kannel.lines()))
    assert f"Douane +33639980002 text {ACCENTS}" in kannel.lines()


def test_a_wrong_password_condemns_no_text(kannel: Kannel, configure: Configure) -> None:
    configure(sms_url=kannel.url.replace("passavant:", "somebody:"))
    [message] = posted(text())
    deliver()
    assert row(message).state == "waiting"
    assert row(message).reason == "HTTP 403 Authorization failed for sendsms"


def test_what_kannel_refuses_is_a_dead_letter(kannel: Kannel, configure: Configure) -> None:
    configure(sms_url=f"{kannel.url}?from={quote(' ')}&dlr-mask=31&dlr-url=&validity=-5")
    [message] = posted(text())
    deliver()
    assert row(message).state == "dead"
    assert row(message).reason.startswith("HTTP 400")


def test_e15_a_centre_out_of_order_delays_and_sends_once(kannel: Kannel, configure: Configure) -> None:
    """Kannel answers 202 « Queued for later delivery »: the text is its own from then on."""
    configure(sms_url=kannel.url)
    centre = kannel.processes["fakesmsc"]
    centre.terminate()
    centre.wait()
    [message] = posted(text("+33639980003"))
    deliver()
    assert row(message).state == "sent"
    let_time_pass()
    deliver()
    kannel.open_centre()
    kannel.wait(lambda: len(_received(kannel, "+33639980003")) == 3)
    assert sum("+33639980003" in line for line in kannel.lines()) == 1


def _received(kannel: Kannel, number: str) -> list[str]:
    """The three lines of a code; the fake centre breaks a text at its ends of line."""
    lines = kannel.lines()
    start = next((place for place, line in enumerate(lines) if number in line), len(lines))
    return lines[start : start + 3]
