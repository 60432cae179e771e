import json
from contextlib import closing
from http.client import HTTPConnection
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Asks the web process of this machine whether it answers and reads its database; for a container's health check."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=8)) as connection:
                connection.request("GET", "/gezond/", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
                checks = json.load(connection.getresponse())["checks"]
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"No answer on port {port}: {type(error).__name__}.") from error
        # Worker and beat have health of their own: restarting the web process would not help them.
        if not all(check["ok"] for check in checks if check["name"] == "database"):
            raise CommandError("The database cannot be read.")
