"""Each column says whether it is about a person: export, erasure and log scrubbing are derived from it."""

import re
from collections.abc import Iterable

from django.apps import apps
from django.db import models

OURS = "passavant."
SAID = re.compile(r"(personal|plain): \S")


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(OURS)]


def silent(fields: Iterable["models.Field[object, object]"]) -> list[str]:
    """Columns that do not say why they are there, in more than a word."""
    return [f"{field.model._meta.label}.{field.name}" for field in fields if not SAID.match(field.db_comment or "")]


def test_every_column_says_whether_it_is_personal() -> None:
    assert len(ours()) >= 8
    assert [column for model in ours() for column in silent(model._meta.local_concrete_fields)] == []


def test_every_table_is_ours_and_named_after_its_room() -> None:
    rooms = {config.label: config.name for config in apps.get_app_configs() if config.name.startswith(OURS)}
    assert rooms == {label: name for label, name in rooms.items() if name.rpartition(".")[2] == label}
    assert [model._meta.db_table for model in ours() if model._meta.app_label not in rooms] == []


def test_the_check_bites() -> None:
    class Sample(models.Model):
        unsaid = models.TextField()
        word = models.TextField(db_comment="plain")
        empty = models.TextField(db_comment="personal: ")
        other = models.TextField(db_comment="secret: the key")
        kept = models.TextField(db_comment="personal: how to call the person")

        class Meta:
            app_label = "sample_of_the_house"
            managed = False

        def __str__(self) -> str:
            return ""

    try:
        fields = Sample._meta.local_concrete_fields
        assert silent(fields) == [
            f"sample_of_the_house.Sample.{name}" for name in ("id", "unsaid", "word", "empty", "other")
        ]
    finally:
        del apps.all_models["sample_of_the_house"]
        apps.clear_cache()
