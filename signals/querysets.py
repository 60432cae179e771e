"""Which signals, visible to whom. The waiting ones: who coordinates the site. The accepted ones: workers there too,
unless they work for somebody who also checks people. Nobody else, whatever their role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from activities.iso_week import IsoWeek
from activities.models import Occurrence
from partners.models import Membership
from sites.enums import RoleKind, SiteStatus
from sites.models import Partnership, Role, Site
from sites.querysets import coordinated_sites
from stek.time import today

from .enums import State
from .figures import Policy
from .quarters import Period, before
from .weeks import month_of, weeks_of


def control_memberships(user) -> models.QuerySet:
    """What somebody does today, at whichever site, for an organisation that also checks people."""
    rows = Membership.objects.on(today()).filter(organisation__has_control_function=True)
    return rows.filter(user=user.pk) if user.is_authenticated else rows.none()


def reading_sites(user) -> models.QuerySet:
    """Primary keys of the sites whose accepted signals somebody reads as a worker: with a key, and for an organisation there.

    Who works for a control function anywhere reads nowhere: it is the same person who hears it. Without a known organisation nobody reads.
    """
    if not user.is_authenticated:
        return Role.objects.none().values("site")
    employed = Membership.objects.on(today()).filter(user=user.pk)
    roles = Role.objects.of(user).filter(kind=RoleKind.PARTNER_WORKER, site__in=employed.values("site"))
    return roles.exclude(user__in=control_memberships(user).values("user")).values("site")


def sites_read_by(user) -> models.QuerySet:
    """Sites whose accepted signals somebody reads, as a coordinator or as a worker, by name."""
    return Site.objects.filter(Q(pk__in=coordinated_sites(user)) | Q(pk__in=reading_sites(user))).order_by("name")


def sites_that_ran(partnership: Partnership, part: Period) -> list[Site]:
    """Sites whose figures are published for a quarter, by name: those that run, and those that had a date in it and stopped since.

    Facts that everybody can read: whether a site stands in a table says nothing about what was told there.
    """
    first = before(part).last_day + dt.timedelta(days=1)
    had_dates = Occurrence.objects.agreed().filter(site__partnership=partnership, day__range=(first, part.last_day))
    rows = Site.objects.filter(partnership=partnership)
    return list(rows.filter(Q(status=SiteStatus.ACTIVE) | Q(pk__in=had_dates.values("site"))).order_by("name", "pk"))


class ThemeQuerySet(models.QuerySet):
    def visible_to(self, user) -> ThemeQuerySet:
        """Names of areas of life are no secret."""
        return self

    def offered(self) -> ThemeQuerySet:
        """Those somebody can choose, in their order."""
        return self.filter(is_active=True).in_order()

    def in_order(self) -> ThemeQuerySet:
        return self.order_by("position", "pk")


class OfWeekQuerySet(models.QuerySet):
    """Rows that know no finer time than their ISO week, in `year` and `week`."""

    def before(self, week: IsoWeek):
        """Of weeks before this one."""
        return self.filter(Q(year__lt=week.year) | Q(year=week.year, week__lt=week.number))

    def until(self, week: IsoWeek):
        """Of that week and the weeks before it."""
        return self.filter(Q(year__lt=week.year) | Q(year=week.year, week__lte=week.number))


class CountedOnceQuerySet(OfWeekQuerySet):
    """Rows that count in one release and in no other."""

    def not_counted(self):
        """That are in no release yet."""
        return self.filter(counted_year=None)

    def counted_in(self, part: Period):
        return self.filter(counted_year=part.year, counted_quarter=part.first)


class SignalQuerySet(CountedOnceQuerySet):
    def visible_to(self, user) -> SignalQuerySet:
        """Opened and accepted ones of the sites one coordinates; accepted ones where one reads as a worker."""
        accepted = Q(state=State.ACCEPTED, site__in=reading_sites(user))
        return self.filter(Q(site__in=coordinated_sites(user)) | accepted)

    def at(self, *sites: Site) -> SignalQuerySet:
        return self.filter(site__in=sites)

    def waiting(self) -> SignalQuerySet:
        return self.filter(state=State.OPENED)

    def legible(self) -> SignalQuerySet:
        """Accepted, with words still: not merged into another one, not so old that only the number is kept."""
        return self.filter(state=State.ACCEPTED, merged_into=None).exclude(text="")

    def with_told(self) -> SignalQuerySet:
        """Adds `merged`: how many others said the same."""
        return self.annotate(merged=Count("others"))

    def in_weeks(self, weeks: Iterable[IsoWeek]) -> SignalQuerySet:
        chosen = Q(pk__in=[])
        for week in weeks:
            chosen |= Q(year=week.year, week=week.number)
        return self.filter(chosen)

    def told_in(self, month: dt.date, sites: Iterable[Site]) -> SignalQuerySet:
        """Of these, the ones that were told, or told again, in a month; by their random number, since within a month nothing is earlier.

        `sites` are those they are at: one query over all sites would read a million rows to find ten.
        """
        all_rows: SignalQuerySet = self.model._default_manager.all()  # type: ignore[assignment]  # its manager is made of this class
        told = all_rows.at(*sites).in_weeks(weeks_of(month)).filter(state=State.ACCEPTED)
        return self.filter(pk__in=told.values_list(Coalesce("merged_into", "pk"))).order_by("pk")

    def months(self) -> list[dt.date]:
        """First days of the months in which any of these was told, or told again; the newest first."""
        again = self.model._default_manager.filter(merged_into__in=self.order_by().values("pk"))
        weeks = {*self.order_by().values_list("year", "week"), *again.values_list("year", "week")}
        return sorted({month_of(IsoWeek(*week)) for week in weeks}, reverse=True)


class OneOrSeveralQuerySet(models.QuerySet):
    """Read by no page: for the release of a quarter, and gone after it."""

    def of(self, partnership: int, part: Period) -> OneOrSeveralQuerySet:
        return self.filter(partnership=partnership, year=part.year, quarter=part.first)

    def until(self, partnership: int, part: Period) -> OneOrSeveralQuerySet:
        """Of that quarter and those before it."""
        rows = self.filter(partnership=partnership)
        return rows.filter(Q(year__lt=part.year) | Q(year=part.year, quarter__lte=part.first))


class ThresholdQuerySet(models.QuerySet):
    def visible_to(self, user) -> ThresholdQuerySet:
        """Each release tells which one was used."""
        return self

    def of(self, partnership: Partnership) -> Policy:
        row = self.filter(partnership=partnership).values_list("k", "is_strict").first()
        return Policy(*row) if row else Policy()


class Frozen(models.QuerySet):
    """What is published is never changed and never taken away: a next version takes its place."""

    def update(self, **kwargs) -> int:
        raise TypeError("What is published is not changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("What is published is not taken away.")


class ReleaseQuerySet(Frozen):
    def visible_to(self, user) -> ReleaseQuerySet:
        """What is published is for everyone, and the same for everyone."""
        return self

    def of(self, partnership: int, kind: str) -> ReleaseQuerySet:
        """In the order in which they came."""
        return self.filter(partnership=partnership, kind=kind).order_by("pk")


class ReleasedCellQuerySet(Frozen):
    def visible_to(self, user) -> ReleasedCellQuerySet:
        return self

    def in_period(self, period: Period) -> ReleasedCellQuerySet:
        return self.filter(year=period.year, first=period.first, last=period.last)


class RefusedQuerySet(OfWeekQuerySet):
    def visible_to(self, user) -> RefusedQuerySet:
        """For who reads the accepted ones there: whoever gave it is among them, and is not addressed."""
        return self.filter(Q(site__in=coordinated_sites(user)) | Q(site__in=reading_sites(user)))


class ReferralQuerySet(CountedOnceQuerySet):
    """Read by nobody: what was counted leaves in a release, or not at all."""
