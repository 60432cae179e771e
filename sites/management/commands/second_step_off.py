"""For somebody who lost both the app and the spare codes: after this the code from the mail is enough again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sites.accounts.actions import take_second_step_away
from sites.models import User


class Command(BaseCommand):
    help = (
        "Turn the second step of signing in off for one person, who is told by mail. Be sure that it is them who ask."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None or not take_second_step_away(user, by=None):
            raise CommandError("Nobody with that address has a second step.")
        self.stdout.write("The second step is off.")
