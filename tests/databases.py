"""The tables of the suite: one worker runs the migrations, which takes seconds, and the others copy what came of it."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases


def make() -> list:
    """What `teardown_databases` asks back."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return setup_databases(verbosity=0, interactive=False)
    done = settings.VAR_DIR / f"migrated-{run}"
    with done.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            databases = setup_databases(verbosity=0, interactive=False)
            name = connection.settings_dict["NAME"]
            connection.close()
            _copy(name, _template())
            done.touch()
            return databases
    _copy(_template(), connection.creation._get_test_db_name())
    return setup_databases(verbosity=0, interactive=False, keepdb=True)


def drop_what_is_kept() -> None:
    """By who started the workers, when they are done; it has no database of its own."""
    if url := os.environ.get("DATABASE_URL"):
        with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as server:
            for name in (_template(), prepared()):
                server.execute(f'DROP DATABASE IF EXISTS "{name}"')


def migrated() -> str | None:
    """What to copy empty tables from: a file, or the name of a database. None for who runs alone."""
    return _template() if "PYTEST_XDIST_TESTRUNUID" in os.environ else None


def prepared() -> str:
    """The database of PostgreSQL in which the demonstration of this run is kept."""
    return f"prepared_{urlsplit(os.environ['DATABASE_URL']).path.removeprefix('/')}"


def _template() -> str:
    if url := os.environ.get("DATABASE_URL"):
        return f"migrated_{urlsplit(url).path.removeprefix('/')}"
    return str(settings.VAR_DIR / "migrated.sqlite3")


def _copy(source: str | Path, target: str | Path) -> None:
    if connection.vendor == "sqlite":
        shutil.copyfile(source, target)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
