from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ("signals", "0008_published_on_its_day"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_on__isnull=False), name="dossier_step_published_on_a_day"
            ),
        ),
    ]
