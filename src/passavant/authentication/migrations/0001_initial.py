import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
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
                    "key_digest",
                    models.CharField(db_comment="plain: SHA-256 of the cookie's key", max_length=64, unique=True),
                ),
                (
                    "epoch",
                    models.PositiveIntegerField(
                        db_comment="plain: the account's security epoch at the opening", null=True
                    ),
                ),
                (
                    "methods",
                    models.CharField(
                        blank=True, db_comment="plain: amr values, in order, blank between", max_length=40
                    ),
                ),
                ("level", models.CharField(blank=True, db_comment="plain: security level reached", max_length=12)),
                ("authenticated_at", models.DateTimeField(db_comment="plain: last proof of identity", null=True)),
                ("created_at", models.DateTimeField(db_comment="plain: start of the total life")),
                ("seen_at", models.DateTimeField(db_comment="personal: last activity")),
                ("expires_at", models.DateTimeField(db_comment="plain: end of the total life", db_index=True)),
                (
                    "network",
                    models.CharField(blank=True, db_comment="personal: address or /64 of the opening", max_length=45),
                ),
                ("agent", models.CharField(blank=True, db_comment="personal: browser of the opening", max_length=200)),
                ("data", models.JSONField(db_comment="personal: drafts of forms, pending sign-in", default=dict)),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: who is signed in",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
    ]
