import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_last_factor"),
        ("authentication", "0002_session_through"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppFactor",
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
                ("name", models.CharField(db_comment="personal: how its owner calls it", max_length=60)),
                ("secret", models.BinaryField(db_comment="personal: shared with the app, sealed; never shown again")),
                ("seal", models.CharField(db_comment="plain: name of the key that sealed the secret", max_length=12)),
                (
                    "last_step",
                    models.BigIntegerField(db_comment="plain: period of the last code accepted; older ones are dead"),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_comment="personal: when it was added", default=django.utils.timezone.now),
                ),
                (
                    "last_used_at",
                    models.DateTimeField(db_comment="personal: last sign-in with it", null=True),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: whose app this is",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryCode",
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
                ("digest", models.CharField(db_comment="personal: HMAC of the code", max_length=64, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(db_comment="personal: when it was shown", default=django.utils.timezone.now),
                ),
                ("used_at", models.DateTimeField(db_comment="personal: when it served", null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: whose code this is",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
    ]
