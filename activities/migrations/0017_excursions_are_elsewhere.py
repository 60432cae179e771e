"""The kinds that came with the application: who goes along leaves the house."""

from django.db import migrations

KINDS = ["excursion", "on_the_road"]


def go(apps, schema_editor):
    apps.get_model("activities", "ActivityType").objects.filter(code__in=KINDS).update(is_elsewhere=True)


class Migration(migrations.Migration):
    dependencies = [("activities", "0016_types_that_are_elsewhere")]
    operations = [migrations.RunPython(go, migrations.RunPython.noop)]
