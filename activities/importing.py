"""A partner's dates as lines of text: what each line says, and what is wrong with it. Never writes."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sites.form_fields import DateField, TimeField
from sites.models import Site
from stek.time import today

from .rules import check_hours, horizon

MOST = 200  # lines: a season of three times a week
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """One date as a line asks for it."""

    day: dt.date
    begin: dt.time | None
    end: dt.time | None
    title: str


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong with a line, numbered from one as people count."""

    number: int
    words: str


def read_lines(text: str, site: Site, *, title: str) -> tuple[list[Wanted], list[LineError]]:
    """Lines of `day; begin; end; title` (or with commas or tabs), empty ones and a heading left out; `title` where a line has none.

    A date twice with the same title is said to be double, one that is past or beyond the horizon is refused.
    """
    wanted: list[Wanted] = []
    errors: list[LineError] = []
    rows = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(rows) > MOST:
        return [], [
            LineError(MOST + 1, _("Dat zijn te veel regels. Doe er ten hoogste %(most)d tegelijk.") % {"most": MOST})
        ]
    for number, line in rows:
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=_delimiter(line)))]
        if number == rows[0][0] and not any(character.isdigit() for character in cells[0]):
            continue  # a heading
        try:
            one = _read(cells, site, title)
        except ValidationError as refusal:
            errors.append(LineError(number, " ".join(refusal.messages)))
            continue
        if one in wanted:
            errors.append(LineError(number, _("Deze datum staat er al.")))
        else:
            wanted.append(one)
    return wanted, errors


def _delimiter(line: str) -> str:
    return next((sign for sign in (";", "\t") if sign in line), ",")


def _read(cells: list[str], site: Site, title: str) -> Wanted:
    day_text, begin_text, end_text, own_title, *_rest = [*cells, "", "", "", ""]
    day = DateField().clean(day_text)
    begin, end = (TimeField(required=False).clean(text) for text in (begin_text, end_text))
    assert day is not None
    now = today(site.time_zone)
    if day < now:
        raise ValidationError(_("Deze datum is voorbij."))
    if day > horizon(now):
        raise ValidationError(_("Dat is meer dan een jaar ver."))
    check_hours(day, begin, end, site.time_zone)
    name = own_title or title
    if not name:
        raise ValidationError(_("Zet er achteraan bij hoe het heet."))
    if len(name) > LONGEST_TITLE:
        raise ValidationError(_("De naam is te lang: ten hoogste %(most)d tekens.") % {"most": LONGEST_TITLE})
    return Wanted(day, begin, end, name)
