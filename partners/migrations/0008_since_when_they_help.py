from django.db import migrations

from stek.time import today


def begin_today(apps, schema_editor):
    """Nobody wrote down when they began: from the day of this on it is known."""
    volunteer = apps.get_model("partners", "Volunteer")
    volunteer.objects.filter(user__isnull=True, since__isnull=True).update(since=today())


class Migration(migrations.Migration):

    dependencies = [
        ("partners", "0007_welcoming"),
    ]

    operations = [
        migrations.RunPython(begin_today, migrations.RunPython.noop),
    ]
