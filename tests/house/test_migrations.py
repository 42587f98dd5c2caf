"""The tables are those of the models; each room starts with one migration, and the others are spoken."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

FIRST = "0001_initial"
SPOKEN = re.compile(r"\d{4}_[a-z]+(_[a-z]+)*")


def misnamed(names: list[str]) -> list[str]:
    """Those that tell a date or a machine's choice instead of the change."""
    numbers = [name[:4] for name in names]
    return [
        name
        for name in names
        if not SPOKEN.fullmatch(name) or "_auto" in name or numbers.count(name[:4]) > 1
        if name != FIRST or names.count(name) > 1
    ]


def rooms() -> dict[str, list[str]]:
    """By app of ours that has tables: its migrations."""
    return {
        config.label: sorted(path.stem for path in (Path(config.path) / "migrations").glob("[0-9]*.py"))
        for config in apps.get_app_configs()
        if config.name.startswith("passavant.") and list(config.get_models())
    }


@pytest.mark.django_db
def test_the_migrations_make_today_s_tables(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, interactive=False, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


def test_each_room_starts_with_one_initial_migration_and_the_others_are_spoken() -> None:
    for room, names in rooms().items():
        assert names[:1] == [FIRST], room
        assert misnamed(names) == [], room


def test_the_checks_bite() -> None:
    state = ProjectState.from_apps(apps)
    state.add_model(ModelState("audit", "Forgotten", [("id", models.BigAutoField(primary_key=True))]))
    loader = MigrationLoader(None, ignore_no_migrations=True)
    assert "audit" in MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
    bad = ["0001_initial", "0002_auto_20261122_0100", "0003_account_x2", "0004_Add", "0005_a", "0005_b"]
    assert misnamed(bad) == bad[1:]
    assert misnamed(["0001_initial", "0002_append_only"]) == []
