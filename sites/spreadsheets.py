"""Rows for a spreadsheet: CSV that opens as it should in the ones people have, and out of which no formula gets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def as_csv(titles: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """What begins like a formula gets a quote before it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for line in [titles, *lines]:
        writer.writerow([f"'{word}" if str(word)[:1] in ("=", "+", "-", "@", "\t", "\r") else word for word in line])
    return "\ufeff" + text.getvalue()
