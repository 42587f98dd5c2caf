from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("authentication", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="through",
            field=models.CharField(
                blank=True,
                db_comment="plain: the portal that proved who this is; empty when we did",
                default="",
                max_length=30,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="session",
            name="arrival",
            field=models.UUIDField(db_comment="plain: names the arrival through that portal", db_index=True, null=True),
        ),
    ]
