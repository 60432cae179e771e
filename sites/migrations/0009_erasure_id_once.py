import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("sites", "0008_erasure_ids"),
    ]

    operations = [
        migrations.AlterField("user", "erasure_id", models.UUIDField(default=uuid.uuid4, editable=False)),
        migrations.AddConstraint(
            "user", models.UniqueConstraint(fields=["erasure_id"], name="user_erasure_id_once")
        ),
    ]
