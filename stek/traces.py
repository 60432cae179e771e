"""What a deleted row leaves behind: in the file and the journal of SQLite, and in mails that were written to files."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

from stek.time import wall_now

logger = logging.getLogger(__name__)


def wipe_database() -> bool:
    """SQLite: write the file anew and empty its journal. Outside a transaction only; False when others kept it busy.

    `secure_delete` overwrites what a row leaves, but not the copies that stay when pages are split. PostgreSQL keeps its own house,
    and a dump of it never holds what was deleted.
    """
    if connection.vendor != "sqlite":
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = cursor.fetchone()[0]
    except OperationalError:
        is_busy = True
    if is_busy:
        logger.warning("the database was busy: what was deleted leaves its file the next night")
    return not is_busy


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
