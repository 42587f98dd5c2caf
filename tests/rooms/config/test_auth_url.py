"""PASSAVANT_AUTH_URL: the public URL, or another host of the same scheme."""

import pytest

from passavant.config.env import Env, Misconfigured, read_env
from tests.rooms.config.test_env import given

__all__ = ["given"]


def read(given: pytest.MonkeyPatch, auth_url: str, **others: str) -> Env:
    for name, value in {"AUTH_URL": auth_url, **others}.items():
        given.setenv(f"PASSAVANT_{name}", value)
    return read_env()


@pytest.mark.parametrize("auth_url", ["", "https://portail.example", "https://portail.example/"])
def test_by_default_people_sign_in_on_the_public_url(auth_url: str, given: pytest.MonkeyPatch) -> None:
    env = read(given, auth_url)
    assert (env.origins_differ, env.auth_origin, env.auth_host) == (False, "https://portail.example", "portail.example")


def test_another_host_of_the_same_scheme(given: pytest.MonkeyPatch) -> None:
    env = read(given, "https://connexion.portail.example/")
    assert (env.origins_differ, env.auth_origin) == (True, "https://connexion.portail.example")
    assert (env.host, env.auth_host) == ("portail.example", "connexion.portail.example")


def test_a_demonstration_has_two_on_one_machine(given: pytest.MonkeyPatch) -> None:
    assert read(given, "http://127.0.0.1:8000", ENV="demo", PUBLIC_URL="http://localhost:8000").origins_differ


@pytest.mark.parametrize(
    ("auth_url", "fault"),
    [
        ("http://connexion.portail.example", "must have the scheme"),
        ("https://portail.example:8443", "must have another host name"),
        ("connexion.portail.example", "a scheme and a host"),
        ("https://portail.example/connexion", "a scheme and a host"),
    ],
)
def test_what_could_not_work_is_told_at_the_start(auth_url: str, fault: str, given: pytest.MonkeyPatch) -> None:
    with pytest.raises(Misconfigured, match=f"PASSAVANT_AUTH_URL.*{fault}"):
        read(given, auth_url)


def test_without_https_both_are_of_this_machine(given: pytest.MonkeyPatch) -> None:
    with pytest.raises(Misconfigured, match="https"):
        read(given, "http://connexion.example", ENV="demo", PUBLIC_URL="http://localhost:8000")
