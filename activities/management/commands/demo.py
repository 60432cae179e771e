from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from activities.demo import FactError, load
from stek.catalogues import compile_all


class Command(BaseCommand):
    help = "Loads the two STEK places of the Noorderkempen. Running it again changes nothing."

    def handle(self, *args, **options) -> None:
        if not settings.STEK_DEMO:
            raise CommandError(
                "This fills the database with the demonstration. Set STEK_DEMO=1 if that is what you want."
            )
        compile_all()
        try:
            counts = load()
        except FactError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Demo loaded: " + ", ".join(f"{number} {name}" for name, number in counts.items()) + ".")
