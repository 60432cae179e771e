"""`manage.py push_key`: a key by which push services know this installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from stek.push.vapid import new_key


class Command(BaseCommand):
    help = "Make a key for pushes, to be put in the environment. Keep it: with another one everybody has to ask for pushes anew."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"STEK_VAPID_PRIVATE_KEY={new_key()}")
