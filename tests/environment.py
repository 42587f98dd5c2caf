"""Loaded by pytest before Django (`-p tests.environment`): the environment of a demonstration, the asked database."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cluster import Cluster

VARIABLES = {
    "PASSAVANT_ENV": "demo",
    "PASSAVANT_SECRET_KEY": "a-key-for-tests-and-for-nothing-else-at-all",
    "PASSAVANT_PUBLIC_URL": "http://localhost:8000",
    "PASSAVANT_EMAIL_URL": "tray:",
    "PASSAVANT_SMS_URL": "tray:",
    "PASSAVANT_THREADS": "40",
    "DJANGO_SETTINGS_MODULE": "passavant.config.settings",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="the one the suite runs on")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # a worker inherits what its controller prepared
    var = Path(tempfile.mkdtemp(prefix="psv-var-"))
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("PASSAVANT_")]:
        del os.environ[name]
    os.environ.update(VARIABLES, PASSAVANT_VAR=str(var), PASSAVANT_DATABASE_URL=f"sqlite:///{var}/passavant.sqlite3")
    if early_config.known_args_namespace.database == "postgresql":
        cluster = Cluster()
        atexit.register(cluster.stop)
        os.environ["PASSAVANT_DATABASE_URL"] = cluster.url
    gather = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(gather, check=True)  # pages name static files by their hash, as in production
