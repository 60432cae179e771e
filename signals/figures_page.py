"""The page of published figures: a drawing, a table and a file, all of the same released cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sites.words import Said, date_words, said
from stek.charts import Bar, bars, table
from stek.sheets import Sheet, as_csv

from .enums import Kind
from .period_words import days_words, period_words
from .published import Figures, Row

HIDDEN = "–"  # too few, of one organisation only, or none at all: the sign is the same


@dataclass(frozen=True, slots=True)
class KindWords:
    title: str
    about: str
    head: str
    most: str


def kind_words(kind: Kind) -> KindWords:
    if kind == Kind.REFERRALS:
        return KindWords(
            title=_("Waarheen we mensen doorverwezen"),
            about=_("Aantal keer dat we iemand naar een dienst doorverwezen. We schrijven nooit op wie dat was."),
            head=_("Dienst"),
            most=_("Het vaakst naar %(name)s: %(number)s keer."),
        )
    return KindWords(
        title=_("Waarover mensen vertellen"),
        about=_("Aantal signalen per thema. Een signaal is iets dat mensen tegenhoudt, verteld in een STEK, zonder wie het vertelde."),
        head=_("Thema"),
        most=_("Het vaakst ging het over %(name)s: %(number)s keer."),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on it. `chart` has what is shown; `table` has everything, with one sign for what is not."""

    words: KindWords
    period: str
    days: str
    most: Said | str
    chart: SafeString | str
    table: SafeString
    together: tuple[str, ...]
    day: str
    figures: Figures


def figures_page(figures: Figures, kind: Kind) -> Page:
    words, shown = kind_words(kind), [row for row in figures.rows if row.total is not None]
    first = next((row for row in shown if not row.of), None)
    most = said(words.most, name=first.name, number=str(first.total)) if first else ""
    title = f"{words.title}. {period_words(figures.period)}"
    return Page(
        words=words, period=period_words(figures.period), days=days_words(figures.period), most=most,
        chart=_chart(title, figures, shown), table=_table(title, words, figures),
        together=next((row.of for row in figures.rows if row.of), ()), day=date_words(figures.day, _("j F Y")), figures=figures,
    )  # fmt: skip


def _chart(title: str, figures: Figures, shown: list[Row]) -> SafeString | str:
    if not shown:
        return ""
    rows = [Bar(str(row.name), row.total or 0, str(row.total), note=_by_site(figures, row)) for row in shown]
    about = ", ".join(f"{row.label} {row.words}" for row in rows)
    return bars("figures", title, about, rows)


def _by_site(figures: Figures, row: Row) -> str:
    """“Kantine 12 · Kattegat 9”, of several sites only."""
    if len(figures.sites) < 2 or not row.is_split:
        return ""
    return " · ".join(f"{name} {value}" for (_code, name), value in zip(figures.sites, row.by_site, strict=True))


def _table(title: str, words: KindWords, figures: Figures) -> SafeString:
    sites = [name for _code, name in figures.sites] if len(figures.sites) > 1 else []
    rows = [
        [row.name, _number(row.total), *(_number(value) for value in row.by_site[: len(sites)])] for row in figures.rows
    ]
    return table(title, [words.head, _("Samen"), *sites], rows)


def _number(value: int | None) -> str:
    return HIDDEN if value is None else str(value)


def figures_as_csv(figures: Figures, kind: Kind) -> str:
    """A theme a line: period, code, name, together, each site. A hidden figure is empty."""
    words = kind_words(kind)
    titles = [_("periode"), _("code"), words.head.lower(), _("samen"), *(name for _code, name in figures.sites)]
    return as_csv([Sheet("", titles, [_line(figures, row) for row in figures.rows])])


def _line(figures: Figures, row: Row) -> list[str]:
    values: list[Any] = [row.total, *row.by_site]
    return [str(figures.period), row.code, str(row.name), *("" if value is None else str(value) for value in values)]
