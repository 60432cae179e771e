"""The areas of life a network begins with: the eighteen subjects of the sources regrouped, what keeps people out apart (`Barrier`)."""

from django.db import migrations

LANGUAGES = ("nl", "fr", "en")

# code: names in the order of LANGUAGES; the order here is that on the page.
THEMES = {
    "housing": ("Wonen", "Logement", "Housing"),
    "energy": ("Energie en water", "Énergie et eau", "Energy and water"),
    "income": ("Werk en inkomen", "Travail et revenus", "Work and income"),
    "debts": ("Facturen en schulden", "Factures et dettes", "Bills and debts"),
    "health": ("Gezondheid en zorg", "Santé et soins", "Health and care"),
    "food": ("Eten en boodschappen", "Alimentation et courses", "Food and groceries"),
    "family": ("Gezin en school", "Famille et école", "Family and school"),
    "ageing": ("Ouder worden", "Vieillir", "Growing older"),
    "company": ("Contact en vrije tijd", "Contacts et loisirs", "Company and leisure"),
    "papers": ("Papieren en overheid", "Papiers et administrations", "Papers and public offices"),
}


def add_themes(apps, schema_editor):
    """What somebody already named keeps its name, so that forth, back and forth again loses nothing."""
    theme = apps.get_model("signals", "Theme")
    known = set(theme.objects.values_list("code", flat=True))
    theme.objects.bulk_create(
        theme(code=code, position=10 * number, names=dict(zip(LANGUAGES, names, strict=True)))
        for number, (code, names) in enumerate(THEMES.items(), 1)
        if code not in known
    )


def remove_themes(apps, schema_editor):
    """Themes that something hangs on stay: it could not exist without."""
    theme = apps.get_model("signals", "Theme")
    used = {pk for name in ("Signal", "Held", "Refused") for pk in apps.get_model("signals", name).objects.values_list("theme", flat=True)}
    theme.objects.filter(code__in=THEMES, merged_into=None).exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [("signals", "0001_signals_and_themes")]

    operations = [migrations.RunPython(add_themes, remove_themes)]
