import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_password_resets_and_proofs"),
        ("authentication", "0006_certificates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Loss",
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
                ("state", models.CharField(db_comment="plain: where the request is", default="waiting", max_length=10)),
                (
                    "opened_at",
                    models.DateTimeField(db_comment="personal: when the code received by mail was typed back"),
                ),
                ("ready_at", models.DateTimeField(db_comment="plain: from when an officer may check", db_index=True)),
                ("lapses_at", models.DateTimeField(db_comment="plain: when it is over if nobody came", db_index=True)),
                (
                    "paper",
                    models.CharField(
                        blank=True, db_comment="personal: type of the identity paper shown", max_length=20
                    ),
                ),
                (
                    "last_four",
                    models.CharField(
                        blank=True,
                        db_comment="personal: last characters of that paper's number; nothing more is kept",
                        max_length=4,
                    ),
                ),
                (
                    "checked_by",
                    models.CharField(
                        blank=True, db_comment="personal: the officer who saw the person and the paper", max_length=80
                    ),
                ),
                ("checked_at", models.DateTimeField(db_comment="personal: when", null=True)),
                (
                    "confirmed_by",
                    models.CharField(
                        blank=True, db_comment="personal: the other officer, who confirmed", max_length=80
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        db_comment="plain: when it was over, in whatever way", db_index=True, null=True
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: whose factors are lost",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["checked", "ready", "waiting"])),
                        fields=("account",),
                        name="authentication_one_open_loss",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "ready", "checked", "done", "cancelled", "refused", "lapsed"])
                        ),
                        name="authentication_loss_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", ""),
                            models.Q(("confirmed_by", models.F("checked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="authentication_two_officers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                models.Q(("checked_by", ""), _negated=True),
                                models.Q(("confirmed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="authentication_loss_done_by_two",
                    ),
                ],
            },
        ),
    ]
