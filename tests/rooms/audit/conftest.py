"""Each test keeps its anchor in a folder of its own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def var(settings: Any, tmp_path: Path) -> Path:
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"var": tmp_path})
    return tmp_path
