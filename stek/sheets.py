"""Tables as files for a spreadsheet, CSV and XLSX. Words never become a formula there: what looks like one gets a quote before it.

A leaf: it knows nothing of what it writes. Numbers stay numbers, days stay days.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# With which a spreadsheet begins to calculate, also after a blank, and how a Japanese keyboard writes them.
BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")
NOT_IN_A_FILE = re.compile(r"[\000-\010\013\014\016-\037]")  # no XML may hold these

type Cell = int | float | str | dt.date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under its head; `about` stands above it, a sentence a line."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    about: Sequence[str] = ()


def plain(cell: Cell) -> Cell:
    """Words that a spreadsheet shows and never reads."""
    if not isinstance(cell, str):
        return cell
    words = NOT_IN_A_FILE.sub("", str(cell))
    return f"'{words}" if words.startswith(BEGINNINGS) or words.lstrip().startswith(BEGINNINGS) else words


def as_csv(sheets: Sequence[Sheet]) -> str:
    """All tables under each other, with semicolons and a mark by which spreadsheets know the letters. One table has no title."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for number, sheet in enumerate(sheets):
        if number:
            writer.writerow([])
        if len(sheets) > 1:
            writer.writerow([plain(sheet.title)])
        writer.writerows([plain(line)] for line in sheet.about)
        writer.writerow([plain(head) for head in sheet.heads])
        writer.writerows([_written(cell) for cell in row] for row in sheet.rows)
    return "\ufeff" + text.getvalue()


def _written(cell: Cell) -> Cell:
    """A number with a comma, as spreadsheets here read it when the cells are parted by semicolons: "2.5" would become the second of May."""
    if isinstance(cell, float):
        return repr(float(cell)).removesuffix(".0").replace(".", ",")
    return "" if cell is None else plain(cell)


def as_xlsx(sheets: Sequence[Sheet], *, title: str, made: dt.datetime) -> bytes:
    """A sheet for each table. The same tables made at the same moment are the same file, but for the hours inside its zip."""
    from .workbook import write  # noqa: PLC0415 (slow import)

    return write(sheets, title=title, made=made)
