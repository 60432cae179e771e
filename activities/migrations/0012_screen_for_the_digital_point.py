"""A point for digital help is not a form: it has a drawing of its own now."""

from django.db import migrations


def draw(apps, before, after):
    """What somebody gave another drawing keeps it."""
    activity_type = apps.get_model("activities", "ActivityType")
    activity_type.objects.filter(code="digital_point", pictogram=before).update(pictogram=after)


def draw_a_screen(apps, schema_editor):
    draw(apps, "form", "screen")


def draw_a_form(apps, schema_editor):
    draw(apps, "screen", "form")


class Migration(migrations.Migration):
    dependencies = [("activities", "0011_swaps")]

    operations = [migrations.RunPython(draw_a_screen, draw_a_form)]
