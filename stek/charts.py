"""Charts people can read, drawn by the server: bars, lines, and the table that stands under each.

A drawing is markup without a style or a script; its classes stand in `static/stek/charts.css`. It is as wide as a telephone, so that
letters stay letters there, and it needs no colour: what was before has a dashed edge. Numbers come as values to measure by and as
words to read, since only the caller knows the language. A leaf: it knows nothing of what it draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 360
# Bars: words above, the bar under them, its value behind it.
ROW, WORDS_AT, NOTE_AT, BAR_AT, BAR_HIGH, VALUE_WIDE = 72, 16, 34, 43, 16, 62
PAIR = 68
# Lines: room for the numbers of the axis, the words under it, and what is said of a place above it.
LEFT, RIGHT, TOP, SAID, HIGH, UNDER = 34, 8, 10, 34, 170, 30
# Of the widest letters that a system's font has, about.
HALF_A_LETTER = 4.0


@dataclass(frozen=True, slots=True)
class Bar:
    """`words` is the value as it is read; `note` a second line of words; `is_before` what is no longer so."""

    label: str
    value: float
    words: str
    note: str = ""
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A value of now with the one before under it. `kind` picks a pattern of the stylesheet, for who sees no colour."""

    label: str
    value: float
    words: str
    before: float
    before_words: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A value for each label of the axis, None where there is none: the line is broken there."""

    name: str
    values: Sequence[float | None]
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a place on the axis, counted from its first label."""

    at: float
    words: str


def bars(name: str, title: str, about: str, rows: Sequence[Bar]) -> SafeString:
    """Lying bars, so that each has its words above it on the smallest screen. `name` is the id of the drawing on its page."""
    longest = max((row.value for row in rows), default=0) or 1
    drawn = format_html_join("", "{}", ((_bar(row, number * ROW, longest),) for number, row in enumerate(rows)))
    return _drawing(name, title, about, max(1, len(rows)) * ROW, drawn)


def _bar(row: Bar, top: int, longest: float) -> SafeString:
    wide = round(row.value / longest * (WIDTH - VALUE_WIDE), 1)
    return format_html(
        '<text class="c-label" x="0" y="{}">{}</text><text class="c-note" x="0" y="{}">{}</text>'
        '<rect class="{}" x="1" y="{}" width="{}" height="{}"/><text class="c-value" x="{}" y="{}">{}</text>',
        top + WORDS_AT, row.label, top + NOTE_AT, row.note,
        _kind("c-bar", row.is_before), top + BAR_AT, max(wide, 1), BAR_HIGH, wide + 8, top + BAR_AT + 13, row.words,
    )  # fmt: skip


def pairs(name: str, title: str, about: str, rows: Sequence[Pair]) -> SafeString:
    """Lying bars, each with a lower one of what was before under it."""
    longest = max((max(row.value, row.before) for row in rows), default=0) or 1
    drawn = format_html_join("", "{}", ((_pair(row, number * PAIR, longest),) for number, row in enumerate(rows)))
    return _drawing(name, title, about, max(1, len(rows)) * PAIR, drawn)


def _pair(row: Pair, top: int, longest: float) -> SafeString:
    wide, was = (round(value / longest * (WIDTH - VALUE_WIDE), 1) for value in (row.value, row.before))
    return format_html(
        '<text class="c-label" x="0" y="{}">{}</text>'
        '<rect class="c-bar{}" x="1" y="{}" width="{}" height="{}"/>{}<text class="c-value" x="{}" y="{}">{}</text>'
        '<rect class="c-bar is-before" x="1" y="{}" width="{}" height="8"/><text class="c-note" x="{}" y="{}">{}</text>',
        top + WORDS_AT, row.label,
        f" c-{row.kind}" if row.kind else "", top + 24, max(wide, 1), BAR_HIGH, _pattern(row.kind, top + 24, max(wide, 1)),
        wide + 8, top + 37, row.words,
        top + 45, max(was, 1), was + 8, top + 56, row.before_words,
    )  # fmt: skip


def _pattern(kind: str, top: int, wide: float) -> SafeString:
    """White strokes over a bar: upright, slanted or level, so that bars differ without colour. Of some kinds none: they are solid."""
    right = wide + 1
    strokes_of: dict[str, list[tuple[float, ...]]] = {
        "learn": [(x, top, x, top + BAR_HIGH) for x in range(8, int(right) - 1, 8)],
        "refer": [(x, top + BAR_HIGH, x + 10, top) for x in range(4, int(right) - 11, 9)],
        "politicise": [(1, top + y, right, top + y) for y in (5, 10)] if wide > 4 else [],
    }
    path = "".join(f"M{x} {y}L{to_x} {to_y}" for x, y, to_x, to_y in strokes_of.get(kind, []))
    return format_html('<path class="c-stroke" d="{}"/>', path) if path else SafeString("")


def lines(
    name: str, title: str, about: str, labels: Sequence[str], rows: Sequence[Line], marks: Sequence[Mark] = ()
) -> SafeString:
    """Lines over one axis. `labels` has a word for each place on it, empty where none is written."""
    most = nice(max((value for row in rows for value in row.values if value is not None), default=0))
    field = _Field(number=max(1, len(labels)), most=most, top=TOP + (SAID if marks else 0))
    parts = [
        *(_rung(most * step // 2, field) for step in range(3)),
        *(_below(place, word, field) for place, word in enumerate(labels) if word),
        *(_mark(mark, field) for mark in marks),
        *(_line(row, field) for row in rows),
    ]
    return _drawing(name, title, about, field.bottom + UNDER, format_html_join("", "{}", ((part,) for part in parts)))


def nice(value: float) -> int:
    """The end of an axis: the first of 2, 4, 6, 10, 20, 40 … that is not below a value. Each has a half that people can read."""
    tens = 10 ** max(0, math.floor(math.log10(value)) if value >= 1 else 0)
    return max(2, next(step * tens for step in (1, 2, 4, 6, 10) if step * tens >= value))


@dataclass(frozen=True, slots=True)
class _Field:
    """The field of the lines: so many places beside each other, values from 0 to `most`, and where it begins."""

    number: int
    most: int
    top: int

    @property
    def bottom(self) -> int:
        return self.top + HIGH

    def x(self, place: float) -> float:
        return round(LEFT + (place + 0.5) / self.number * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        return round(self.bottom - value / self.most * HIGH, 1)


def _rung(value: int, field: _Field) -> SafeString:
    y = field.y(value)
    return format_html(
        '<path class="c-rung" d="M{} {}H{}"/><text class="c-axis c-end" x="{}" y="{}">{}</text>',
        LEFT, y, WIDTH, LEFT - 6, y + 5, value,
    )  # fmt: skip


def _below(place: int, word: str, field: _Field) -> SafeString:
    x = _inside(field.x(place), word)
    return format_html('<text class="c-axis" x="{}" y="{}">{}</text>', x, field.bottom + 22, word)


def _mark(mark: Mark, field: _Field) -> SafeString:
    x = field.x(mark.at)
    return format_html(
        '<path class="c-mark" d="M{} {}V{}"/><text class="c-said" x="{}" y="{}">{}</text>',
        x, field.top - 16, field.bottom, _inside(x, mark.words), field.top - 24, mark.words,
    )  # fmt: skip


def _inside(x: float, words: str) -> float:
    """Where the middle of some words may stand so that they stay in the drawing."""
    half = len(words) * HALF_A_LETTER
    return max(half, min(x, WIDTH - half))


def _line(row: Line, field: _Field) -> SafeString:
    points = [None if value is None else (field.x(place), field.y(value)) for place, value in enumerate(row.values)]
    path, is_drawing = "", False
    for point in points:
        path += f"{'L' if is_drawing else 'M'}{point[0]} {point[1]}" if point else ""
        is_drawing = point is not None
    dots = format_html_join("", "{}", ((_dot(*point, is_before=row.is_before),) for point in points if point))
    return format_html('<path class="{}" d="{}"/>{}', _kind("c-line", row.is_before), path, dots)


def _dot(x: float, y: float, *, is_before: bool) -> SafeString:
    if is_before:
        return format_html('<rect class="c-dot is-before" x="{}" y="{}" width="6" height="6"/>', x - 3, y - 3)
    return format_html('<circle class="c-dot" cx="{}" cy="{}" r="3.5"/>', x, y)


def _kind(name: str, is_before: bool) -> str:
    return f"{name} is-before" if is_before else name


def _drawing(name: str, title: str, about: str, high: int, inner: SafeString) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-about">'
        '<title id="{}-title">{}</title><desc id="{}-about">{}</desc>{}</svg>',
        WIDTH, high, name, name, name, title, name, about, inner,
    )  # fmt: skip


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> SafeString:
    """The same figures as words: the first cell of a row says what it is about."""
    head = format_html_join("", '<th scope="col">{}</th>', ((one,) for one in heads))
    body = format_html_join("", "<tr>{}</tr>", ((_row(row, heads),) for row in rows))
    return format_html(
        '<table class="table figures"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        caption, head, body,
    )  # fmt: skip


def _row(cells: Sequence[str], heads: Sequence[str]) -> SafeString:
    """Each cell knows its head: where the table is too narrow for columns, it stands before it."""
    first, *others = cells
    row = format_html_join("", '<td data-head="{}">{}</td>', zip(heads[1:], others, strict=False))
    return format_html('<th scope="row">{}</th>{}', first, row)
