"""The architecture is a failing test: the real contracts, on the real tree and on a copy with one fault."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT

FAULTS = [
    # where, what is added there, what is told
    ("accounts/rules/x.py", "import passavant.authentication.models", "passavant.accounts.rules.x"),
    ("authentication/rules/x.py", "import passavant.space.rules", "passavant.authentication.rules.x"),
    ("portal/rules/x.py", "import passavant.space.rules", "passavant.portal.rules.x"),
    ("foundation/values/x.py", "import passavant.accounts.rules", "passavant.foundation.values.x"),
    ("accounts/rules/x.py", "import passavant.config.settings", "passavant.accounts.rules.x"),
    ("misc/__init__.py", "", "- passavant.misc"),
    ("foundation/audit/rules.py", "import passavant.foundation.outbox.rules", "passavant.foundation.audit.rules"),
    ("foundation/onetime/rules.py", "import passavant.foundation.ui", "passavant.foundation.onetime.rules"),
    ("foundation/common/__init__.py", "", "- passavant.foundation.common"),
    ("foundation/values/x.py", "import django.http", "passavant.foundation.values.x"),
    ("accounts/models/x.py", "import passavant.accounts.actions", "passavant.accounts.models.x"),
    ("accounts/rules/x.py", "import passavant.accounts.models", "passavant.accounts.rules.x"),
    ("accounts/actions/x.py", "import passavant.accounts.forms", "passavant.accounts.actions.x"),
    ("accounts/utils.py", "", "- passavant.accounts.utils"),
    ("authentication/services/__init__.py", "", "- passavant.authentication.services"),
    ("foundation/audit/helpers.py", "", "- passavant.foundation.audit.helpers"),
    ("foundation/outbox/rules.py", "import passavant.foundation.outbox.actions", "passavant.foundation.outbox.rules"),
    ("foundation/access/door.py", "import passavant.foundation.access.middleware", "passavant.foundation.access.door"),
    ("foundation/ui/answers.py", "import passavant.foundation.ui.views", "passavant.foundation.ui.answers"),
    ("space/views/x.py", "import passavant.accounts.views", "passavant.space.views.x imports passavant.accounts.views"),
    ("portal/views/x.py", "import passavant.accounts.mails", "portal.views.x imports passavant.accounts.mails"),
    ("config/x.py", "import passavant.space.forms", "passavant.config.x imports passavant.space.forms"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "src" / "passavant", house / "src" / "passavant", ignore=_all_but_python)
    shutil.copy(ROOT / ".importlinter", house)
    return house


def _all_but_python(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir()]


@pytest.fixture
def faulty(copy: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    where, added, _ = request.param
    path = copy / "src" / "passavant" / where
    before = path.read_text() if path.exists() else None
    there = path.parent.is_dir()
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}\n{added}\n")
    yield copy
    if before is not None:
        path.write_text(before)
    elif there:
        path.unlink()
    else:
        shutil.rmtree(path.parent)


def lint_imports(house: Path) -> tuple[int, str]:
    program = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"PYTHONPATH": f"{house / 'src'}{os.pathsep}{ROOT}", "COLUMNS": "500"}
    run = subprocess.run(
        [program, "--no-cache"], cwd=house, env=environment, capture_output=True, text=True, check=False
    )
    return run.returncode, run.stdout + run.stderr


def test_the_house_keeps_its_contracts() -> None:
    code, told = lint_imports(ROOT)
    assert code == 0, told


@pytest.mark.parametrize("faulty", FAULTS, indirect=True, ids=[f"{where}: {added}" for where, added, _ in FAULTS])
def test_the_contracts_bite(faulty: Path, request: pytest.FixtureRequest) -> None:
    _, _, expected = request.node.callspec.params["faulty"]
    code, told = lint_imports(faulty)
    assert code == 1
    assert expected in told.partition("Broken contracts")[2].replace("\n", " ")
