import uuid

from django.db import migrations


def give_each_a_number(apps, schema_editor):
    users = apps.get_model("sites", "User").objects.filter(erasure_id=None)
    for pk in users.values_list("pk", flat=True).iterator():
        users.filter(pk=pk).update(erasure_id=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ("sites", "0007_erasures"),
    ]

    operations = [
        migrations.RunPython(give_each_a_number, migrations.RunPython.noop),
    ]
