"""Activities that are there already get a code in every language, as new ones do; one that got one meanwhile keeps it."""

import secrets

from django.conf import settings
from django.db import migrations

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def give(apps, schema_editor):
    Activity, ShortLink = apps.get_model("activities", "Activity"), apps.get_model("sites", "ShortLink")
    ShortLink.objects.bulk_create(
        [
            ShortLink(
                code="".join(secrets.choice(LETTERS) for _ in range(7)),
                site_id=site, kind="activity", number=activity, language=language,
            )
            for activity, site in Activity.objects.values_list("pk", "site")
            for language, _name in settings.LANGUAGES
        ],
        ignore_conflicts=True,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("activities", "0013_spots"), ("sites", "0012_codes_of_places_there_are")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
