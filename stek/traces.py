"""What a changed or deleted row leaves behind: in the files of the database, and in mails that were written to files."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection

from stek.time import wall_now

logger = logging.getLogger(__name__)


# Seconds. Whoever reads a table goes first, and nobody waits long behind a table that waits to be written anew.
LOCK_WAIT = 2
WAITS = (0, 0.3, 1)  # before each try
SMALL = 64_000_000  # bytes that are written anew in a second or two

# Tables whose former words may not lie about, told by whoever keeps them. PostgreSQL only: SQLite is one file.
_tables: set[str] = set()


def keep_clean(*tables: str) -> None:
    """For `AppConfig.ready`: written anew each night too, for when it could not be done at once."""
    _tables.update(tables)


def wipe_database() -> bool:
    """Write anew what former words may lie in. Outside a transaction only; False when others kept it busy.

    SQLite: the whole file, with an empty journal. `secure_delete` overwrites what a row leaves, but not the copies that stay when pages are
    split. PostgreSQL: the tables of `keep_clean`; the rest it cleans by itself, and a dump of it never holds what was deleted.
    """
    return wipe(sorted(_tables), at_most=None)


def wipe(tables: Iterable[str], *, at_most: int | None = SMALL) -> bool:
    """The same for these tables of PostgreSQL alone; one that is larger than `at_most` bytes is left for the night, since nobody can read it meanwhile.

    Its journal and its replicas keep what they keep.
    """
    is_done = not connection.in_atomic_block and (
        _vacuum_file() if connection.vendor == "sqlite" else _rewrite(tables, at_most)
    )
    if not is_done:
        logger.warning("what was deleted leaves the files of the database the next night")
    return is_done


def settle_journal() -> None:
    """SQLite: into the file with what the journal tells one by one, and empty it. When somebody is reading, the next one does it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _vacuum_file() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
    except OperationalError:
        return False


def _rewrite(tables: Iterable[str], at_most: int | None) -> bool:
    """Each into a file of its own, by its key, without what is no longer there; the former file goes.

    By their key, which for what may not lie in its order is drawn by chance: a row that is changed otherwise moves to the end of the table.

    PostgreSQL keeps what somebody who began earlier may still want to see, and says so; a moment later it mostly need not.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}s'")
            try:
                done = [_fits(cursor, table, at_most) and _is_clean(cursor, table) for table in tables]
                return all(done)
            finally:
                cursor.execute("RESET lock_timeout")
    except OperationalError:
        return False


def _fits(cursor: Any, table: str, at_most: int | None) -> bool:
    cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
    return at_most is None or cursor.fetchone()[0] <= at_most


def _is_clean(cursor: Any, table: str) -> bool:
    """Write a table anew, a few times if need be; whether nothing of what was deleted is left in it."""
    said: list[str] = []
    server = connection.connection
    key = _key(cursor, table)

    def hear(notice: Any) -> None:
        said.append(notice.message_detail or "")

    server.add_notice_handler(hear)
    try:
        for wait in WAITS:
            time.sleep(wait)
            said.clear()
            cursor.execute(f"CLUSTER VERBOSE {connection.ops.quote_name(table)} USING {key}")
            if any(text.startswith("0 dead row versions cannot be removed") for text in said):
                return True
    finally:
        server.remove_notice_handler(hear)
    return False


def _key(cursor: Any, table: str) -> str:
    """The index of its primary key."""
    cursor.execute(
        "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass AND indisprimary", [table]
    )
    return cursor.fetchone()[0]


def mail_folder() -> Path | None:
    """Where mails are written instead of sent; None where they are sent."""
    folder = settings.MAILERS["default"].get("OPTIONS", {}).get("file_path")
    return Path(folder) if folder else None


def mail_files() -> list[Path]:
    folder = mail_folder()
    return sorted(folder.glob("*.log")) if folder and folder.is_dir() else []


def mail_files_older_than(seconds: float) -> list[Path]:
    """In real time: the clock of the demonstration does not make files older."""
    limit = wall_now().timestamp() - seconds
    return [path for path in mail_files() if path.stat().st_mtime < limit]


def remove_files(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def remove_mails_about(words: Iterable[str]) -> int:
    """Take away each file in which one of these words stands, whoever it was written to. How many."""
    wanted = [word.casefold() for word in words if word]
    found = [path for path in mail_files() if any(word in _text(path).casefold() for word in wanted)]
    remove_files(found)
    return len(found)


def _text(path: Path) -> str:
    """All letters of a file as a reader would see them: headers and text may be encoded."""
    raw = path.read_bytes()
    letters = raw.split(b"-" * 79 + b"\n")  # as Django's backend writes them, one after the other
    return "\n".join([raw.decode(errors="replace"), *map(_letter, letters)])


def _letter(raw: bytes) -> str:
    letter = message_from_bytes(raw.lstrip(), policy=policy.default)
    body = letter.get_body(("plain", "html"))
    return "\n".join([*map(str, letter.values()), str(body.get_content()) if body else ""])
