"""`manage.py released_tables --format json`: all that was ever published, for an audit from outside."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from signals.tables import released_tables


class Command(BaseCommand):
    help = "Every figure that was ever published, of every quarter, half year, year and version. A value of null is hidden."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        # A table at a time: of a large network all of them together would fill the memory.
        self.stdout.write('{"tables": [', ending="")
        for number, table in enumerate(released_tables()):
            self.stdout.write((",\n" if number else "\n") + json.dumps(table, ensure_ascii=False), ending="")
        self.stdout.write("\n]}")
