"""Signals in a report: released figures by theme, and nothing else of them. What was hidden stays hidden, here and in what was frozen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from signals.enums import Kind
from signals.models import Release, Theme
from signals.period_words import period_words
from signals.published import Figures, published, together_words
from signals.quarters import Period as IsoPeriod
from sites.models import Partnership
from sites.words import Dutch, said

from .enums import MONTHS
from .periods import Period
from .snapshot import Asked
from .telling import Cell, Plain, Section, Told, in_language, number_words


def iso_period(period: Period) -> IsoPeriod:
    """The quarters of ISO weeks that go by the same name: signals know no finer day than their week."""
    length = MONTHS[period.kind] // 3
    first = (period.number - 1) * length + 1
    return IsoPeriod(period.year, first, first + length - 1)


def collect(asked: Asked) -> dict[str, Any]:
    """`rows` are empty where nothing was published. Seven queries."""
    now, before = (_figures(asked.partnership, period) for period in (asked.period, asked.period.before))
    if now is None:
        return {"sites": [], "rows": []}
    names = dict(Theme.objects.values_list("code", "names"))
    was = {row.code: row.total for row in before.rows} if before else {}
    return {
        "sites": [{"code": code, "name": name} for code, name in now.sites],
        "rows": [
            {"code": row.code, "names": names.get(row.code), "total": row.total, "before": was.get(row.code), "by_site": list(row.by_site)}
            for row in now.rows
        ],
    }  # fmt: skip


def _figures(partnership: Partnership, period: Period) -> Figures | None:
    return published(partnership, iso_period(period))


def tell(told: Told, data: dict[str, Any]) -> Section:
    rows: list[list[Cell]] = [[_name(row), row["total"], row["before"], *row["by_site"]] for row in data["rows"]]
    heads = [_("Thema"), _("samen"), told.before_words(), *(Dutch(site["name"]) for site in data["sites"])]
    return Section(
        "signals", _title(told, data), heads, rows, is_wide=True,
        definition=_(
            "Aanvaarde signalen per thema, zoals ze vrijgegeven zijn: een thema telt als meerdere organisaties het gaven. Signalen tellen "
            "per week; een kwartaal is hier dertien hele weken."
        ),
        notes=[_("Kleine aantallen tonen we niet, zodat niemand te herkennen is. Daar staat een streepje, net als bij nul.")],
        empty=_("Hier komen de signalen per thema, zodra de cijfers van deze periode vrijgegeven zijn."),
        link=(_("Alle vrijgegeven cijfers"), reverse("signals:figures")),
    )  # fmt: skip


def news(partnership: Partnership, since: dt.date, until: dt.date) -> list[str]:
    """Which figures were released on these days."""
    rows = Release.objects.of(partnership.pk, Kind.SIGNALS).filter(day__gte=since, day__lt=until, version=1)
    return [
        _("De cijfers van signalen zijn vrijgegeven: %(period)s.") % {"period": str(period_words(row.period)).lower()}
        for row in rows
    ]


def _name(row: dict[str, Any]) -> str:
    return in_language(row["names"]) if row["names"] else together_words(Kind.SIGNALS)


def _title(told: Told, data: dict[str, Any]) -> str:
    """What was told most often: of one place by its own figures, and only where nothing that is hidden there can be more."""
    found = [(_number_of(row, told.scope, data["sites"]), row) for row in data["rows"]]
    shown = sorted(((number, row) for number, row in found if number is not None), key=lambda pair: -pair[0])
    others = [number for number, _row in shown[1:]] + [row["total"] or 0 for number, row in found if number is None]
    if not shown or max(others, default=0) >= shown[0][0]:
        return Plain(_("Signalen per thema"))
    number, row = shown[0]
    return said(_("%(theme)s: het vaakst gesignaleerd, %(number)s keer"), theme=_name(row), number=number_words(number))


def _number_of(row: dict[str, Any], scope: str, sites: list[dict[str, str]]) -> int | None:
    """Of all places together, or of one; None for what was not published of it."""
    if not scope:
        return row["total"]
    return next((value for site, value in zip(sites, row["by_site"], strict=True) if site["code"] == scope), None)
