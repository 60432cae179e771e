"""Which activities, agreements and dates, visible to whom. Never decides."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from partners.models import Membership
from partners.querysets import DeskQuerySet
from sites.enums import PlaceKind, RoleKind, SiteKind
from sites.models import HomeAddress, Role
from sites.querysets import SiteScopedQuerySet, coordinated_sites, is_administrator, steered_partnerships
from stek.time import today

from .enums import Frequency, IdeaStatus, OccurrenceStatus, SignUpState


class ActivityTypeQuerySet(models.QuerySet):
    def visible_to(self, user) -> ActivityTypeQuerySet:
        """Types belong to the whole network: everyone sees them."""
        return self


class ActivityQuerySet(SiteScopedQuerySet):
    pass


class SeriesQuerySet(SiteScopedQuerySet):
    site_path = "activity__site"

    def visible_to(self, user) -> SeriesQuerySet:
        """Published agreements of sites one may see; drafts too for its coordinator and an administrator."""
        seen = super().visible_to(user)
        if is_administrator(user):
            return seen
        return seen.filter(Q(is_published=True) | Q(activity__site__in=coordinated_sites(user)))

    def published(self) -> SeriesQuerySet:
        """What holds, held or will hold: not a draft, and not undone before it began."""
        return self.filter(is_published=True, is_undone=False)

    def told(self) -> SeriesQuerySet:
        """What visitors were ever told of: calendars must hear that what was undone is off."""
        return self.filter(is_published=True)

    def drafts(self) -> SeriesQuerySet:
        return self.filter(is_published=False)

    def on(self, first: dt.date, last: dt.date) -> SeriesQuerySet:
        """Agreements in force on at least one day of `first`..`last`, both inclusive."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=first), first_day__lte=last)

    def undated(self) -> SeriesQuerySet:
        """Repeating agreements of which nobody has said the weekday yet."""
        return self.filter(weekday__isnull=True).exclude(frequency=Frequency.ONCE)


class SeriesPartQuerySet(SiteScopedQuerySet):
    """What hangs on an agreement is as visible as the agreement."""

    site_path = "series__activity__site"

    def visible_to(self, user) -> SeriesPartQuerySet:
        from .models import Series  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(series__in=Series.objects.visible_to(user))


class OccurrenceQuerySet(SiteScopedQuerySet):
    def in_days(self, first: dt.date, last: dt.date) -> OccurrenceQuerySet:
        """Dates that are, or were first planned, in `first`..`last` (local, inclusive): a moved one shows twice."""
        return self.filter(Q(day__range=(first, last)) | Q(original_date__range=(first, last)))

    def happening(self) -> OccurrenceQuerySet:
        return self.filter(status=OccurrenceStatus.PLANNED)

    def with_away(self) -> OccurrenceQuerySet:
        """Each with `is_away`: who comes to the house of its day finds nobody for it. A mobile site is never away: the road is its house.

        It takes place at stops of which none is the house, in another house, or nobody said where and its kind is one of elsewhere.
        """
        from .models import Stop  # noqa: PLC0415  # queryset leaf: models imports this module

        houses = HomeAddress.objects.filter(site=OuterRef("site"))
        of_its_day = houses.filter(since__lte=OuterRef("day")).order_by("-since").values("place")[:1]
        home = Coalesce(Subquery(of_its_day), Subquery(houses.order_by("since").values("place")[:1]))
        stops = Stop.objects.filter(occurrence=OuterRef("pk"))
        # Where there is no house nothing is in another one: nothing is equal to nothing, nor different from it.
        in_another = Q(place__kind=PlaceKind.HOUSE) & ~Q(place=F("home"))
        of_elsewhere = Q(place__isnull=True, series__activity__type__is_elsewhere=True)
        by_place = Q(place__kind=PlaceKind.STOP) | of_elsewhere | in_another
        along_stops = Exists(stops) & ~Exists(stops.filter(place=OuterRef("home")))
        away = ~Q(site__kind=SiteKind.MOBILE) & (along_stops | (by_place & ~Exists(stops)))
        return self.annotate(home=home).annotate(is_away=Case(When(away, then=Value(True)), default=Value(False)))

    def agreed(self) -> OccurrenceQuerySet:
        """Of what visitors may read of: no draft, and nothing that was undone before it began."""
        return self.filter(series__is_published=True, series__is_undone=False)

    def counted_by(self, user) -> OccurrenceQuerySet:
        """Dates whose people somebody counts: all of the sites they coordinate; as a worker, what their organisation organises there."""
        return self.filter(Q(site__in=coordinated_sites(user)) | organised_by_own_of(user, "series", "site"))

    def of_own_organisation(self, user) -> OccurrenceQuerySet:
        """Of these the ones that somebody counts as a worker."""
        return self.filter(organised_by_own_of(user, "series", "site"))


class OccurrencePartQuerySet(SiteScopedQuerySet):
    site_path = "occurrence__site"


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user) -> AttendanceQuerySet:
        """Counts of dates that somebody counts; all of them for an administrator. A small number says much in a village."""
        from .models import Occurrence  # noqa: PLC0415  # queryset leaf: models imports this module

        return self if is_administrator(user) else self.filter(occurrence__in=Occurrence.objects.counted_by(user))

    def of_facts(self) -> AttendanceQuerySet:
        """Counts that count: their date was agreed, and stands."""
        held = Q(occurrence__status=OccurrenceStatus.PLANNED, occurrence__series__is_published=True)
        return self.filter(held, occurrence__series__is_undone=False)


class AttendancePartQuerySet(models.QuerySet):
    def visible_to(self, user) -> AttendancePartQuerySet:
        """As visible as the count."""
        from .models import Attendance  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(attendance__in=Attendance.objects.visible_to(user))


class StepQuerySet(DeskQuerySet):
    site_path = "activity__site"

    def open(self, now: dt.datetime) -> StepQuerySet:
        """Those that can still be undone at a domain moment."""
        return self.filter(until__gt=now, is_undone=False)


class PlanQuerySet(DeskQuerySet):
    pass


class SpotQuerySet(DeskQuerySet):
    pass


def since(now: dt.datetime) -> dt.date:
    """The first day that may not be over: wherever the site is, and what began in the evening may last."""
    return (now - dt.timedelta(days=1)).date()


class ShiftQuerySet(SiteScopedQuerySet):
    site_path = "occurrence__site"

    def visible_to(self, user) -> ShiftQuerySet:
        """Of the sites one helps at or coordinates; all for an administrator. A visitor sees none."""
        if is_administrator(user):
            return self
        return self.filter(occurrence__site__in=sites_with_shifts(user))

    def not_before(self, now: dt.datetime) -> ShiftQuerySet:
        """Whose day may not be over yet at a domain moment; their hours say which are."""
        return self.filter(occurrence__day__gte=since(now))

    def coming(self, now: dt.datetime) -> ShiftQuerySet:
        """On the day of a domain moment or later, and not called off by hand, by day. Closed days and hours are not looked at."""
        agreed = Q(occurrence__series__is_published=True, occurrence__series__is_undone=False)
        rows = self.not_before(now).filter(agreed, occurrence__status=OccurrenceStatus.PLANNED)
        asked = Q(need__until__isnull=True) | Q(need__until__gte=F("occurrence__day"))
        return rows.filter(asked).order_by("occurrence__day", "occurrence__begin", "need__begin", "pk")

    def not_fallen(self) -> ShiftQuerySet:
        """Without those of dates of which who counted said that they did not take place."""
        return self.exclude(occurrence__attendance__took_place=False)

    def whole(self) -> ShiftQuerySet:
        """Fetches all that a line about a shift tells, and adds `taken`: how many have a place."""
        from .models import SignUp  # noqa: PLC0415  # queryset leaf: models imports this module

        places = SignUp.objects.filter(shift=OuterRef("pk"), state=SignUpState.TAKEN).order_by().values("shift")
        taken = Subquery(places.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
        rows = self.select_related(
            "need", "occurrence__place", "occurrence__series__activity", "occurrence__site__municipality"
        )
        return rows.annotate(taken=Coalesce(taken, 0))


class ShiftPartQuerySet(models.QuerySet):
    """Places in shifts: one's own, and those of sites one coordinates."""

    shift_path = "shift__occurrence"

    def visible_to(self, user) -> ShiftPartQuerySet:
        if is_administrator(user):
            return self
        own = Q(volunteer__user=user.pk) if user.is_authenticated else Q(pk__in=[])
        return self.filter(own | Q(**{f"{self.shift_path}__site__in": coordinated_sites(user)}))


class NeedPartQuerySet(ShiftPartQuerySet):
    shift_path = "need__series__activity"


class SwapQuerySet(models.QuerySet):
    def visible_to(self, user) -> SwapQuerySet:
        """As visible as the shift that is offered; whether somebody can agree is asked elsewhere."""
        if is_administrator(user):
            return self
        return self.filter(place__shift__occurrence__site__in=sites_with_shifts(user))

    def whole(self) -> SwapQuerySet:
        """Fetches whose place it is and all that tells when both shifts are."""
        shifts = ("place__shift", "wanted")
        parts = ("need", "occurrence__site", "occurrence__series__activity")
        return self.select_related("place__volunteer", *(f"{shift}__{part}" for shift in shifts for part in parts))


def sites_with_shifts(user) -> models.QuerySet:
    """Primary keys of the sites where somebody helps or coordinates today."""
    kinds = [RoleKind.VOLUNTEER, RoleKind.COORDINATOR]
    return Role.objects.of(user).filter(kind__in=kinds, site__isnull=False).values("site")


class OutingQuerySet(OccurrencePartQuerySet):
    def for_update(self) -> OutingQuerySet:
        """With its date locked: whoever counts places takes turns by it, and a date that is called off waits for them."""
        dates = self.values("occurrence")
        from .models import Occurrence  # noqa: PLC0415  # queryset leaf: models imports this module

        list(Occurrence.objects.filter(pk__in=dates).order_by("pk").select_for_update().values_list("pk"))
        return self.select_related("occurrence__site", "occurrence__series__activity")


class ReservationQuerySet(models.QuerySet):
    """Names of visitors: for who coordinates the site, and nobody else, an administrator neither."""

    outing_path = "outing"

    def visible_to(self, user) -> ReservationQuerySet:
        return self.filter(**{f"{self.outing_path}__occurrence__site__in": coordinated_sites(user)})

    def at(self, site) -> ReservationQuerySet:
        return self.filter(**{f"{self.outing_path}__occurrence__site": site})


class ReservationKeyQuerySet(ReservationQuerySet):
    outing_path = "reservation__outing"


def organised_by_own_of(user, series: str, site: str) -> Exists:
    """Whether an organisation somebody works for today organises a row's `series`, at the `site` where they work for it."""
    from .models import SeriesOrganiser  # noqa: PLC0415  # queryset leaf: models imports this module

    works_at = Role.objects.of(user).filter(kind=RoleKind.PARTNER_WORKER, site__isnull=False).values("site")
    works_for = Membership.objects.on(today()).filter(user=user.pk, site__in=works_at)
    own = works_for.filter(organisation=OuterRef("organisation"), site=OuterRef(OuterRef(site)))
    return Exists(SeriesOrganiser.objects.filter(Exists(own), series=OuterRef(series)))


class ContinuationQuerySet(models.QuerySet):
    """For who steers or coordinates: visitors and workers would read it as a decision."""

    def visible_to(self, user) -> ContinuationQuerySet:
        steered = Q(activity__site__partnership__in=steered_partnerships(user))
        return self.filter(Q(activity__site__in=coordinated_sites(user)) | steered)


class IdeaTableQuerySet(models.QuerySet):
    """For who coordinates the site; visitors read the cards, on a page of their own."""

    def visible_to(self, user):
        return self.filter(site__in=coordinated_sites(user))

    def at(self, site):
        return self.filter(site=site)


class IdeaQuerySet(IdeaTableQuerySet):
    def waiting(self) -> IdeaQuerySet:
        """From the box, and read by nobody yet."""
        return self.filter(status=IdeaStatus.WAITING)

    def public(self) -> IdeaQuerySet:
        return self.exclude(status=IdeaStatus.WAITING)

    def with_outcome(self) -> IdeaQuerySet:
        """Adds `can_be_come_to`: whether people can come, or could, to what came of it."""
        from .models import Series  # noqa: PLC0415  # queryset leaf: models imports this module

        rows = Series.objects.published().filter(activity=OuterRef("activity"))
        return self.select_related("activity", "table").annotate(can_be_come_to=Exists(rows))
