from django.db import migrations
from django.db.models import OuterRef, Subquery


def write_on_the_day(apps, schema_editor):
    """When a decision that is there was written down nobody knows: letters told it by the day of its meeting."""
    day = apps.get_model("partners", "Meeting").objects.filter(pk=OuterRef("meeting")).values("day")
    apps.get_model("partners", "Decision").objects.update(written_on=Subquery(day))


class Migration(migrations.Migration):

    dependencies = [
        ("partners", "0015_day_of_writing"),
    ]

    operations = [
        migrations.RunPython(write_on_the_day, migrations.RunPython.noop),
    ]
