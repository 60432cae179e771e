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

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# With which a spreadsheet begins to calculate, also after a blank, and how a Japanese keyboard writes them.
BEGINNINGS = "=+-@\t\r\n＝＋－＠"
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31

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
    words = ILLEGAL_CHARACTERS_RE.sub("", str(cell))
    return f"'{words}" if words[:1] in BEGINNINGS or words.lstrip()[:1] in BEGINNINGS else words


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
        writer.writerows(["" if cell is None else plain(cell) for cell in row] for row in sheet.rows)
    return "\ufeff" + text.getvalue()


def as_xlsx(sheets: Sequence[Sheet], *, title: str, made: dt.datetime) -> bytes:
    """A sheet for each table. The same tables made at the same moment are the same file, but for the hours inside its zip."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, "STEK"
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    names: set[str] = set()
    for sheet in sheets:
        _fill(book.create_sheet(_name(sheet.title, names)), sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _name(title: str, taken: set[str]) -> str:
    """What a sheet may be called: short, and no two the same."""
    base = NOT_IN_A_NAME.sub(" ", str(title)).strip()[:LONGEST_NAME] or "STEK"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base[: LONGEST_NAME - 3]} {number}", number + 1
    taken.add(name.casefold())
    return name


def _fill(into: WriteOnlyWorksheet, sheet: Sheet) -> None:
    into.column_dimensions["A"].width = 38
    into.append([_cell(into, sheet.title, is_strong=True)])
    for line in sheet.about:
        into.append([_cell(into, line)])
    into.append([_cell(into, head, is_strong=True) for head in sheet.heads])
    for row in sheet.rows:
        into.append([None if cell is None else _cell(into, cell) for cell in row])


def _cell(into: WriteOnlyWorksheet, value: Cell, *, is_strong: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(into, value=plain(value))
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top")
    if is_strong:
        cell.font = Font(bold=True)
    return cell
