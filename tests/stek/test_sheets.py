"""Tables for a spreadsheet: numbers stay numbers, and no words begin to calculate."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from stek.sheets import Sheet, as_csv, as_xlsx

NOON = dt.datetime(2023, 10, 10, 12, tzinfo=dt.UTC)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


@pytest.mark.parametrize(
    "words", ["=1+1", "+32 3 000", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1+1", "\N{NO-BREAK SPACE}=1"]
)  # fmt: skip
def test_words_that_look_like_a_formula_are_words(words):
    sheet = Sheet(words, [words], [[words, 1]])

    ((head,), (cell, number)) = rows_of(as_csv([sheet]))
    book = load_workbook(io.BytesIO(as_xlsx([sheet], title="x", made=NOON)))

    assert (head[0], cell[0], number) == ("'", "'", "1")
    assert {one.data_type for row in book.worksheets[0].iter_rows() for one in row if one.value is not None} == {
        "s",
        "n",
    }


def test_numbers_days_and_what_is_not_known_stay_what_they_are():
    sheet = Sheet(
        "Kerncijfers",
        ["Wat", "nu"],
        [["minder", -3], ["uren", 2.5], ["verschil", -3.0], ["dag", dt.date(2023, 10, 10)], ["leeg", None]],
    )

    (page,) = load_workbook(io.BytesIO(as_xlsx([sheet], title="x", made=NOON))).worksheets

    assert rows_of(as_csv([sheet]))[1:] == [
        ["minder", "-3"],
        ["uren", "2,5"],
        ["verschil", "-3"],
        ["dag", "2023-10-10"],
        ["leeg", ""],
    ]
    values = [row[1] for row in page.iter_rows(min_row=3, values_only=True)]
    assert values == [-3, 2.5, -3, dt.datetime(2023, 10, 10), None]  # noqa: DTZ001  # a spreadsheet knows no zone


def test_each_table_has_a_sheet_whatever_it_is_called():
    names = [
        "Rustiger: 10,9 mensen per keer, vorig kwartaal",
        "Rustiger: 10,9 mensen per keer, vorig jaar",
        "a/b[c]",
        "",
        "\x07bel",
    ]
    made = as_xlsx([Sheet(name, ["Wat"], [["\x07x"]]) for name in names], title="x", made=NOON)

    titles = load_workbook(io.BytesIO(made)).sheetnames

    assert len(set(titles)) == len(names)
    assert all(0 < len(title) <= 31 for title in titles)
