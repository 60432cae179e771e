"""What pays for the places, in a report: until when, and how much of the offer would stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.enums import Staying
from activities.what_stays import what_stays_at
from partners.funding_page import left_words
from partners.models import Funding
from sites.words import Dutch

from .snapshot import Asked
from .telling import Cell, Plain, Section, Told, cell_words


def collect(asked: Asked) -> dict[str, Any]:
    """What pays today or later and is not extended by another, what ends first on top; and for each place how many regular activities stay, shrink, stop."""
    of_sites = Q(site__in=asked.sites) | Q(site__isnull=True)
    running = Q(last_day__isnull=True) | Q(last_day__gte=asked.day)
    rows = Funding.objects.whole().filter(of_sites, running, partnership=asked.partnership, followed_by__isnull=True)
    found = what_stays_at(asked.sites, asked.day)
    stays = {site.slug: [line.what for line in lines] for site, lines in found.items()}
    return {
        "day": asked.day.isoformat(),
        "rows": [
            {
                "source": row.source, "site": row.site.slug if row.site else "",
                "last": row.last_day.isoformat() if row.last_day else None,
            }
            for row in sorted(rows, key=lambda row: (row.last_day or dt.date.max, row.pk))
        ],
        "stays": {slug: {code: some.count(code) for code in Staying.values} for slug, some in stays.items()},
    }  # fmt: skip


def tell(told: Told, data: dict[str, Any]) -> Section:
    day = dt.date.fromisoformat(data["day"])
    shown = [one for one in data["rows"] if not one["site"] or told.here(one["site"])]
    rows: list[list[Cell]] = []
    for one in shown:
        last = dt.date.fromisoformat(one["last"]) if one["last"] else None
        where = told.site_name(one["site"]) if one["site"] else _("alle plekken")
        until = cell_words(last) if last else _("einde niet bekend")
        rows.append([Dutch(one["source"]), where, until, left_words(day, last) if last else "–"])
    known = [dt.date.fromisoformat(one["last"]) for one in shown if one["last"]]
    title = _("Na %(day)s valt het eerste geld weg") % {"day": cell_words(min(known))} if known else Plain(_("Geld"))
    return Section(
        "money", title, [_("Van wie"), _("Plek"), _("Tot en met"), _("Hoe lang nog")], rows,
        notes=_notes(told, data["stays"]),
        definition=_("Wie de plekken betaalt, en tot en met welke dag. Van geld dat verlengd is, staat de verlenging er."),
        empty=_("Niemand schreef nog op wie de plek betaalt, en tot wanneer."),
        link=(_("Wat blijft als het geld stopt"), reverse("activities:money")),
    )  # fmt: skip


def _notes(told: Told, stays: dict[str, dict[str, int]]) -> list[str]:
    """For each place one sentence, where somebody chose something."""
    words = _(
        "%(place)s: als het geld stopt, blijven er %(stays)d activiteiten, %(smaller)d kleiner, en stoppen er %(stops)d; van %(unknown)d is het niet bekend."
    )
    return [
        words % ({"place": told.site_name(slug)} | numbers)
        for slug, numbers in stays.items()
        if told.here(slug) and sum(numbers.values()) > numbers["unknown"]
    ]
