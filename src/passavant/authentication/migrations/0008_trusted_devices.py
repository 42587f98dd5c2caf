import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_password_resets_and_proofs"),
        ("authentication", "0007_losses"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrustedDevice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="plain: names it to its owner",
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "digest",
                    models.CharField(db_comment="plain: SHA-256 of the cookie's token", max_length=64, unique=True),
                ),
                (
                    "epoch",
                    models.PositiveIntegerField(db_comment="plain: the account's security epoch when it was trusted"),
                ),
                (
                    "level",
                    models.CharField(db_comment="plain: security level reached when it was trusted", max_length=12),
                ),
                ("created_at", models.DateTimeField(db_comment="personal: when it was trusted")),
                ("expires_at", models.DateTimeField(db_comment="plain: until when", db_index=True)),
                ("agent", models.CharField(blank=True, db_comment="personal: browser", max_length=200)),
                ("last_used_at", models.DateTimeField(db_comment="personal: last sign-in without a code", null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: who trusts this browser",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
    ]
