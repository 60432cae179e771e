"""`/signalen/cijfers/`: what was published, the same for everybody. These pages never read a signal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import override

from signals.enums import Kind
from signals.figures_page import figures_as_csv, figures_page
from signals.models import Release
from signals.period_words import period_words
from signals.published import Figures, kinds_of, periods, published, versions
from signals.quarters import Period
from sites.models import Partnership
from sites.words import date_words
from stek.pages import not_for_visitors, page, public_page


@not_for_visitors
@public_page
def partnerships(request: HttpRequest) -> HttpResponse:
    """All of which something was published; of one, its figures at once."""
    found = Partnership.objects.filter(pk__in=Release.objects.order_by().values("partnership")).order_by("name")
    rows = list(found)
    if len(rows) == 1:
        return _newest(request, rows[0])
    return page(request, "signals/partnerships.html", {"partnerships": rows})


@not_for_visitors
@public_page
def newest(request: HttpRequest, partnership: str) -> HttpResponse:
    """The newest quarter."""
    return _newest(request, get_object_or_404(Partnership, slug=partnership))


def _newest(request: HttpRequest, row: Partnership) -> HttpResponse:
    kind = _kind(request)
    quarters = [one for one in periods(row, kind) if one.first == one.last]
    if not quarters:
        raise Http404
    return _page(request, row, quarters[0], kind)


@not_for_visitors
@public_page
def figures(request: HttpRequest, partnership: str, period: Period) -> HttpResponse:
    """A quarter, a half year or a year; of a quarter also a former version, `?versie=1`."""
    return _page(request, get_object_or_404(Partnership, slug=partnership), period, _kind(request))


def _page(request: HttpRequest, partnership: Partnership, period: Period, kind: Kind) -> HttpResponse:
    found = _found(request, partnership, period, kind)
    context: dict[str, Any] = {
        "partnership": partnership, "page": figures_page(found, kind), "kind": kind, "query": _query(kind),
        "others": [{"kind": one, "words": one.label} for one in kinds_of(partnership)],
        "years": _years(periods(partnership, kind), period), "versions": _versions(partnership, found, kind),
    }  # fmt: skip
    return page(request, "signals/figures.html", context)


@public_page
def data(request: HttpRequest, partnership: str, period: Period) -> HttpResponse:
    """The same as a file for a spreadsheet; `?taal=fr`."""
    row, kind = get_object_or_404(Partnership, slug=partnership), _kind(request)
    asked = request.GET.get("taal", "")
    with override(asked if asked in dict(settings.STEK_DESK_LANGUAGES) else settings.LANGUAGE_CODE):
        told = figures_as_csv(_found(request, row, period, kind), kind)
    response = HttpResponse(told, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.slug}-{kind}-{period}.csv"'
    return response


def _found(request: HttpRequest, partnership: Partnership, period: Period, kind: Kind) -> Figures:
    asked = request.GET.get("versie", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else None
    found = published(partnership, period, kind, version=version)
    if found is None:
        raise Http404
    return found


def _kind(request: HttpRequest) -> Kind:
    asked = request.GET.get("wat", "")
    return Kind(asked) if asked in Kind.values else Kind.SIGNALS


def _query(kind: Kind) -> str:
    return "" if kind == Kind.SIGNALS else f"?wat={kind}"


def _years(found: list[Period], shown: Period) -> list[list[dict[str, Any]]]:
    """What there is, year by year."""
    years: dict[int, list[dict[str, Any]]] = {}
    for one in found:
        years.setdefault(one.year, []).append({"code": str(one), "words": period_words(one), "is_here": one == shown})
    return list(years.values())


def _versions(partnership: Partnership, shown: Figures, kind: Kind) -> list[dict[str, Any]]:
    """The other versions of a quarter, the newest first."""
    if shown.period.first != shown.period.last:
        return []
    rows = versions(partnership, shown.period, kind)
    return [
        {"number": row.version, "day": date_words(row.day, "j F Y"), "why": row.why}
        for row in rows
        if row.version != shown.version
    ]
