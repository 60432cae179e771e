"""Texts as people write them in a STEK, each with the personal data a reader would point at; how they were made stands in the README."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

CORPUS = Path(__file__).parent / "corpus.jsonl"

Half = Literal["tune", "unseen"]


@dataclass(frozen=True)
class Finding:
    """One thing to be found. `text` stands exactly once in the text of its entry, unfolded.

    `origin` and `form` ("first", "full" or "last") are there for names only.
    """

    kind: str
    text: str
    severity: Literal["block", "warn"]
    origin: str | None = None
    form: Literal["first", "full", "last"] | None = None

    @property
    def is_lower_case(self) -> bool:
        return self.text == self.text.lower()


@dataclass(frozen=True)
class Entry:
    """One text. `note` says why it is tricky, empty when it is not."""

    id: str
    language: Literal["nl", "fr", "en"]
    text: str
    clean: bool
    findings: tuple[Finding, ...]
    note: str = ""

    @property
    def half(self) -> Half:
        """By the hash of the id, so that adding a text moves no other one."""
        return "unseen" if int(sha256(self.id.encode()).hexdigest(), 16) % 2 else "tune"

    def offsets(self, finding: Finding) -> tuple[int, int]:
        """Start and end of a finding in the text as typed, the end not included."""
        start = self.text.index(finding.text)
        return start, start + len(finding.text)


def load(half: Half | None = None) -> list[Entry]:
    """The texts of one half, or all of them, ordered by id. Whoever tunes a rule reads "tune" only."""
    with CORPUS.open(encoding="utf-8") as lines:
        entries = [_entry(line) for line in lines]
    return [entry for entry in entries if half in (None, entry.half)]


def _entry(line: str) -> Entry:
    row = json.loads(line)
    return Entry(**{**row, "findings": tuple(Finding(**finding) for finding in row["findings"])})
