import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("sites", "0006_holiday_switches_and_site_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("erasure_id", models.UUIDField()),
                ("day", models.DateField()),
            ],
            options={
                "verbose_name": "vergeten persoon",
                "verbose_name_plural": "vergeten personen",
                "constraints": [models.UniqueConstraint(fields=("erasure_id",), name="erasure_once")],
            },
        ),
        # Empty for who is there already: 0008 gives each a number of their own.
        migrations.AddField("user", "erasure_id", models.UUIDField(default=None, editable=False, null=True)),
        migrations.AlterField("user", "erasure_id", models.UUIDField(default=uuid.uuid4, editable=False, null=True)),
        migrations.AddField("user", "idle_since", models.DateField(blank=True, editable=False, null=True)),
    ]
