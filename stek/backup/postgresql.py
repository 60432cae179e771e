"""PostgreSQL: by its own programs; put back in a database beside the old one, and exchanged for it by its name in one step."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from . import left_out
from .archive import Refusal

KIND = "postgresql"
# From where databases are made and renamed; every installation has it.
MAINTENANCE = "postgres"
LONGEST_NAME = 63  # bytes, in PostgreSQL
STAGED, REPLACED = "_restoring_", "_replaced_"


def server() -> str:
    return ".".join(map(str, divmod(_server_version(), 10_000)))


def refuse_unable() -> None:
    """Raises Refusal when its programs are not there, or are older than the server."""
    for tool in ("pg_dump", "pg_restore"):
        _tool(tool)


def name() -> str:
    return str(connection.settings_dict["NAME"])


def dump(to: Path) -> None:
    """Write the database out: one snapshot, in the custom format, without owners, so that another role can take it back."""
    empty = [f"--exclude-table-data={table}" for table in left_out()]
    _run("pg_dump", name(), "--format=custom", "--no-owner", "--no-privileges", *empty, f"--file={to}")
    to.chmod(0o600)


def is_full() -> bool:
    """Whether there is a table in it. Raises Refusal when it cannot be reached."""
    with _maintenance() as server:
        if not _exists(server, name()):
            return False
    return bool(connection.introspection.table_names())


@contextmanager
def staged(extract: Callable[[Path], None]) -> Iterator[None]:
    """Within this block Django works in the restored database, which takes the name of the old one when the block is done.

    Until then nothing of the old one is touched. Raises Refusal when the role may not make databases, or when others use the old one.
    """
    target = name()
    stage = _beside(target, STAGED) + secrets.token_hex(4)
    connection.close()
    with _maintenance() as server:
        _drop_left_behind(server, target)
        _create(server, stage, like=target)
        try:
            _fill(stage, extract)
            _work_in(stage)
            yield
            connection.close()
            _exchange(server, stage, target)
        finally:
            _work_in(target)
            _drop(server, stage)


def _beside(target: str, word: str) -> str:
    """How the name of a database beside it begins."""
    return f"{target[: LONGEST_NAME - 30]}{word}"


def _fill(stage: str, extract: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump"
        extract(path)
        _run("pg_restore", stage, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", file=path)


def _exchange(server: psycopg.Connection, stage: str, target: str) -> None:
    old = _beside(target, REPLACED) + secrets.token_hex(4)
    try:
        with server.transaction():
            if was_there := _exists(server, target):
                server.execute(_words("ALTER DATABASE {} RENAME TO {}", target, old))
            server.execute(_words("ALTER DATABASE {} RENAME TO {}", stage, target))
    except psycopg.errors.ObjectInUse as error:
        raise Refusal(f"{target} is in use. Stop web, worker and beat, then try again.") from error
    if was_there:
        _drop(server, old)


def _create(server: psycopg.Connection, stage: str, *, like: str) -> None:
    found = server.execute(
        "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = %s", [like]
    ).fetchone()
    encoding, collate, ctype = found or ("UTF8", "C.UTF-8", "C.UTF-8")
    statement = "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}"
    words = sql.SQL(statement).format(sql.Identifier(stage), encoding, collate, ctype)
    try:
        server.execute(words)
    except psycopg.errors.InsufficientPrivilege as error:
        role = connection.settings_dict["USER"] or "its role"
        text = (
            f"A restore makes a database beside the old one: give the role that right with ALTER ROLE {role} CREATEDB."
        )
        raise Refusal(text) from error


def _drop_left_behind(server: psycopg.Connection, target: str) -> None:
    """By a restore that was killed, before or after the exchange: they hold people who may have been forgotten."""
    for word in (STAGED, REPLACED):
        begin = _beside(target, word)
        rows = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [begin]).fetchall()
        for (found,) in rows:
            _drop(server, found)


def _drop(server: psycopg.Connection, database: str) -> None:
    with suppress(psycopg.errors.ObjectInUse):
        server.execute(_words("DROP DATABASE IF EXISTS {}", database))


def _words(statement: Any, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _exists(server: psycopg.Connection, database: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


@contextmanager
def _maintenance() -> Iterator[psycopg.Connection]:
    try:
        server = psycopg.connect(_conninfo(MAINTENANCE), password=_password(), autocommit=True)
    except psycopg.OperationalError as error:
        raise Refusal(f"PostgreSQL cannot be reached ({type(error).__name__}).") from error
    with server:
        yield server


def _work_in(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


def _conninfo(database: str) -> str:
    """Where it is, without the password: this may be seen in the list of processes."""
    words = connection.settings_dict
    known = {"host": words["HOST"], "port": words["PORT"], "user": words["USER"]} | words["OPTIONS"]
    return make_conninfo(dbname=database, **{key: value for key, value in known.items() if value != ""})


def _password() -> str | None:
    return connection.settings_dict["PASSWORD"] or None


def _run(tool: str, database: str, *arguments: str, file: Path | None = None) -> None:
    command = [_tool(tool), "--no-password", f"--dbname={_conninfo(database)}", *arguments]
    if file:
        command.append(str(file))
    environment = os.environ | ({"PGPASSWORD": password} if (password := _password()) else {})
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    if done.returncode:
        raise Refusal(f"{tool} failed: {(done.stderr.strip().splitlines() or ['without a word'])[-1]}")


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise Refusal(f"{name} is not installed (on Debian: apt-get install postgresql-client).")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 (our own words)
    found = re.search(r"(\d+)(\.\d+)*", said)
    if found is None or int(found[1]) < _server_version() // 10_000:
        raise Refusal(f"{name} ({found[0] if found else 'unknown'}) is older than the server ({server()}).")
    return path


def _server_version() -> int:
    """As 150020. Asked of the server and not of our database, which may not be there yet."""
    with _maintenance() as server:
        return server.info.server_version
