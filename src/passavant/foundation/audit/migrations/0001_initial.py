from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "position",
                    models.BigIntegerField(
                        db_comment="plain: from 1, without a gap", primary_key=True, serialize=False
                    ),
                ),
                ("event_id", models.BigIntegerField(db_comment="plain: the event sealed here", unique=True)),
                (
                    "digest",
                    models.CharField(
                        db_comment="plain: SHA-256 of the former digest and of the event's bytes", max_length=64
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "event_id",
                    models.BigIntegerField(db_comment="plain: the event to seal", primary_key=True, serialize=False),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        db_comment="plain: order of writing; a lower one may commit later",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField(db_comment="plain: when it happened")),
                ("name", models.CharField(db_comment="plain: which fact, see docs/events.md", max_length=64)),
                (
                    "account",
                    models.UUIDField(
                        db_comment="personal: whom it is about; says nothing once the account is gone", null=True
                    ),
                ),
                (
                    "actor",
                    models.TextField(blank=True, db_comment="personal: who did it, when it was somebody else or a job"),
                ),
                ("address", models.TextField(blank=True, db_comment="personal: the network address it came from")),
                (
                    "agent",
                    models.TextField(blank=True, db_comment="personal: the program it came from, as it named itself"),
                ),
                ("request_id", models.TextField(blank=True, db_comment="plain: finds the same request in the logs")),
                ("data", models.TextField(db_comment="personal: the fact's own fields, as canonical JSON")),
            ],
            options={
                "indexes": [models.Index(fields=("account", "-id"), name="audit_event_of_account")],
            },
        ),
    ]
