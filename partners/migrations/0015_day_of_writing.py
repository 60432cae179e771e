from django.db import migrations, models

import stek.time


class Migration(migrations.Migration):

    dependencies = [
        ("partners", "0014_example_promises"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="written_on",
            field=models.DateField(default=stek.time.today, editable=False, verbose_name="opgeschreven op"),
        ),
    ]
