"""A report as files: sheets for who counts on, and two pages for the meeting. The same figures as the page, from the same sections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stek import sheets
from stek.pages import current_language
from stek.paper import paper
from stek.paper.said import said
from stek.sheets import Sheet
from stek.time import now

from .page import all_sections
from .telling import Section, Told, cell_words
from .tiles import tiles

# Two pages hold so many rows of a table; the rest stands on the page and in the sheets.
ON_PAPER = 10


def as_sheets(told: Told, remark: str) -> list[Sheet]:
    """The tiles, then every section that has something; `remark` says whether these figures are frozen."""
    top = Sheet(
        _("Kerncijfers"), [_("Cijfer"), told.now_words(), told.before_words(), _("Wat telt mee")],
        [[tile.label, tile.now, tile.before, tile.definition] for tile in tiles(told)],
        about=[title_of(told), told.period.days_words, remark, *_warnings(told)],
    )  # fmt: skip
    return [top, *(_sheet(section) for section in all_sections(told) if section.rows)]


def _sheet(section: Section) -> Sheet:
    about = [line for line in (section.lead, section.definition, *section.notes) if line]
    return Sheet(str(section.title), [str(head) for head in section.heads], section.rows, about=about)


def as_csv(told: Told, remark: str) -> str:
    return sheets.as_csv(as_sheets(told, remark))


def as_xlsx(told: Told, remark: str) -> bytes:
    return sheets.as_xlsx(as_sheets(told, remark), title=title_of(told), made=now())


def as_paper(told: Told, remark: str) -> bytes:
    """Two pages of A4 that a reader of the screen finds his way in (PDF/UA-1), in the active language. Raises PaperBusy."""
    return paper("report", on_paper(told, remark), language=current_language())


def on_paper(told: Told, remark: str) -> dict[str, Any]:
    """What the template is given: words only."""
    shown = [section for section in all_sections(told) if section.rows and not section.is_long]
    return {
        "title": title_of(told),
        "name": said(told.shot["partnership"]["name"]),
        "kind": _("Verslag voor de stuurgroep"),
        "lead": remark,
        "warnings": _warnings(told),
        "foot": told.period.days_words,
        "tiles": [
            {
                "label": tile.label,
                "words": tile.words,
                "lines": [line for line in (tile.comparison, tile.note) if line],
                "definition": tile.definition,
            }
            for tile in tiles(told)
        ],
        "meaning": _("Wat telt mee?"),
        "parts": [_part(section) for section in shown],
    }


def title_of(told: Told) -> str:
    """“3e kwartaal 2023”, of one place with its name."""
    period = capfirst(told.period.words)
    return f"{period} · {told.site_name(told.scope)}" if told.scope else period


def _warnings(told: Told) -> list[str]:
    found = []
    if told.shot["is_example"]:
        found.append(_("Voorbeeld: de getallen zijn verzonnen."))
    if told.is_running:
        found.append(_("Deze periode loopt nog. Alles telt mee tot en met gisteren."))
    return found


def _part(section: Section) -> dict[str, Any]:
    left = len(section.rows) - ON_PAPER
    text = ngettext("En nog %(number)d regel op de webpagina.", "En nog %(number)d regels op de webpagina.", left)
    more = [text % {"number": left}] if left > 0 else []
    return {
        "heading": said(section.title),
        "header": [said(head) for head in section.heads],
        "rows": [[said(cell_words(cell)) for cell in row] for row in section.rows[:ON_PAPER]],
        "numbers": [not isinstance(cell, str) for cell in section.rows[0]],
        "notes": [*([section.lead] if section.lead else []), *more, *section.notes],
        "is_wide": section.is_wide,
    }


# How a report is taken along: what makes it, and what a browser is told that it is.
MAKERS: dict[str, tuple[Callable[[Told, str], str | bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (as_paper, "application/pdf"),
}
