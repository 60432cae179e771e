"""Places that are there already get a code in every language; one that got one meanwhile keeps it."""

import secrets

from django.conf import settings
from django.db import migrations

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def give(apps, schema_editor):
    Site, ShortLink = apps.get_model("sites", "Site"), apps.get_model("sites", "ShortLink")
    ShortLink.objects.bulk_create(
        [
            ShortLink(code="".join(secrets.choice(LETTERS) for _ in range(7)), site=site, kind="site", language=language)
            for site in Site.objects.all()
            for language, _name in settings.LANGUAGES
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("sites", "0011_short_links")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
