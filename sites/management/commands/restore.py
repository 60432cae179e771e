"""`manage.py restore`: a backup comes back, without who was forgotten since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sites.backups import restore
from stek.backup import Refusal


class Command(BaseCommand):
    help = (
        "Put a backup back into an empty database. Stop web, worker and beat first. "
        "Everybody on the newest list of erasures is forgotten again before the service can open."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--erasures", type=Path, required=True, help="the newest list of erasures, kept apart from the backups"
        )
        parser.add_argument(
            "--replace", default="", metavar="NAME", help="lose the database of this name, which is not empty"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = restore(options["file"], list_file=options["erasures"], replace=options["replace"])
        except Refusal as refusal:
            raise CommandError(f"{refusal} Nothing was restored.") from refusal
        self.stdout.write(
            f"Restored as it was on {done.manifest.made_at}. Of {done.listed} erasures {done.forgotten} were done again."
        )
