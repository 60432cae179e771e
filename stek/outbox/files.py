"""Mail that lies in a folder instead of leaving: in development, and in the demonstration, which shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from stek.time import as_domain
from stek.traces import mail_files

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


def letters() -> list[Letter]:
    """The newest `SHOWN`, the newest first."""
    found: list[Letter] = []
    for path in _files()[::-1]:
        if len(found) >= SHOWN:
            break
        parts = path.read_bytes().split(END)
        found += [_letter(message_from_bytes(part, policy=policy.default)) for part in parts[::-1] if part.strip()]
    return found[:SHOWN]


def _files() -> list[Path]:
    """The oldest first."""
    return sorted(mail_files(), key=lambda path: (path.stat().st_mtime_ns, path.name))


def _letter(message: EmailMessage) -> Letter:
    date = message["Date"]
    return Letter(
        when=as_domain(date.datetime) if date and date.datetime else None,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=text.get_content() if (text := message.get_body(("plain",))) else "",
        language=str(message["Content-Language"] or ""),
    )
