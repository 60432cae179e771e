"""A closed quarter is published: protected, judged, and then kept for good; or not at all."""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from signals import figures
from signals.disclosure import Unsafe, prepare, secret_margin
from signals.figures import Policy, Table
from signals.kinds import Count, Counted, all_counted, counted_as
from signals.ledger import codes_of, groups_of, keep, past_releases
from signals.models import Contribution, Pointing, Release, Threshold
from signals.quarters import Period
from signals.querysets import sites_that_ran
from signals.rules import quarters_to_release
from sites.actions import log_change
from sites.models import Partnership, User
from stek import traces
from stek.health.actions import beat
from stek.time import today

from .holding import lock

logger = logging.getLogger(__name__)


def release_due(day: dt.date | None = None) -> int:
    """Publish every quarter whose day has come, of each partnership and kind, in order; how many there were.

    One that may not be published stops the later ones of its partnership, and of no other. It is tried again the next night; meanwhile
    `/gezond/` is not well, since the round did not go well.
    """
    day, number, is_well = day or today(), 0, True
    for partnership in Partnership.objects.order_by("pk"):
        for counted in all_counted():
            try:
                for quarter in quarters_to_release(_newest(partnership, counted), day):
                    number += release_quarter(partnership, counted, quarter, day=day) is not None
            except Unsafe as refusal:
                is_well = False
                _alarm(partnership, counted, faults=sorted({breach.fault.name for breach in refusal.args[0]}))
            except Exception as error:
                is_well = False  # whatever it is: nothing of this partnership is published, and the others are
                _alarm(partnership, counted, faults=[type(error).__name__])
    if number:
        traces.wipe([Contribution._meta.db_table, Pointing._meta.db_table], at_most=None)
    if is_well:
        beat("releases")
    return number


def _newest(partnership: Partnership, counted: Counted) -> Period | None:
    last = Release.objects.of(partnership.pk, counted.kind).order_by("year", "quarter").last()
    return last.period if last else None


def _alarm(partnership: Partnership, counted: Counted, *, faults: list[str]) -> None:
    """What is wrong and where, and no number: a log is not for everyone, but not for nobody either."""
    facts = {"partnership": partnership.pk, "kind": str(counted.kind), "faults": ",".join(faults)}
    logger.error("figures were not published", extra={"facts": facts})


@transaction.atomic
def release_quarter(partnership: Partnership, counted: Counted, quarter: Period, *, day: dt.date) -> Release | None:
    """Publish one quarter; None when it was published before, when no site ran in it, or when there is nothing to count. Raises `Unsafe`, and then nothing happened."""
    lock(partnership.pk)
    rows = Release.objects.of(partnership.pk, counted.kind)
    sites = sites_that_ran(partnership, quarter)
    if not sites or rows.filter(year=quarter.year, quarter=quarter.first).exists():
        return None
    names = counted.words(partnership)
    if not names:
        return None  # of this kind there is nothing to count here
    count = counted.take(partnership, quarter, sites)
    codes = codes_of(sites, rows)
    policy = Threshold.objects.of(partnership)
    table = _table(quarter, codes, list(names), count)
    release = _prepare(partnership, counted, table, policy, version=1)
    row = keep(
        release, partnership, kind=counted.kind, day=day, names=names, is_strict=policy.strict,
        is_example=count.is_example, sites=[{"code": codes[site.pk], "id": site.pk, "name": site.name} for site in sites],
    )  # fmt: skip
    counted.settle(partnership, quarter)
    return row


@transaction.atomic
def supersede(release: Release, *, why: str, by: User | None) -> Release:
    """Publish a next version of a quarter that was published, from what was counted in it as that is now. The former one stays.

    What was hidden stays hidden. Who told it is known no more, so a total that fell is hidden as well: those that are left may be of one
    organisation. Raises ValidationError for one that is not the newest, and when nothing changed; `Unsafe` as ever.
    """
    lock(release.partnership_id)
    partnership, counted = release.partnership, counted_as(release.kind)
    rows = Release.objects.of(partnership.pk, release.kind).filter(year=release.year, quarter=release.quarter)
    last = rows.order_by("version").last()
    if last is None or last.pk != release.pk:
        raise ValidationError(_("Er is al een nieuwere versie. Bekijk die eerst."))
    if not why.strip():
        raise ValidationError({"why": _("Schrijf waarom. Iedereen die de cijfers leest, leest dat ook.")})
    counted.words(partnership)  # nothing is merged until this is done
    count = counted.recount(partnership, release.period)
    table = _again(last, count)
    policy = Policy(last.k, last.is_strict)
    made = _prepare(partnership, counted, table, policy, version=last.version + 1)
    former = {(cell.theme, cell.site): cell.value for cell in last.cells.in_period(last.period)}
    if {(key.theme, key.site or ""): value for key, value in made.cells.items() if key.period == last.period} == former:
        raise ValidationError(_("De cijfers zijn nog dezelfde. Er is niets om te vervangen."))
    row = keep(
        made, partnership, kind=last.kind, day=today(), is_strict=last.is_strict, is_example=count.is_example,
        why=why.strip(), names={theme["code"]: theme["names"] for theme in last.themes}, sites=last.sites,
    )  # fmt: skip
    log_change(
        by=by, reason=why.strip(), verb="supersede_release", about=row, site=None, partnership=partnership, changes={"version": [last.version, row.version]},
    )  # fmt: skip
    return row


def _again(last: Release, count: Count) -> Table:
    """The table of a quarter that was published before, by its own themes and sites. What was merged since then counts with nothing."""
    codes = {site["id"]: site["code"] for site in last.sites}
    table = _table(last.period, codes, [theme["code"] for theme in last.themes], count)
    shown = {cell.theme: cell.value for cell in last.cells.in_period(last.period).filter(site="") if cell.value}
    several = {
        theme
        for code, themes in groups_of(last).items()
        if code in shown and sum(sum(table.counts[one]) for one in themes) >= shown[code]
        for theme in themes
    }
    return Table(table.quarter, table.sites, table.counts, frozenset(several))


def _table(quarter: Period, codes: dict[int, str], themes: list[str], count: Count) -> Table:
    """The true counts: a number for every theme at every site. `codes` are those of the sites by primary key."""
    rows = {theme: dict.fromkeys(codes.values(), 0) for theme in themes}
    for (theme, site), number in count.numbers.items():
        if theme in rows and site in codes:
            rows[theme][codes[site]] += number
    counts = {theme: tuple(row.values()) for theme, row in rows.items()}
    return Table(quarter, tuple(codes.values()), counts, count.several & counts.keys())


def _prepare(
    partnership: Partnership, counted: Counted, table: Table, policy: Policy, *, version: int
) -> figures.Release:
    """Protected, with margins that nobody can look up, and judged beside every figure that was ever published."""
    what = (partnership.pk, str(counted.kind), str(table.quarter), version)
    margin = partial(secret_margin, settings.SECRET_KEY.encode(), *what)
    earlier = past_releases(partnership.pk, counted.kind)
    return prepare(table, policy, margin=margin, earlier=earlier)
