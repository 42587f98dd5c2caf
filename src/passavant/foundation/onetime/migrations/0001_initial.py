import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Ticket",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="plain: names the ticket",
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("purpose", models.CharField(db_comment="plain: what it allows", max_length=32)),
                (
                    "subject",
                    models.CharField(db_comment="personal: key of the account or the session it is for", max_length=64),
                ),
                (
                    "digest",
                    models.CharField(
                        db_comment="plain: SHA-256 of the link, or keyed HMAC of the code; never the secret",
                        max_length=64,
                    ),
                ),
                (
                    "note",
                    models.JSONField(
                        db_comment="personal: what the act will need, such as a new address", default=dict
                    ),
                ),
                (
                    "tries_left",
                    models.PositiveSmallIntegerField(db_comment="plain: comparisons a code still allows", null=True),
                ),
                ("created_at", models.DateTimeField(db_comment="plain: when given")),
                ("expires_at", models.DateTimeField(db_comment="plain: when it stops working")),
                ("spent_at", models.DateTimeField(db_comment="plain: when it served", null=True)),
                ("superseded_at", models.DateTimeField(db_comment="plain: when it was replaced or voided", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject", "purpose", "-created_at"], name="onetime_newest"),
                    models.Index(fields=["expires_at"], name="onetime_expires_at"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("digest",), name="onetime_one_digest"),
                    models.UniqueConstraint(
                        condition=models.Q(("spent_at", None), ("superseded_at", None)),
                        fields=("subject", "purpose"),
                        name="onetime_one_open_ticket",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))), name="onetime_lives_a_while"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("spent_at", None), ("superseded_at", None), _connector="OR"),
                        name="onetime_spent_or_superseded",
                    ),
                ],
            },
        ),
    ]
