import json
import time
from contextlib import closing
from http.client import HTTPConnection
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stek.health.rules import sign_of_life

# Seconds. A worker touches its file every two; beat with each task it sends, which is one a minute.
SILENCE = {"worker": 30, "beat": 180}


class Command(BaseCommand):
    help = "Tells whether web, worker or beat of this machine or container is alive; for a container's health check."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("process", nargs="?", choices=["web", *SILENCE], default="web")
        parser.add_argument("--port", type=int, default=8000, help="of the web process")

    def handle(self, *args: Any, process: str, port: int, **options: Any) -> None:
        if process == "web":
            self.web(port)
        else:
            self.background(process)

    def web(self, port: int) -> None:
        """It answers and reads its database. Worker and beat have a check of their own: restarting this would not help them."""
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=8)) as connection:
                connection.request("GET", "/gezond/", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
                checks = json.load(connection.getresponse())["checks"]
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"No answer on port {port}: {type(error).__name__}.") from error
        if not all(check["ok"] for check in checks if check["name"] == "database"):
            raise CommandError("The database cannot be read.")

    def background(self, process: str) -> None:
        try:
            silent = time.time() - sign_of_life(process).stat().st_mtime
        except FileNotFoundError as error:
            raise CommandError(f"The {process} has not begun yet.") from error
        if silent > SILENCE[process]:
            raise CommandError(f"The {process} has been silent for {int(silent)} seconds.")
