"""The environment is right as a whole, or every fault is listed at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from passavant.config.env import Env, Misconfigured, read_env

GOOD = {
    "PASSAVANT_SECRET_KEY": "k" * 32,
    "PASSAVANT_PUBLIC_URL": "https://portail.example",
    "PASSAVANT_EMAIL_URL": "smtp://smtp.example:25",
    "PASSAVANT_SMS_URL": "kannel+http://u:p@127.0.0.1:13013/cgi-bin/sendsms",
}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [name for name in os.environ if name.startswith("PASSAVANT_")]:
        monkeypatch.delenv(name)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


CERTIFICATES = {
    "PASSAVANT_CERTIFICATE_URL": "https://certificats.portail.example",
    "PASSAVANT_CERTIFICATE_CRL": "/etc/passavant/revoked.pem",
    "PASSAVANT_TRUSTED_PROXIES": "127.0.0.1",
    "PASSAVANT_LEVELS": "password,certificate",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASSAVANT_CERTIFICATE_URL", ""),
        ("PASSAVANT_CERTIFICATE_URL", "http://certificats.portail.example"),
        ("PASSAVANT_CERTIFICATE_URL", "https://certificats.portail.example/path"),
        ("PASSAVANT_CERTIFICATE_URL", "https://portail.example:8443"),
        ("PASSAVANT_CERTIFICATE_CRL", None),
        ("PASSAVANT_TRUSTED_PROXIES", ""),
    ],
)
def test_e10_certificates_are_switched_on_as_a_whole(given: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    for variable, said in CERTIFICATES.items():
        given.setenv(variable, said)
    assert read_env().certificate_host == "certificats.portail.example"
    given.delenv(name) if value is None else given.setenv(name, value)
    with pytest.raises(Misconfigured, match=name):
        read_env()


def test_nobody_has_the_level_of_a_certificate_by_default(given: pytest.MonkeyPatch) -> None:
    env = read_env()
    assert (env.certificate_url, env.certificate_host, "certificate" in env.levels) == ("", "", False)


def test_a_complete_environment_is_read(given: pytest.MonkeyPatch) -> None:
    env = read_env()
    assert (env.host, env.secure, env.sender) == ("portail.example", True, "ne-pas-repondre@portail.example")


def test_all_faults_are_listed_at_once(given: pytest.MonkeyPatch) -> None:
    given.delenv("PASSAVANT_EMAIL_URL")
    given.setenv("PASSAVANT_SECRET_KEY", "short")
    given.setenv("PASSAVANT_DATABASE_URL", "mysql://x")
    given.setenv("PASSAVANT_SESSION_IDLE_MINUTES", "soon")
    with pytest.raises(Misconfigured) as refused:
        read_env()
    told = str(refused.value)
    for name in ("EMAIL_URL", "SECRET_KEY", "DATABASE_URL", "SESSION_IDLE_MINUTES"):
        assert f"PASSAVANT_{name}" in told


@pytest.mark.parametrize("url", ["http://portail.example", "http://localhost:8000"])
def test_production_refuses_a_public_url_without_https(given: pytest.MonkeyPatch, url: str) -> None:
    given.setenv("PASSAVANT_PUBLIC_URL", url)
    with pytest.raises(Misconfigured, match="https"):
        read_env()


def test_a_demonstration_may_do_without_https_on_this_machine_only(given: pytest.MonkeyPatch) -> None:
    given.setenv("PASSAVANT_ENV", "demo")
    given.setenv("PASSAVANT_PUBLIC_URL", "http://localhost:8000")
    assert not read_env().secure
    given.setenv("PASSAVANT_PUBLIC_URL", "http://portail.example")
    with pytest.raises(Misconfigured):
        read_env()


@pytest.mark.parametrize("name", ["EMAIL_URL", "SMS_URL"])
def test_the_tray_does_not_exist_outside_the_demonstration(given: pytest.MonkeyPatch, name: str) -> None:
    given.setenv(f"PASSAVANT_{name}", "tray:")
    with pytest.raises(Misconfigured, match=name):
        read_env()


def test_the_sms_level_needs_a_gateway(given: pytest.MonkeyPatch) -> None:
    given.delenv("PASSAVANT_SMS_URL")
    with pytest.raises(Misconfigured, match="SMS_URL"):
        read_env()
    given.setenv("PASSAVANT_LEVELS", "password")
    assert read_env().levels == ("password",)


def test_a_secret_is_read_from_a_file(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.delenv("PASSAVANT_SECRET_KEY")
    (tmp_path / "PASSAVANT_SECRET_KEY").write_text("f" * 40 + " " + "o" * 40)
    given.setenv("PASSAVANT_SECRETS_DIR", str(tmp_path))
    assert read_env().secret_key == ("f" * 40, "o" * 40)


def test_every_setting_is_documented() -> None:
    example = (Path(__file__).parents[3] / ".env.example").read_text()
    silent = [name for name in Env.model_fields if f"PASSAVANT_{name.upper()}" not in example]
    assert silent == []


def test_the_program_says_every_fault_and_stops(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "PASSAVANT_ENV": "production"}
    command = [sys.executable, "-m", "passavant.config", "doctor"]
    done = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PASSAVANT_PUBLIC_URL: missing" in done.stderr
    assert "Traceback" not in done.stderr


PORTAL = {"ISSUER": "https://portailpro.example", "CLIENT_ID": "passavant", "CLIENT_SECRET": "s", "LABEL": "Portailpro"}


@pytest.fixture
def portal(given: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """One provider, declared whole."""
    for name, value in PORTAL.items():
        given.setenv(f"PASSAVANT_FEDERATION__PORTAILPRO__{name}", value)
    return given


def test_a_provider_is_declared_in_four_lines(portal: pytest.MonkeyPatch) -> None:
    (declared,) = read_env().federation.items()
    name, provider = declared
    assert (name, provider.issuer, provider.label) == ("portailpro", "https://portailpro.example", "Portailpro")
    assert (provider.scopes, provider.pkce) == (("openid", "profile", "email"), True)
    assert (provider.signatures, provider.emails, provider.newcomers) == (("RS256", "ES256"), "unproved", True)


@pytest.mark.parametrize("name", PORTAL)
def test_a_provider_without_one_of_them_is_refused(portal: pytest.MonkeyPatch, name: str) -> None:
    portal.delenv(f"PASSAVANT_FEDERATION__PORTAILPRO__{name}")
    with pytest.raises(Misconfigured, match=f"PASSAVANT_FEDERATION__PORTAILPRO__{name}: missing"):
        read_env()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISSUER", "portailpro.example"),
        ("ISSUER", "ftp://portailpro.example"),
        ("ISSUER", "https://portailpro.example?x=1"),
        ("ISSUER", "https://portailpro.example#x"),
        ("ISSUER", "http://portailpro.example"),
        ("ISSUER", "http://localhost:8000"),
        ("CLIENT_ID", ""),
        ("CLIENT_SECRET", ""),
        ("LABEL", "x" * 41),
        ("SIGNATURES", "none"),
        ("SIGNATURES", "RS256 HS256"),
        ("SIGNATURES", "rs256"),
        ("SIGNATURES", ""),
        ("SCOPES", "profile email"),
        ("EMAILS", "trusted"),
        ("CLIENT_AUTH", "none"),
        ("PKCE", "perhaps"),
        ("CLIENT_SECRETS", "a misspelt name"),
    ],
)
def test_a_provider_badly_declared_is_refused_by_name(portal: pytest.MonkeyPatch, name: str, value: str) -> None:
    portal.setenv(f"PASSAVANT_FEDERATION__PORTAILPRO__{name}", value)
    with pytest.raises(Misconfigured, match=f"PASSAVANT_FEDERATION__PORTAILPRO__{name}"):
        read_env()


@pytest.mark.parametrize("name", ["CODE", "RETOUR", "PASSAGE", "ARRIVEE", "RATTACHEMENT", "A", "X" * 31, "1A", "A-B"])
def test_a_provider_does_not_take_the_address_of_a_page(given: pytest.MonkeyPatch, name: str) -> None:
    for part, value in PORTAL.items():
        given.setenv(f"PASSAVANT_FEDERATION__{name}__{part}", value)
    with pytest.raises(Misconfigured, match="choose another name"):
        read_env()


def test_a_demonstration_may_use_a_provider_of_this_machine(portal: pytest.MonkeyPatch) -> None:
    portal.setenv("PASSAVANT_ENV", "demo")
    portal.setenv("PASSAVANT_FEDERATION__PORTAILPRO__ISSUER", "http://127.0.0.1:9000")
    assert read_env().federation["portailpro"].plain
    portal.setenv("PASSAVANT_FEDERATION__PORTAILPRO__ISSUER", "http://portailpro.example")
    with pytest.raises(Misconfigured, match="ISSUER must be https"):
        read_env()


def test_the_secret_of_a_provider_is_read_from_a_file_and_not_written_anywhere(
    portal: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    portal.delenv("PASSAVANT_FEDERATION__PORTAILPRO__CLIENT_SECRET")
    (tmp_path / "PASSAVANT_FEDERATION__PORTAILPRO__CLIENT_SECRET").write_text("of-the-file\n")
    portal.setenv("PASSAVANT_SECRETS_DIR", str(tmp_path))
    env = read_env()
    assert env.federation["portailpro"].client_secret == "of-the-file"
    assert "of-the-file" not in repr(env)


def test_lists_are_separated_by_commas_or_blanks(portal: pytest.MonkeyPatch) -> None:
    portal.setenv("PASSAVANT_FEDERATION__PORTAILPRO__SCOPES", "openid, given_name usual_name,email")
    portal.setenv("PASSAVANT_FEDERATION__PORTAILPRO__ACR_VALUES", "eidas1 eidas1-mfa")
    provider = read_env().federation["portailpro"]
    assert provider.scopes == ("openid", "given_name", "usual_name", "email")
    assert provider.acr_values == ("eidas1", "eidas1-mfa")
