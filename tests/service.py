"""A service of its own, in processes of its own, on the same kind of database as the suite: for what a test cannot do to its own one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from tests import databases

SETUP = "import os, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'stek.settings'); django.setup()\n"


@dataclass
class Service:
    """`var` is its folder; `database` the name of its PostgreSQL database, empty on SQLite."""

    var: Path
    database: str = ""

    @property
    def name(self) -> str:
        """What `--replace` calls its database."""
        return self.database or "stek.sqlite3"

    @property
    def erasures(self) -> Path:
        return self.var / "erasures.txt"

    def environment(self, **more: str) -> dict[str, str]:
        plain = {key: value for key, value in os.environ.items() if not key.startswith(("STEK_", "REDIS_", "EMAIL_"))}
        plain |= {"STEK_VAR": str(self.var), "PYTHONWARNINGS": "default"}
        if self.database:
            plain["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.database}").geturl()
        return plain | more

    def rows(self, table: str, what: str = "*") -> list[tuple]:
        """Read past the application, which takes a second to start. Columns come as the database keeps them."""
        question = f'SELECT {what} FROM "{table}"'  # noqa: S608  # our own words
        if not self.database:
            with closing(sqlite3.connect(self.var / "stek.sqlite3")) as file:
                return file.execute(question).fetchall()
        with psycopg.connect(self.environment()["DATABASE_URL"]) as server:
            return server.execute(question).fetchall()

    def manage(self, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return self._run([sys.executable, "manage.py", *map(str, words)], **environment)

    def python(self, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self._run([sys.executable, "-c", SETUP + code], **environment)

    def start(self, code: str) -> subprocess.Popen[str]:
        """A process that goes on by itself; the test ends it."""
        return subprocess.Popen(
            [sys.executable, "-c", SETUP + code],
            cwd=settings.BASE_DIR, env=self.environment(), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def _run(self, command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment(**environment),
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip


class Services:
    """Makes services with an empty database each, and takes them away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []

    def make(self) -> Service:
        number = uuid4().hex[:8]
        var = self.folder / number
        var.mkdir(mode=0o700)
        if connection.vendor == "sqlite":
            return Service(var)
        database = f"stek_service_{number}"
        self._server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        self.made.append(database)
        return Service(var, database)

    def migrated(self) -> Service:
        """With empty tables."""
        if kept := databases.migrated():
            return self._copy(kept)
        service = self.make()
        assert service.manage("migrate", "-v0").returncode == 0
        return service

    def copy(self, of: Service) -> Service:
        """The same service once more, in a database and a folder of its own."""
        return self._copy(of.database or of.var / "stek.sqlite3")

    def _copy(self, of: str | Path) -> Service:
        service = self.make()
        if not service.database:
            shutil.copyfile(of, service.var / "stek.sqlite3")
            return service
        names = [sql.Identifier(name) for name in (service.database, of)]
        self._server(sql.SQL("DROP DATABASE {}").format(names[0]))
        self._server(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        return service

    def databases(self, begin: str) -> list[str]:
        """Names on the server that begin so; on SQLite there are none."""
        if connection.vendor == "sqlite":
            return []
        return [
            row[0] for row in self._server("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [begin])
        ]

    def leave_beside(self, service: Service, ending: str) -> None:
        """An empty database beside that of a service, on a server."""
        if service.database:
            self._server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{service.database}{ending}")))

    def close(self) -> None:
        for database in self.made:
            self._server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _server(self, statement, values=None) -> list[tuple]:
        where = {key: connection.settings_dict[key.upper()] for key in ("host", "port", "user", "password")}
        words = {key: value for key, value in where.items() if value}
        with psycopg.connect(dbname="postgres", autocommit=True, **words) as server:
            done = server.execute(statement, values)
            return done.fetchall() if done.description else []
