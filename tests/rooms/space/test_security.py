"""« Sécurité »: what it shows, and what may be done there."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.models import AppFactor, RecoveryCode, Session
from passavant.foundation.outbox.models import Outgoing
from tests.people import person
from tests.rooms.authentication.factors import (
    ENROL_APP,
    SECRET,
    person_with_app,
    secret_on,
    shown,
    types,
    with_app,
    with_recovery_codes,
)
from tests.rooms.authentication.people_at_the_door import another, facts, key
from tests.rooms.space.inside import browser, is_inside, text

pytestmark = pytest.mark.django_db
PAGE, CODES = "/espace/securite/", "/espace/securite/codes/"
ALONE = "Un seul moyen de connexion est enregistré."
LAST = "C’est votre dernier moyen de ce niveau."


def of(app: AppFactor, act: str) -> str:
    return f"{PAGE}application/{app.pk}/{act}/"


def codes_on(page: str) -> list[str]:
    return re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}", page)


def test_the_page_lists_the_level_and_each_way_with_its_dates() -> None:
    lea = person_with_app(mobile="+33639981234")
    AppFactor.objects.update(last_used_at=timezone.now())
    page = text(browser(lea).get(PAGE))
    for told in ("Mot de passe et application d’authentification", "Application « Téléphone »", "Ajouté le"):
        assert told in page
    assert "dernière utilisation" in page
    assert "06 •• •• •• 34" in page
    assert "Moins sûr" in page


def test_the_page_costs_the_same_however_many_factors(django_assert_num_queries: object) -> None:
    lea = person_with_app()
    client = browser(lea)
    client.get(PAGE)
    for number in range(6):
        with_app(lea, bytes([number]) * 20)
    with_recovery_codes(lea)
    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get(PAGE)


@pytest.mark.parametrize(
    ("level", "apps", "codes", "alone"),
    [("password", 0, False, False), ("totp", 1, False, True), ("totp", 2, False, False), ("totp", 1, True, False)],
)
def test_who_could_be_left_outside_is_told(level: str, apps: int, codes: bool, alone: bool) -> None:
    lea = person(level=level)
    for number in range(apps):
        with_app(lea, bytes([number]) * 20)
    if codes:
        with_recovery_codes(lea)
    assert (ALONE in text(browser(lea).get(PAGE))) is alone


def test_who_relies_on_sms_alone_is_told_and_an_app_is_a_second_way() -> None:
    lea = person(sms=True)
    assert ALONE in text(browser(lea).get(PAGE))
    with_app(lea)
    assert ALONE not in text(browser(lea).get(PAGE))


def test_e14_an_app_is_added_by_one_right_code_and_the_other_sessions_end() -> None:
    lea = person()
    client, other = browser(lea), browser(lea)
    with time_machine.travel(timezone.now(), tick=False):
        before, secret = key(client), secret_on(client.get(ENROL_APP).content.decode())
        assert types(client, another(shown(secret)), ENROL_APP).status_code == 422
        assert not AppFactor.objects.exists()
        assert is_inside(other)
        answer = types(client, shown(secret), ENROL_APP)
    assert answer.headers["Location"] == f"{PAGE}?fait=application"
    assert "Votre application d’authentification est ajoutée." in text(client.get(answer.headers["Location"]))
    assert AppFactor.objects.get().opened() == secret
    assert (is_inside(client), is_inside(other), key(client) != before) == (True, False, True)
    assert [fact["kind"] for fact in facts("factor.added")] == ["totp"]
    assert Outgoing.objects.filter(template="authentication/mails/notice").exists()


def test_e13_the_secret_is_never_shown_again() -> None:
    lea = person_with_app()
    client = browser(lea)
    whole = "".join(client.get(page).content.decode() for page in (PAGE, "/espace/mes-donnees/?format=json"))
    assert SECRET.hex() not in whole
    with pytest.raises(AssertionError):
        secret_on(whole)


def test_a_way_is_renamed() -> None:
    lea = person_with_app()
    app, client = AppFactor.objects.get(), browser(lea)
    assert "Téléphone" in client.get(of(app, "renommer")).content.decode()
    assert client.post(of(app, "renommer"), {"name": " "}).status_code == 422
    assert client.post(of(app, "renommer"), {"name": "Tablette"}).headers["Location"] == f"{PAGE}?fait=renomme"
    assert "Application « Tablette »" in text(client.get(PAGE))
    assert len(facts("factor.renamed")) == 1


def test_e8_the_last_way_that_the_level_needs_stays() -> None:
    lea = person_with_app()
    app, client = AppFactor.objects.get(), browser(lea)
    page = client.get(of(app, "retirer"))
    assert LAST in text(page)
    assert "fr-btn--danger" not in page.content.decode()
    answer = client.post(of(app, "retirer"))
    assert answer.status_code == 422
    assert LAST in text(answer)
    assert AppFactor.objects.count() == 1
    assert len(facts("factor.kept")) == 1
    with_recovery_codes(lea)
    assert client.post(of(app, "retirer")).status_code == 422, "recovery codes run out: they are no way"


def test_e8_another_way_of_the_level_frees_the_first() -> None:
    lea = person_with_app()
    first = AppFactor.objects.get()
    with_app(lea, bytes(reversed(SECRET)), "Tablette")
    client, other = browser(lea), browser(lea)
    assert "Retirer « Téléphone »" in text(client.get(of(first, "retirer")))
    before = key(client)
    assert client.post(of(first, "retirer")).headers["Location"] == f"{PAGE}?fait=retire"
    assert [app.name for app in AppFactor.objects.all()] == ["Tablette"]
    assert (is_inside(client), is_inside(other), key(client) != before) == (True, False, True)
    assert [fact["kind"] for fact in facts("factor.removed")] == ["totp"]
    assert Outgoing.objects.filter(template="authentication/mails/notice").exists()
    assert client.post(of(AppFactor.objects.get(), "retirer")).status_code == 422


@pytest.mark.parametrize("level", ["password", "sms"])
def test_a_way_above_the_level_may_always_be_removed(level: str) -> None:
    lea = person_with_app(level, mobile="+33639981234")
    assert browser(lea).post(of(AppFactor.objects.get(), "retirer")).status_code == 303
    assert not AppFactor.objects.exists()


@pytest.mark.parametrize("act", ["renommer", "retirer"])
def test_h1_the_ways_of_somebody_else_are_unknown_here(act: str) -> None:
    theirs = with_app(person(level="password"))
    client = browser(person())
    unknown = (of(theirs, act), f"{PAGE}application/{uuid4()}/{act}/", f"{PAGE}autre/{theirs.pk}/{act}/")
    for page in unknown:
        assert client.get(page).status_code == 404
        assert client.post(page, {"name": "À moi"}).status_code == 404
    assert AppFactor.objects.get().name == "Téléphone"


def test_e12_recovery_codes_are_shown_once_and_kill_the_former_set() -> None:
    lea = person_with_app()
    client = browser(lea)
    assert codes_on(client.get(CODES).content.decode()) == []
    first = codes_on(client.post(CODES).content.decode())
    assert len(set(first)) == 10
    assert codes_on(client.get(CODES).content.decode()) == []
    second = codes_on(client.post(CODES).content.decode())
    assert not set(first) & set(second)
    assert RecoveryCode.objects.count() == 10
    assert not RecoveryCode.objects.spend(lea, first[0], timezone.now())
    assert RecoveryCode.objects.spend(lea, second[0], timezone.now())
    assert len(facts("recovery_codes.made")) == 2
    assert Outgoing.objects.filter(template="authentication/mails/notice").exists()


@pytest.mark.parametrize(("left", "told"), [(4, False), (3, True), (1, True), (0, False)])
def test_a_reminder_when_three_codes_remain(left: int, told: bool) -> None:
    lea = person_with_app()
    for code in with_recovery_codes(lea)[left:]:
        assert RecoveryCode.objects.spend(lea, code, timezone.now())
    page = text(browser(lea).get(PAGE))
    assert ("Créez-en de nouveaux avant d’en manquer." in page) is told


def test_the_factors_of_a_closed_account_are_gone() -> None:
    lea, other = person_with_app("password"), person_with_app("password")
    with_recovery_codes(lea)
    assert browser(lea).post("/espace/fermer/", {"current": "Grand-Voilier 1789 !"}).status_code == 303
    assert [app.account_id for app in AppFactor.objects.all()] == [other.pk]
    assert not RecoveryCode.objects.exists()


def test_removing_a_way_ends_the_sign_ins_under_way() -> None:
    lea = person(sms=True)
    app = with_app(lea)
    pending = Client()
    pending.post("/connexion/", {"identifier": lea.identifier, "password": "Grand-Voilier 1789 !"})
    browser(lea).post(of(app, "retirer"))
    assert pending.post("/connexion/moyens/", {"moyen": "totp"}).headers["Location"].startswith("/connexion/?raison")
    assert Account.objects.get().security_epoch == 1
    assert Session.objects.filter(account=lea, epoch=1).count() == 1
