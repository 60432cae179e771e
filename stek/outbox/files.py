"""Mail that lies in a folder instead of leaving: in development, and in the demonstration, which shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from stek.time import as_domain

# What Django's backend writes after each letter.
END = b"-" * 79 + b"\n"
SHOWN = 100  # letters; who looks for an older one opens the folder


@dataclass(frozen=True, slots=True)
class Letter:
    """`when` is domain time; `language` a code, or empty."""

    when: dt.datetime | None
    to: str
    subject: str
    text: str
    language: str


def folder() -> Path | None:
    """None when mail really leaves."""
    path = settings.MAILERS["default"].get("OPTIONS", {}).get("file_path")
    return Path(path) if path else None


def letters() -> list[Letter]:
    """The newest `SHOWN`, the newest first."""
    found: list[Letter] = []
    for path in _files()[::-1]:
        if len(found) >= SHOWN:
            break
        parts = path.read_bytes().split(END)
        found += [_letter(message_from_bytes(part, policy=policy.default)) for part in parts[::-1] if part.strip()]
    return found[:SHOWN]


def clear(before: dt.datetime) -> int:
    """Take away files that were last written before a moment, in real time. How many."""
    old = [path for path in _files() if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _files() -> list[Path]:
    """The oldest first."""
    place = folder()
    if place is None or not place.is_dir():
        return []
    return sorted(place.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name))


def _letter(message: EmailMessage) -> Letter:
    date = message["Date"]
    return Letter(
        when=as_domain(date.datetime) if date and date.datetime else None,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=message.get_content() if message.get_content_maintype() == "text" else "",
        language=str(message["Content-Language"] or ""),
    )
