"""SQLite: a copy of one moment, whoever writes meanwhile; put back beside the old file and exchanged for it in one step."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import DatabaseError, connection

from . import left_out
from .archive import Refusal, open_private, sync

KIND = "sqlite"


def server() -> str:
    return sqlite3.sqlite_version


def refuse_unable() -> None:
    """Everything that is needed comes with Python."""


def name() -> str:
    """What the database is called: the name of its file."""
    return _target().name


def dump(to: Path) -> None:
    """Write the database out: one reading of it, so neither half of a change nor anything that was deleted is in it."""
    open_private(to).close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(to)])
    with closing(sqlite3.connect(to, isolation_level=None)) as copy:
        copy.execute("PRAGMA secure_delete=ON")
        for table in left_out():
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 (a name of our own)


def is_full() -> bool:
    """Whether there is a table in it."""
    return _target().exists() and bool(connection.introspection.table_names())


@contextmanager
def staged(extract: Callable[[Path], None]) -> Iterator[None]:
    """Within this block Django works in the restored database, which takes the place of the old one when the block is done.

    Until then nothing of the old one is touched. Raises Refusal when another process has the old one open.
    """
    target = _target()
    _alone(target)
    for left in target.parent.glob(f".{target.name}.restoring-*"):
        left.unlink()  # by a restore that was killed
    stage = target.with_name(f".{target.name}.restoring-{secrets.token_hex(4)}")
    try:
        extract(stage)
        _work_in(stage)
        _check()
        yield
        connection.close()
        _settle(stage)
        _alone(target)
        os.replace(stage, target)
        sync(target.parent)
    finally:
        _work_in(target)
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{stage}{suffix}").unlink(missing_ok=True)


def _target() -> Path:
    return Path(connection.settings_dict["NAME"])


def _work_in(path: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = path


def _alone(path: Path) -> None:
    """Fold the journal into the old file, which SQLite does only for who has it to itself."""
    if not path.exists():
        return
    connection.close()
    try:
        with closing(sqlite3.connect(path, timeout=1)) as old:
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        text = f"{path.name} is in use or damaged ({error}). Stop web, worker and beat, then try again."
        raise Refusal(text) from error


def _check() -> None:
    """By Django's own connection: constraints call functions that only it knows."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            said = cursor.fetchone()[0]
    except DatabaseError as error:
        raise Refusal(f"The database in this backup cannot be read ({error}).") from error
    if said != "ok":
        raise Refusal("The database in this backup is damaged.")


def _settle(path: Path) -> None:
    """One file, without a journal beside it, on the disk."""
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode=DELETE")
    sync(path)
