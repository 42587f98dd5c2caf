"""tests/bin/install-needs: silent when nothing is missing, else it installs, or says exactly what to install."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

SCRIPT = ROOT / "tests" / "bin" / "install-needs"
TOOLS = ["bash", "env", "dirname", "tee", "chmod", "grep", "rm", "sed"]
APT = """#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> "{system}/asked"
cat "{system}/usr/sbin/policy-rc.d" "{system}/etc/postgresql-common/createcluster.conf" >> "{system}/told" 2>/dev/null
exit 0
"""
SUDO = '#!/bin/sh\nshift\nexec "$@"\n'


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A machine with a shell and nothing that the tests need."""
    (tmp_path / "bin").mkdir()
    for tool in [*TOOLS, "cat"]:
        found = next(Path(folder) / tool for folder in ("/bin", "/usr/bin") if (Path(folder) / tool).exists())
        (tmp_path / "bin" / tool).symlink_to(found)
    for folder in ("usr/sbin", "etc/postgresql-common"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def give(system: Path, program: str, text: str = "#!/bin/sh\n") -> None:
    path = system / "bin" / program
    path.write_text(text.format(system=system) if "{system}" in text else text)
    path.chmod(0o755)


def install(system: Path, *what: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": str(system / "bin"), "NEEDS_ROOT": str(system)}
    command = [system / "bin" / "bash", SCRIPT, *what]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_without_rights_it_says_exactly_what_to_install(system: Path) -> None:
    run = install(system, "postgresql", "kannel")
    assert run.returncode == 1
    assert "apt-get install --no-install-recommends postgresql kannel kannel-extras\n" in run.stderr


def test_what_reads_pages_and_the_provider_come_by_npm(system: Path) -> None:
    run = install(system, "pages", "provider")
    assert run.returncode == 1
    assert "apt-get install --no-install-recommends nodejs npm default-jre-headless" in run.stderr
    give(system, "npm")
    run = install(system, "provider")
    assert "apt-get install --no-install-recommends nodejs\n" in run.stderr


def test_with_rights_it_installs_what_is_missing_and_starts_nothing(system: Path) -> None:
    give(system, "apt-get", APT)
    give(system, "sudo", SUDO)
    give(system, "bearerbox")
    clusters = system / "etc/postgresql-common/createcluster.conf"
    clusters.write_text("# Debian's own\n")
    run = install(system, "postgresql", "kannel")
    assert run.returncode == 0, run.stderr
    update, common, rest = (system / "asked").read_text().splitlines()
    assert update.startswith("noninteractive ")
    assert update.endswith(" update")
    assert common.endswith(" install postgresql-common")
    assert rest.endswith(" install postgresql kannel-extras")
    told = (system / "told").read_text()
    assert "exit 101" in told
    assert "create_main_cluster = false" in told
    assert clusters.read_text() == "# Debian's own\n", "as it was"
    assert not (system / "usr/sbin/policy-rc.d").exists(), "as it was"


def test_a_policy_of_the_machine_s_own_is_kept(system: Path) -> None:
    give(system, "apt-get", APT)
    give(system, "sudo", SUDO)
    policy = system / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    assert install(system, "chromium").returncode == 0
    assert policy.read_text() == "#!/bin/sh\nexit 101\n"


def test_when_nothing_is_missing_it_is_silent(system: Path) -> None:
    for program in ("bearerbox", "chromium"):
        give(system, program)
    font = "usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf"
    for path in ("usr/lib/kannel/test/fakesmsc", "usr/lib/postgresql/15/bin/initdb", font):
        (system / path).parent.mkdir(parents=True)
        (system / path).touch()
    run = install(system, "postgresql", "chromium", "kannel")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_nginx_is_found_where_only_root_looks(system: Path) -> None:
    missing = install(system, "nginx")
    assert missing.returncode == 1
    assert "apt-get install --no-install-recommends nginx\n" in missing.stderr
    (system / "usr/sbin/nginx").touch()
    assert install(system, "nginx").returncode == 0


def test_an_unknown_need_is_refused(system: Path) -> None:
    assert install(system, "oracle").returncode == 2


def test_the_scripts_of_the_house_may_be_run() -> None:
    assert [path for path in (SCRIPT, ROOT / ".ci" / "run") if not os.access(path, os.X_OK)] == []
