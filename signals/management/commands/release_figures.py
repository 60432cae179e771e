"""`manage.py release_figures`: publish what is due, as beat asks every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from signals.actions.releasing import release_due


class Command(BaseCommand):
    help = "Publish the figures of every quarter whose day has come; what was stopped stands in the log. Once more changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{release_due()} published")
