"""How many people were pointed to which service in a quarter, and of which several organisations did: for the release, and for nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Sum

from activities.iso_week import IsoWeek
from partners.models import Service
from sites.models import Partnership, Site

from .models import Pointing, Referral
from .quarters import Period
from .querysets import ReferralQuerySet
from .weeks import last_week, quarter_of

# (code of the service, primary key of the site) -> how many.
Numbers = dict[tuple[str, int], int]


def names(partnership: Partnership) -> dict[str, dict[str, str]]:
    """Every service of the guide, also one nobody was pointed to, and one that is in it no more."""
    rows = Service.objects.filter(partnership=partnership).order_by("name", "pk")
    return {row.code: {"nl": row.name} for row in rows}


def take(partnership: Partnership, quarter: Period, sites: Sequence[Site]) -> Numbers:
    """What counts in this quarter and in no release yet, of these weeks or of before; from now on it counts here."""
    rows = Referral.objects.filter(site__in=sites).not_counted().until(last_week(quarter))
    rows.update(counted_year=quarter.year, counted_quarter=quarter.first)
    return recount(partnership, quarter)


def recount(partnership: Partnership, quarter: Period) -> Numbers:
    """What was taken for this quarter."""
    return _numbers(taken(partnership, quarter))


def taken(partnership: Partnership, quarter: Period) -> ReferralQuerySet:
    return Referral.objects.filter(site__partnership=partnership).counted_in(quarter)


def _numbers(rows: ReferralQuerySet) -> Numbers:
    by_cell = rows.order_by().values_list("service__code", "site").annotate(people=Sum("number"))
    return {(code, site): number for code, site, number in by_cell}


def several(partnership: Partnership, quarter: Period) -> frozenset[str]:
    """Codes of the services to which more than one organisation pointed people in this quarter, as far as that is certain: ask it after `take`."""
    rows = Pointing.objects.filter(partnership=partnership.pk, year=quarter.year, quarter=quarter.first, several=True)
    return frozenset(rows.values_list("service", flat=True)) - _in_doubt(partnership, quarter)


def _in_doubt(partnership: Partnership, quarter: Period) -> set[str]:
    """Services to which people were pointed in this quarter at a place that is not in its table, one that is to begin or had stopped: one of
    the organisations may be there only. Nothing else is left out; who counts too late for a week is refused."""
    rows = Referral.objects.filter(site__partnership=partnership, counted_year__isnull=True)
    left_out = rows.values_list("service__code", "year", "week")
    return {code for code, year, week in left_out if quarter_of(IsoWeek(year, week)) == quarter}


def forget_pointings(partnership: Partnership, quarter: Period) -> None:
    """Who pointed was kept for the release of this quarter only."""
    Pointing.objects.until(partnership.pk, quarter).delete()
