import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_last_factor"),
        ("authentication", "0003_apps_and_recovery_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Passkey",
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
                    "credential_id",
                    models.CharField(
                        db_comment="personal: its authenticator's name for it, in base64url",
                        max_length=1364,
                        unique=True,
                    ),
                ),
                ("public_key", models.BinaryField(db_comment="personal: verifies its answers (COSE)")),
                (
                    "sign_count",
                    models.PositiveBigIntegerField(db_comment="plain: of its last answer; 0 when it does not count"),
                ),
                (
                    "aaguid",
                    models.UUIDField(db_comment="personal: model of the authenticator; zero when it does not say"),
                ),
                ("name", models.CharField(db_comment="personal: how its owner calls it", max_length=60)),
                (
                    "synced",
                    models.BooleanField(db_comment="personal: whether a copy was kept elsewhere at its last answer"),
                ),
                (
                    "user_verified",
                    models.BooleanField(db_comment="plain: whether its person was verified when it was added"),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_comment="personal: when it was added", default=django.utils.timezone.now),
                ),
                ("last_used_at", models.DateTimeField(db_comment="personal: last sign-in with it", null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: whose key this is",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
    ]
