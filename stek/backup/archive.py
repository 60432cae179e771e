"""The file of a backup: a zip with the database, the list of who was forgotten by then, and a manifest that vouches for both."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

FORMAT = 1
MANIFEST, DATABASE, ERASURES = "manifest.json", "database", "erasures.txt"
BLOCK = 1 << 20  # bytes at a time


class Refusal(Exception):
    """This cannot be done; the sentence is for who runs the service. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`migrations` are those the database had, as "sites.0001_network_and_keys"; `sha256` of each other part of the file."""

    format: int
    made_at: str
    release: str
    database: str
    server: str
    migrations: list[str]
    erased: int
    sha256: dict[str, str]


def write(
    target: Path,
    *,
    database: Path,
    erasures: str,
    made_at: str,
    release: str,
    kind: str,
    server: str,
    migrations: list[str],
) -> Manifest:
    """Put the parts in one file, for its owner only. The name appears when the file is whole and on the disk; an older one stays."""
    manifest = Manifest(
        format=FORMAT,
        made_at=made_at,
        release=release,
        database=kind,
        server=server,
        migrations=migrations,
        erased=len(erasures.splitlines()),
        sha256={DATABASE: _sum_of(database), ERASURES: hashlib.sha256(erasures.encode()).hexdigest()},
    )
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with open_private(draft) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            file.writestr(ERASURES, erasures)
            file.write(database, DATABASE)
        sync(draft)
        try:
            os.link(draft, target)  # unlike a rename, refuses when something has this name
        except FileExistsError as error:
            raise Refusal(f"{target} is there already.") from error
        sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def open_private(path: Path) -> IO[bytes]:
    """A new file that only its owner may read."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Archive:
    """A backup that was looked through: every part is there and is what it was when it was written."""

    def __init__(self, path: Path) -> None:
        """Raises Refusal for a file that is not there, is no backup, was cut off or changed, or is of a later format."""
        self.path = path
        try:
            with zipfile.ZipFile(path) as file:
                self.manifest = _manifest(file)
                self.erasures = file.read(ERASURES).decode()
                wrong = [name for name in (DATABASE, ERASURES) if _sum_in(file, name) != self.manifest.sha256[name]]
        except FileNotFoundError as error:
            raise Refusal(f"There is no file {path}.") from error
        except (OSError, zipfile.BadZipFile, EOFError, KeyError, TypeError, ValueError) as error:
            raise Refusal(f"{path} is not a whole backup ({type(error).__name__}).") from error
        if wrong:
            raise Refusal(f"{path} was changed since it was made: {', '.join(wrong)}.")

    def extract_database(self, to: Path) -> None:
        with zipfile.ZipFile(self.path) as file, file.open(DATABASE) as source, open_private(to) as target:
            while block := source.read(BLOCK):
                target.write(block)


def _manifest(file: zipfile.ZipFile) -> Manifest:
    words = json.loads(file.read(MANIFEST))
    if words["format"] > FORMAT:
        raise Refusal("This backup was made by a newer release, in a format that this one cannot read.")
    return Manifest(**words)


def _sum_in(file: zipfile.ZipFile, name: str) -> str:
    with file.open(name) as part:
        return _digest(part)


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()
