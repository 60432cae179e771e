"""How signals are counted: accepted ones, by theme and site, each in one quarter; and of which themes several organisations told."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count as Number

from activities.iso_week import IsoWeek
from sites.models import Partnership, Site

from .enums import Kind, State
from .kinds import Count, Counted, Words, add_counted
from .models import Contribution, Held, Signal, Theme
from .quarters import Period
from .querysets import SignalQuerySet
from .weeks import last_week, quarter_of


def say() -> None:
    """For `AppConfig.ready`."""
    add_counted(Counted(Kind.SIGNALS, words=words, take=take, recount=recount, settle=settle))


def words(partnership: Partnership) -> dict[str, Words]:
    """Every theme that was not merged: what nobody told of is published like the others. No theme is merged until the release is there."""
    rows = Theme.objects.select_for_update(no_key=True).filter(merged_into=None).in_order()
    return {row.code: dict(row.names) for row in rows}


def take(partnership: Partnership, quarter: Period, sites: Sequence[Site]) -> Count:
    """Accepted ones of this quarter, and of those before it that were accepted too late for theirs."""
    rows = Signal.objects.at(*sites).filter(state=State.ACCEPTED).not_counted().until(last_week(quarter))
    rows.update(counted_year=quarter.year, counted_quarter=quarter.first)
    several = Contribution.objects.of(partnership.pk, quarter).filter(several=True)
    codes = frozenset(several.values_list("theme", flat=True)) - _in_doubt(partnership, quarter)
    return _count(_taken(partnership, quarter), codes)


def recount(partnership: Partnership, quarter: Period) -> Count:
    """The same signals. Who told them is known no more (`actions.releasing` says what follows)."""
    return _count(_taken(partnership, quarter), frozenset())


def settle(partnership: Partnership, quarter: Period) -> None:
    """Who contributed until now was kept for this release only."""
    Contribution.objects.until(partnership.pk, quarter).delete()


def _taken(partnership: Partnership, quarter: Period) -> SignalQuerySet:
    return Signal.objects.filter(site__partnership=partnership).counted_in(quarter)


def _count(rows: SignalQuerySet, several: frozenset[str]) -> Count:
    by_cell = rows.order_by().values_list("theme__code", "site").annotate(number=Number("pk"))
    numbers = {(code, site): number for code, site, number in by_cell}
    return Count(numbers, several, is_example=rows.filter(is_example=True).exists())


def _in_doubt(partnership: Partnership, quarter: Period) -> set[str]:
    """Themes of which something was told in this quarter that is not counted in it: one of the organisations may be in that only."""
    of_partnership = {"site__partnership": partnership}
    left_out = [Signal.objects.filter(**of_partnership).not_counted(), Held._default_manager.filter(**of_partnership)]
    told = {row for rows in left_out for row in rows.values_list("theme__code", "year", "week")}
    return {code for code, year, week in told if quarter_of(IsoWeek(year, week)) == quarter}
