from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("signals", "0006_referrals"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossierstep",
            name="published_on",
            field=models.DateField(blank=True, null=True, verbose_name="iedereen leest het sinds"),
        ),
    ]
