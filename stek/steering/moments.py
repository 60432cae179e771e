"""Key moments in a report: what happened in the period, and what is known to come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sites.dated import end_of_period
from sites.models import Milestone
from sites.words import vague_words

from .snapshot import Asked
from .telling import Cell, Section, Told, in_language


def collect(asked: Asked) -> list[dict[str, Any]]:
    """Those that touch the period, and those after it that were written down already."""
    rows = Milestone.objects.filter(Q(site__in=asked.sites) | Q(site__isnull=True), partnership=asked.partnership)
    found = rows.filter(day__gte=asked.period.first.replace(month=1, day=1)).select_related("site").in_order()
    return [
        {
            "day": row.day.isoformat(), "precision": row.precision, "site": row.site.slug if row.site else "",
            "texts": {"nl": row.text} | row.translations,
        }
        for row in found
        if end_of_period(row.day, row.precision) > asked.period.first
    ]  # fmt: skip


def tell(told: Told, data: list[dict[str, Any]]) -> Section:
    rows: list[list[Cell]] = []
    for one in data:
        day = dt.date.fromisoformat(one["day"])
        if one["site"] and not told.here(one["site"]):
            continue
        words = vague_words(day, one["precision"])
        when = _("%(when)s (gepland)") % {"when": words} if day >= told.period.end else words
        rows.append(
            [when, told.site_name(one["site"]) if one["site"] else _("alle plekken"), in_language(one["texts"])]
        )
    return Section(
        "moments", _("Sleutelmomenten"), [_("Wanneer"), _("Plek"), _("Wat")], rows,
        definition=_("Wat een opbouwwerker bij de sleutelmomenten schreef en in deze periode viel, of daarna komt."),
        says=False, empty=_("In deze periode is er geen sleutelmoment opgeschreven."),
    )  # fmt: skip
