from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="born_of",
            field=models.CharField(
                blank=True,
                db_comment="plain: the portal from which the account was created; empty for the form",
                default="",
                max_length=30,
            ),
            preserve_default=False,
        ),
    ]
