import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_last_factor"),
        ("authentication", "0004_passkeys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lowering",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="plain: number",
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("level", models.CharField(db_comment="plain: the level asked", max_length=12)),
                ("asked_at", models.DateTimeField(db_comment="personal: when it was asked")),
                ("effective_at", models.DateTimeField(db_comment="plain: when it takes effect", db_index=True)),
                (
                    "account",
                    models.OneToOneField(
                        db_comment="personal: whose level this is",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lowering",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
    ]
