import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="plain: names it in the logs",
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("sms", "Sms"), ("mail", "Mail")], db_comment="plain: mail or sms", max_length=4
                    ),
                ),
                (
                    "recipient",
                    models.CharField(db_comment="personal: address or number; forgotten with the row", max_length=254),
                ),
                ("template", models.CharField(db_comment="plain: which message it is", max_length=100)),
                ("language", models.CharField(db_comment="plain: the language it is written in", max_length=8)),
                (
                    "context",
                    models.BinaryField(db_comment="personal: what fills the template, sealed; emptied once sent"),
                ),
                (
                    "thread",
                    models.CharField(blank=True, db_comment="plain: digest; a newer one withdraws it", max_length=64),
                ),
                (
                    "message_id",
                    models.CharField(db_comment="plain: drawn at posting, the same at each attempt", max_length=255),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("dead", "Dead"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_comment="plain: its fate",
                        default="waiting",
                        max_length=9,
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        db_comment="plain: claims by a worker, this one included", default=0
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_comment="plain: last failure, addresses and figures out", max_length=200
                    ),
                ),
                (
                    "posted_at",
                    models.DateTimeField(
                        db_comment="plain: when the change it tells of was made", default=django.utils.timezone.now
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        db_comment="plain: next attempt, or end of a worker's lease", default=django.utils.timezone.now
                    ),
                ),
                ("useful_until", models.DateTimeField(db_comment="plain: not sent after this")),
                (
                    "settled_at",
                    models.DateTimeField(db_comment="plain: when it was sent, given up or withdrawn", null=True),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "channel", "due_at"], name="outbox_due")],
            },
        ),
    ]
