"""The list of who was forgotten, outside the database: one line for each, a random number and a day.

Every backup holds the list of its day; the newest one must be kept apart from the backups, and no restore begins without it
(`docs/deployment.md`). Lines are only ever added. The table `Erasure` is the truth; the file catches up with it.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import logging
import os
import uuid
from pathlib import Path

from django.conf import settings

from .models import Erasure

logger = logging.getLogger(__name__)

type Erased = dict[uuid.UUID, dt.date]


class ListError(Exception):
    """A list that cannot be trusted; the sentence is for who runs the service."""


def of_database() -> Erased:
    """Everybody this database knows to be forgotten."""
    return dict(Erasure.objects.order_by("pk").values_list("erasure_id", "day"))


def read(path: Path) -> Erased:
    """What a file says. Raises ListError for a file that is not there, or with a line that is not whole."""
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ListError(f"The list of erasures {path} cannot be read ({type(error).__name__}).") from error
    return parse(text, str(path))


def parse(text: str, name: str) -> Erased:
    """Raises ListError with the number of the line that is wrong; a last line without its end was cut off."""
    if text and not text.endswith("\n"):
        raise ListError(f"The last line of {name} was cut off.")
    found: Erased = {}
    for number, line in enumerate(text.splitlines(), 1):
        try:
            word, day = line.split(" ")
            found[uuid.UUID(word)] = dt.date.fromisoformat(day)
        except ValueError as error:
            raise ListError(f"Line {number} of {name} is not a number and a day.") from error
    return found


def written(erased: Erased) -> str:
    return "".join(f"{number} {day.isoformat()}\n" for number, day in erased.items())


def catch_up(path: Path | None = None) -> int:
    """Add to the file who is missing in it, and have it on the disk before going on. How many. Raises ListError or OSError.

    For who is forgotten this runs right after; a night in which the disk was full is made good by the next.
    """
    path = path or settings.STEK_ERASURES
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        there = parse(file.read(), str(path))
        missing = {number: day for number, day in of_database().items() if number not in there}
        file.write(written(missing))
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        _sync_folder(path.parent)
    return len(missing)


def catch_up_or_say_so() -> None:
    """The same, for a change that is done already: it does not become undone because a disk is full."""
    try:
        catch_up()
    except (ListError, OSError) as error:
        logger.error("The list of erasures could not be written: %s", type(error).__name__)  # noqa: TRY400 (no path in it)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
