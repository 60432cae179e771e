"""`manage.py backup`: everything in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sites.backups import make
from stek.backup import Refusal


class Command(BaseCommand):
    help = (
        "Write the whole database to a new file, or to a folder, where older backups go when they are kept too long. "
        "It holds what people told us: keep it safe, and keep the list of erasures apart from it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, metavar="FILE_OR_FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path, manifest = make(options["target"])
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}: {path.stat().st_size} bytes of {manifest.database}, {manifest.erased} erasures.")
        self.stdout.write(
            f"Keep {settings.STEK_ERASURES} too, apart from it: no restore begins without the newest one."
        )
