from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=50, verbose_name="naam")),
                ("at", models.DateTimeField(verbose_name="laatst")),
            ],
            options={
                "verbose_name": "hartslag",
                "verbose_name_plural": "hartslagen",
                "constraints": [models.UniqueConstraint(fields=("name",), name="heartbeat_name_unique")],
            },
        ),
    ]
