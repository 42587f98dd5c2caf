from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_last_factor"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="factor_proved_at",
            field=models.DateTimeField(
                db_comment="personal: last proof of more than the password; erased on closing", null=True
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="reset_at",
            field=models.DateTimeField(
                db_comment="personal: last password chosen by a link; erased on closing", null=True
            ),
        ),
    ]
