"""A table as a sheet of a workbook. Apart from the tables themselves, since reading in openpyxl takes a third of a second."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from .sheets import NOT_IN_A_FILE, Cell, Sheet, plain

NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31


def write(sheets: Sequence[Sheet], *, title: str, made: dt.datetime) -> bytes:
    """See `stek.sheets.as_xlsx`."""
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
    base = NOT_IN_A_NAME.sub(" ", NOT_IN_A_FILE.sub("", str(title))).strip()[:LONGEST_NAME] or "STEK"
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
