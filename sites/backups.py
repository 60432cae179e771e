"""A backup of the whole service, and the way back, on which who was forgotten meanwhile is forgotten again."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from stek import traces
from stek.backup import Refusal, database, restorers
from stek.backup.archive import DATABASE, Archive, Manifest, write
from stek.pages import release
from stek.retention import term
from stek.time import wall_now

from . import erasures
from .actions.erasing import erase_again
from .erasures import Erased, ListError
from .models import Erasure

PATTERN = "stek-*.backup"


def make(target: Path) -> tuple[Path, Manifest]:
    """Write a backup to a file that is not there yet, or to a folder, under a name with the moment. Raises Refusal.

    In a folder, backups that are kept too long by now are taken away, once there is a new one.
    """
    moment = wall_now()
    folder = target if target.is_dir() else target.parent
    path = target / f"stek-{moment:%Y-%m-%dT%H%M%SZ}.backup" if target.is_dir() else target
    if not folder.is_dir():
        raise Refusal(f"There is no folder {folder}.")
    if path.exists():
        raise Refusal(f"{path} is there already.")
    database().refuse_unable()
    with tempfile.TemporaryDirectory(dir=folder, prefix=".stek-") as working:
        draft = Path(working) / DATABASE
        database().dump(draft)
        # After the dump: who was forgotten in between stands in this list and in the file that is kept apart.
        _catch_up()
        manifest = write(
            path,
            database=draft,
            erasures=erasures.written(erasures.of_database()),
            made_at=moment.isoformat(timespec="seconds"),
            release=release(),
            kind=database().KIND,
            server=database().server(),
            migrations=_applied(),
        )
    if target.is_dir():
        _take_old_ones_away(target, path)
    return path, manifest


def _catch_up() -> None:
    try:
        erasures.catch_up()
    except (ListError, OSError) as error:
        raise Refusal(f"The list of erasures cannot be written: {error}") from error


def _applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations)


def _take_old_ones_away(folder: Path, newest: Path) -> None:
    length = term("backup").length
    if length is None:
        return
    limit = wall_now().timestamp() - length.total_seconds()
    for path in folder.glob(PATTERN):
        if path != newest and path.stat().st_mtime < limit:
            path.unlink()


@dataclass(frozen=True, slots=True)
class Restored:
    """`forgotten`: people the backup still had, and has no more."""

    manifest: Manifest
    listed: int
    forgotten: int


def restore(path: Path, *, list_file: Path, replace: str = "") -> Restored:
    """Put a backup back, migrated to this release and without anybody on the newest list, or leave everything as it was.

    Into an empty database, or in place of the one whose name is `replace`. Raises Refusal. Nobody is signed in afterwards, and
    nothing that waited to be sent goes out by itself.
    """
    archive = Archive(path)
    listed = _newest(list_file, archive)
    _refuse_foreign(archive.manifest)
    database().refuse_unable()
    if database().is_full():
        if replace != database().name():
            text = f"The database {database().name()} is not empty. To lose all that is in it: --replace {database().name()}"
            raise Refusal(text)
        listed = _known_here() | listed
    with _one_at_a_time(), database().staged(archive.extract_database):
        call_command("migrate", verbosity=0, interactive=False)
        forgotten = erase_again(listed)
        for restorer in restorers():
            restorer()
        traces.wipe_database()
    _catch_up()
    # Bodies that were kept know the versions of schedules by number, and those went back.
    cache.clear()
    return Restored(archive.manifest, len(listed), forgotten)


def _newest(list_file: Path, archive: Archive) -> Erased:
    """Everybody who was forgotten, up to now. Raises Refusal for a list that knows less than the backup itself."""
    try:
        listed, inside = erasures.read(list_file), erasures.parse(archive.erasures, "the list in the backup")
        here = erasures.read(settings.STEK_ERASURES) if settings.STEK_ERASURES.exists() else {}
    except ListError as error:
        raise Refusal(str(error)) from error
    if missing := inside.keys() - listed.keys():
        text = f"{list_file} is older than the backup: it misses {len(missing)} of {len(inside)} erasures. Look for the newest list."
        raise Refusal(text)
    return here | listed


def _refuse_foreign(manifest: Manifest) -> None:
    if manifest.database != database().KIND:
        raise Refusal(f"This is a backup of {manifest.database}, and this service stands on {database().KIND}.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise Refusal(f"This backup was made by a newer release (it knows {newer[-1]}). Restore it with that one.")


def _known_here() -> Erased:
    """What the database that goes says about who was forgotten."""
    there = Erasure._meta.db_table in connection.introspection.table_names()
    return erasures.of_database() if there else {}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (settings.VAR_DIR / "restore.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal("Another restore is running.") from error
        yield
