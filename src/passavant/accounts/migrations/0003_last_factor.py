from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_account_born_of"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="last_factor",
            field=models.CharField(
                blank=True,
                db_comment="plain: step of the last sign-in besides the password; offered first",
                db_default="",
                default="",
                max_length=12,
            ),
        ),
    ]
