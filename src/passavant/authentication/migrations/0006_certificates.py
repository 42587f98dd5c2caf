import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_last_factor"),
        ("authentication", "0005_lowerings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Certificate",
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
                ("issuer", models.CharField(db_comment="personal: SHA-256 of its issuer's name", max_length=64)),
                (
                    "serial",
                    models.CharField(db_comment="personal: its number at that issuer, in hexadecimal", max_length=64),
                ),
                ("key", models.CharField(db_comment="personal: SHA-256 of its public key", max_length=64)),
                ("name", models.CharField(db_comment="personal: how its owner calls it", max_length=60)),
                ("holder", models.CharField(db_comment="personal: the name written in it", max_length=200)),
                ("authority", models.CharField(db_comment="personal: its issuer, as shown to people", max_length=200)),
                ("ends_at", models.DateTimeField(db_comment="personal: when it ends")),
                (
                    "created_at",
                    models.DateTimeField(db_comment="personal: when it was added", default=django.utils.timezone.now),
                ),
                ("last_used_at", models.DateTimeField(db_comment="personal: last sign-in with it", null=True)),
                (
                    "told_at_days",
                    models.PositiveSmallIntegerField(
                        db_comment="plain: the last reminder of its end, in days before it", null=True
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: whose certificate this is",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ends_at"], name="authentication_certificate_end")],
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "serial"), name="authentication_one_certificate"),
                    models.CheckConstraint(
                        condition=models.Q(("told_at_days", None), ("told_at_days__in", (60, 30, 7)), _connector="OR"),
                        name="authentication_certificate_stage",
                    ),
                ],
            },
        ),
    ]
