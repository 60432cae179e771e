"""The letters that a served demonstration has put in its folder."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path

CODE = re.compile(r"\b\d{4} \d{4}\b")


class Letters:
    """Reads only what came after it was made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen = len(self._all())

    def _all(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("*"), key=lambda file: file.stat().st_mtime)
        parts = [part.strip() for file in files for part in file.read_text().split("-" * 79 + "\n")]
        return [message_from_string(part, policy=policy.default) for part in parts if part]

    def newest(self, address: str, wanted: Callable[[str], str | None]) -> str:
        """Wait for a new letter to an address in which `wanted` finds something, and give that."""
        for _ in range(200):
            new = [letter for letter in self._all()[self.seen :] if letter["To"] == address]
            found = [hit for letter in new if (hit := wanted(letter.get_content()))]
            if found:
                return found[-1]
            time.sleep(0.05)
        raise AssertionError(f"No such letter came for {address}.")


def code(text: str) -> str | None:
    found = CODE.search(text)
    return found.group(0) if found else None


def link(text: str) -> str | None:
    found = re.search(r"https?://\S+/uitnodiging/\S+", text)
    return found.group(0) if found else None
