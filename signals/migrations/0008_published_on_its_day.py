from django.db import migrations
from django.db.models import F


def publish_on_its_day(apps, schema_editor):
    """When a step that is there was published nobody wrote down: letters told it by its own day."""
    apps.get_model("signals", "DossierStep").objects.filter(is_published=True).update(published_on=F("day"))


class Migration(migrations.Migration):

    dependencies = [
        ("signals", "0007_day_of_publishing"),
    ]

    operations = [
        migrations.RunPython(publish_on_its_day, migrations.RunPython.noop),
    ]
