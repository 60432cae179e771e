"""Which organisations and groups, visible to whom."""

from __future__ import annotations

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from sites.enums import RoleKind
from sites.models import Role, Site
from sites.querysets import SiteScopedQuerySet, coordinated_sites, is_administrator, steered_partnerships
from stek.time import today


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user) -> OrganisationQuerySet:
        """Organisations engaged at, or seated over, a site one may see; all for an administrator."""
        if is_administrator(user):
            return self
        sites = Site.objects.visible_to(user)
        engaged = Q(engagements__site__in=sites)
        seated = Q(seats__body__site__in=sites) | Q(seats__body__partnership__sites__in=sites)
        return self.filter(engaged | seated).distinct()

    def at_desk(self, site: Site) -> OrganisationQuerySet:
        """Organisations that have, or once had, an engagement at a site or a seat in one of its groups."""
        seated = Q(seats__body__site=site) | Q(seats__body__site=None, seats__body__partnership=site.partnership_id)
        return self.filter(Q(engagements__site=site) | seated).distinct()

    def engaged_at(self, site: Site, day: dt.date) -> OrganisationQuerySet:
        """Organisations whose engagement at a site is in force on a local day."""
        from .models import Engagement  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(pk__in=Engagement.objects.at(site).on(day).values("organisation"))

    def with_names(self) -> OrganisationQuerySet:
        """Fetches the dated names, so that `name_on` costs no query."""
        return self.prefetch_related("names")


class OrganisationPartQuerySet(models.QuerySet):
    """Names of an organisation are as visible as the organisation."""

    def visible_to(self, user) -> OrganisationPartQuerySet:
        from .models import Organisation  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class EngagementQuerySet(SiteScopedQuerySet):
    def on(self, day: dt.date) -> EngagementQuerySet:
        """Engagements in force on a local day; an unknown beginning counts as before."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))

    def with_next_check_in(self) -> EngagementQuerySet:
        """Adds `next_check_in`: when the last check-in said that the next is due, None before the first one."""
        from .models import CheckIn  # noqa: PLC0415  # queryset leaf: models imports this module

        last = CheckIn.objects.filter(engagement=OuterRef("pk")).order_by("-day", "-pk")
        return self.annotate(next_check_in=Subquery(last.values("next_due")[:1]))

    def due_on(self, day: dt.date) -> EngagementQuerySet:
        """Engagements in force whose yearly check-in is due; the first one a year after the beginning. Guests have none."""
        first = Q(since__isnull=True) | Q(since__lte=day - relativedelta(years=1))
        due = Q(next_check_in__lte=day) | (Q(next_check_in__isnull=True) & first)
        return self.on(day).with_next_check_in().filter(due, is_guest=False)


class DeskQuerySet(models.QuerySet):
    """What is between a coordinator and a partner: for who coordinates that site, and for administrators."""

    site_path = "site"

    def visible_to(self, user):
        return self if is_administrator(user) else self.filter(**{f"{self.site_path}__in": coordinated_sites(user)})

    def at(self, site: Site):
        return self.filter(**{self.site_path: site})


class CheckInQuerySet(DeskQuerySet):
    site_path = "engagement__site"


class LeavingQuerySet(DeskQuerySet):
    pass


class BodyQuerySet(models.QuerySet):
    def at_desk(self, site: Site) -> BodyQuerySet:
        """Groups of a site, and the steering group over it."""
        return self.filter(Q(site=site) | Q(site__isnull=True, partnership=site.partnership_id))

    def followed_by(self, user) -> BodyQuerySet:
        """Groups whose meetings somebody reads: of a partnership for who steers it; of a site, and the steering group over it, for
        who coordinates it; of a site for who works there for an organisation that sits in it, and for volunteers when they do.
        """
        from .models import Membership, Seat  # noqa: PLC0415  # queryset leaf: models imports this module

        roles, day = Role.objects.of(user), today()
        own = coordinated_sites(user)
        helped = roles.filter(kind=RoleKind.VOLUNTEER).values("site")
        works = Membership.objects.on(day).filter(user=user.pk, site__in=roles.values("site"))
        seats = Seat.objects.on(day).filter(body=OuterRef(OuterRef("pk")))
        at_work = works.filter(site=OuterRef("site"), organisation__in=seats.values("organisation"))
        return self.filter(
            Q(partnership__in=steered_partnerships(user))
            | Q(site__in=own)
            | Q(site__isnull=True, partnership__in=Site.objects.filter(pk__in=own).values("partnership"))
            | Q(site__in=helped, with_volunteers=True)
            | Q(Exists(at_work))
        )

    def visible_to(self, user) -> BodyQuerySet:
        sites = Site.objects.visible_to(user)
        return self.filter(Q(site__in=sites) | Q(site__isnull=True, partnership__sites__in=sites)).distinct()


class SeatQuerySet(models.QuerySet):
    def at_desk(self, site: Site) -> SeatQuerySet:
        """Seats in the groups of a site, and in the steering group over it."""
        return self.filter(Q(body__site=site) | Q(body__site__isnull=True, body__partnership=site.partnership_id))

    def visible_to(self, user) -> SeatQuerySet:
        from .models import Body  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(body__in=Body.objects.visible_to(user))

    def on(self, day: dt.date) -> SeatQuerySet:
        """Seats in force on a local day; an unknown beginning counts as before."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user) -> MembershipQuerySet:
        """Own memberships; a coordinator those at their sites; an administrator all of them."""
        if is_administrator(user):
            return self
        own = Q(user=user.pk) if user.is_authenticated else Q(pk__in=[])
        return self.filter(own | Q(site__in=coordinated_sites(user)))

    def on(self, day: dt.date) -> MembershipQuerySet:
        """Memberships in force on a local day."""
        return self.filter(Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))

    def not_over(self, day: dt.date) -> MembershipQuerySet:
        """Memberships in force on a local day or later."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day))


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user) -> InvitationQuerySet:
        """Those for the sites one coordinates; all for an administrator."""
        return self if is_administrator(user) else self.filter(site__in=coordinated_sites(user))

    def at(self, site: Site) -> InvitationQuerySet:
        return self.filter(site=site)

    def for_token(self, token_hash: str):
        """The one invitation whose link holds this token, with all that its page says; None for an unknown one."""
        rows = self.select_related("site", "partnership", "organisation", "invited_by")
        return rows.filter(token_hash=token_hash).first()

    def waiting(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; it may be too late for it by now."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class VolunteerQuerySet(models.QuerySet):
    def visible_to(self, user) -> VolunteerQuerySet:
        """Oneself; a coordinator who helps at their sites; all for an administrator."""
        if is_administrator(user):
            return self
        own = Q(user=user.pk) if user.is_authenticated else Q(pk__in=[])
        sites = coordinated_sites(user)
        helping = Role.objects.filter(site__in=sites, kind=RoleKind.VOLUNTEER).values("user")
        return self.filter(own | Q(site__in=sites) | Q(user__in=helping)).distinct()

    def helping_at(self, site: Site, day: dt.date) -> VolunteerQuerySet:
        """Who helps at a site on a local day: with a key, or without an account. Not who never chose anything: they have no row."""
        with_key = Role.objects.active(day).at(site).filter(kind=RoleKind.VOLUNTEER).values("user")
        without = Q(site=site) & (Q(until__isnull=True) | Q(until__gte=day))
        return self.filter(Q(user__in=with_key) | without)


class OfVolunteersQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As visible as the volunteer."""
        from .models import Volunteer  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(volunteer__in=Volunteer.objects.visible_to(user))


class WelcomeQuerySet(OfVolunteersQuerySet):
    def visible_to(self, user) -> WelcomeQuerySet:
        """One's own; those at the sites one coordinates; all for an administrator."""
        if is_administrator(user):
            return self
        own = Q(volunteer__user=user.pk) if user.is_authenticated else Q(pk__in=[])
        return self.filter(own | Q(site__in=coordinated_sites(user)))


class CandidateQuerySet(DeskQuerySet):
    pass


class AwayQuerySet(OfVolunteersQuerySet):
    def on(self, day: dt.date) -> AwayQuerySet:
        return self.filter(first_day__lte=day, last_day__gte=day)
