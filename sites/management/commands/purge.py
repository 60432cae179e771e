"""`manage.py purge`: what the table at `/privacy/` promises. Beat does it every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sites.actions.purging import purge


class Command(BaseCommand):
    help = "Take away what is kept no longer. With --dry-run: say how much that is, and touch nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        for code, number in purge(dry_run=options["dry_run"]).items():
            self.stdout.write(f"{code}: {number}")
