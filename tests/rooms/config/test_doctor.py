"""What the doctor says of the other portals."""

import re

import pytest
from pytest_django.fixtures import Settings

from passavant.config import doctor
from passavant.federation.rules.providers import Provider
from tests.providers.fixtures import as_started as as_started
from tests.providers.fixtures import honest as honest
from tests.providers.running import CLIENT, SECRET, Honest
from tests.stack import free_port


def declare(settings: Settings, **issuers: str) -> None:
    told = {
        name: Provider(issuer=issuer, client_id=CLIENT, client_secret=SECRET, label=name)
        for name, issuer in issuers.items()
    }
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"federation": told})


def test_no_portal_is_no_fault(settings: Settings) -> None:
    declare(settings)
    assert doctor.federation() == "no other portal declared"


def test_a_portal_that_answers(settings: Settings, honest: Honest) -> None:
    declare(settings, portailpro=honest.issuer)
    assert doctor.federation() == "portailpro: metadata read"


def test_every_portal_that_does_not_answer_is_named(settings: Settings, honest: Honest) -> None:
    silent = f"http://127.0.0.1:{free_port()}"
    declare(settings, portailpro=honest.issuer, proconnect=silent, eidas=f"{honest.issuer}/elsewhere")
    with pytest.raises(doctor.Unwell) as told:
        doctor.federation()
    assert re.fullmatch(r"proconnect: .+, eidas: .+", str(told.value))


def test_the_line_is_one_of_the_doctor_s(capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    declare(settings)
    assert doctor._line("federation", doctor.PROBES["federation"])
    assert capsys.readouterr().out == "ok    federation no other portal declared\n"
