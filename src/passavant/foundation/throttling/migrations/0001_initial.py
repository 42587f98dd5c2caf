from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Window",
            fields=[
                (
                    "key",
                    models.CharField(
                        db_comment="plain: keyed digest of the limit and of what is counted",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(db_comment="plain: the limit", max_length=64)),
                ("remaining", models.IntegerField(db_comment="plain: hits left; below zero once one was refused")),
                ("span", models.BigIntegerField(db_comment="plain: length of this window")),
                (
                    "growth",
                    models.FloatField(
                        db_comment="plain: how many times longer the next window lasts, if this one is used up"
                    ),
                ),
                ("longest", models.BigIntegerField(db_comment="plain: length of the longest window")),
                ("hit_at", models.BigIntegerField(db_comment="plain: last hit counted")),
                ("ends_at", models.BigIntegerField(db_comment="plain: end of this window")),
            ],
            options={
                "indexes": [models.Index(fields=["ends_at"], name="throttling_ends_at")],
            },
        ),
    ]
