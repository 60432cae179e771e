"""Which rows of the network, visible to whom. Never decides what somebody may do with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from stek.time import today

from .enums import RoleKind, SiteStatus

if TYPE_CHECKING:
    from .models import Site


class RoleQuerySet(models.QuerySet):
    def active(self, day: dt.date | None = None) -> RoleQuerySet:
        """Roles in force on a local day; `until` is their last day, inclusive.

        Without a day, today in Brussels, for whatever place: a key over a whole partnership has no zone of its own, and the
        keys of somebody with several are asked in one query.
        """
        day = day or today()
        return self.filter(Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day), user__is_active=True)

    def of(self, user) -> RoleQuerySet:
        """Roles somebody has today; none for a stranger or a closed account."""
        return self.filter(user=user).active() if user.is_authenticated else self.none()

    def at(self, site: Site) -> RoleQuerySet:
        """Keys of this very site; not those over its partnership or the network."""
        return self.filter(site=site)

    def not_over(self) -> RoleQuerySet:
        """Roles in force today, and those that are still to begin."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=today()))

    def visible_to(self, user) -> RoleQuerySet:
        """Own roles; a coordinator those at their sites; an administrator all of them."""
        if is_administrator(user):
            return self
        own = Q(user=user.pk) if user.is_authenticated else Q(pk__in=[])
        return self.filter(own | Q(site__in=coordinated_sites(user)))


def is_administrator(user) -> bool:
    """Whether somebody is an administrator today. Kept on the user for one request only."""
    return bool(user.is_authenticated and user.is_active and user.has_role(RoleKind.ADMINISTRATOR))


def coordinated_sites(user) -> models.QuerySet:
    """Primary keys of the sites somebody coordinates today."""
    from .models import Role  # noqa: PLC0415  # queryset leaf: models imports this module

    return Role.objects.of(user).filter(kind=RoleKind.COORDINATOR).values("site")


def steered_partnerships(user) -> models.QuerySet:
    """Primary keys of the partnerships in whose steering group somebody sits today."""
    from .models import Role  # noqa: PLC0415  # queryset leaf: models imports this module

    return Role.objects.of(user).filter(kind=RoleKind.STEERING).values("partnership")


def messages_looked_after(user) -> Q:
    """Messages about the sites somebody coordinates; all of them for an administrator."""
    return ~Q(pk__in=[]) if is_administrator(user) else Q(site__in=coordinated_sites(user))


class SiteQuerySet(models.QuerySet):
    def public(self) -> SiteQuerySet:
        """Sites a visitor may see: those that run. What starts or has stopped is not on the street."""
        return self.filter(status=SiteStatus.ACTIVE)

    def visible_to(self, user) -> SiteQuerySet:
        """Public sites for everyone; more for who has a role there, all for an administrator."""
        if is_administrator(user):
            return self
        from .models import Role  # noqa: PLC0415  # queryset leaf: models imports this module

        roles = Role.objects.of(user)
        with_role = Q(pk__in=roles.values("site")) | Q(partnership__in=roles.values("partnership"))
        return self.filter(Q(status=SiteStatus.ACTIVE) | with_role)


class SiteScopedQuerySet(models.QuerySet):
    """Rows that hang on a site (by `site_path`) and are as visible as the site itself."""

    site_path = "site"

    def visible_to(self, user):
        from .models import Site  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(**{f"{self.site_path}__in": Site.objects.visible_to(user)})

    def at(self, site: Site):
        return self.filter(**{self.site_path: site})


class MunicipalityQuerySet(models.QuerySet):
    def visible_to(self, user) -> MunicipalityQuerySet:
        """Municipalities of sites one may see, or of places of theirs; all for an administrator."""
        if is_administrator(user):
            return self
        from .models import Place, Site  # noqa: PLC0415  # queryset leaf: models imports this module

        sites, places = Site.objects.visible_to(user), Place.objects.visible_to(user)
        return self.filter(Q(pk__in=sites.values("municipality")) | Q(pk__in=places.values("municipality")))


class PartnershipQuerySet(models.QuerySet):
    def visible_to(self, user) -> PartnershipQuerySet:
        """Partnerships of sites one may see, or over which one has a role; all for an administrator."""
        if is_administrator(user):
            return self
        from .models import Role, Site  # noqa: PLC0415  # queryset leaf: models imports this module

        with_role = Q(pk__in=Role.objects.of(user).values("partnership"))
        return self.filter(Q(pk__in=Site.objects.visible_to(user).values("partnership")) | with_role)


class OldSlugQuerySet(SiteScopedQuerySet):
    pass


class ShortLinkQuerySet(SiteScopedQuerySet):
    pass


class HomeAddressQuerySet(SiteScopedQuerySet):
    pass


class PlaceQuerySet(SiteScopedQuerySet):
    pass


class SiteCheckQuerySet(SiteScopedQuerySet):
    def visible_to(self, user) -> SiteCheckQuerySet:
        """Not for the street: those of the sites one coordinates; all for an administrator."""
        return self if is_administrator(user) else self.filter(site__in=coordinated_sites(user))


class PartnershipWideQuerySet(models.QuerySet):
    """Rows of one site, or of all sites of a partnership when `site` is empty."""

    def at(self, site: Site):
        return self.filter(Q(site=site) | Q(site__isnull=True, partnership=site.partnership_id))

    def visible_to(self, user):
        from .models import Site  # noqa: PLC0415  # queryset leaf: models imports this module

        sites = Site.objects.visible_to(user)
        return self.filter(Q(site__in=sites) | Q(site__isnull=True, partnership__sites__in=sites)).distinct()


class ClosureQuerySet(PartnershipWideQuerySet):
    def touching(self, first: dt.date, last: dt.date) -> ClosureQuerySet:
        """Closures with at least one day in `first`..`last`, both inclusive."""
        return self.filter(first_day__lte=last, last_day__gte=first)


class MilestoneQuerySet(PartnershipWideQuerySet):
    def in_order(self) -> MilestoneQuerySet:
        """By first day, the coarser date first: "maart 2022" stands before "14 maart 2022"."""
        return self.order_by("day", "-precision", "position", "pk")


class UserQuerySet(models.QuerySet):
    def visible_to(self, user) -> UserQuerySet:
        """Oneself; who has a role at a site one coordinates; everyone for an administrator."""
        if is_administrator(user):
            return self
        if not user.is_authenticated:
            return self.none()
        from .models import Role  # noqa: PLC0415  # queryset leaf: models imports this module

        colleagues = Role.objects.filter(site__in=coordinated_sites(user)).values("user")
        return self.filter(Q(pk=user.pk) | Q(pk__in=colleagues))

    def opening_nothing(self) -> UserQuerySet:
        """Closed accounts, and those without a key today or later."""
        from .models import Role  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(Q(is_active=False) | ~Q(pk__in=Role.objects.not_over().values("user")))

    def coordinating(self, *sites: Site) -> UserQuerySet:
        """Who coordinates a site today, or any of these, each once and by when they were added."""
        return self._with(Q(kind=RoleKind.COORDINATOR, site__in=sites))

    def carrying(self, sites: Iterable[Site], partnership: int) -> UserQuerySet:
        """Who coordinates any of these sites today, and who sits in the steering group over them."""
        steers = Q(kind=RoleKind.STEERING, partnership=partnership)
        return self._with(Q(kind=RoleKind.COORDINATOR, site__in=sites) | steers)

    def _with(self, roles: Q) -> UserQuerySet:
        from .models import Role  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(pk__in=Role.objects.active().filter(roles).values("user")).order_by("pk")


class ChangeLogQuerySet(PartnershipWideQuerySet):
    def visible_to(self, user) -> ChangeLogQuerySet:
        """What changed at the sites one coordinates, or at all sites of their partnership; everything for an administrator."""
        if is_administrator(user):
            return self
        from .models import Site  # noqa: PLC0415  # queryset leaf: models imports this module

        own = coordinated_sites(user)
        partnerships = Site.objects.filter(pk__in=own).values("partnership")
        return self.filter(Q(site__in=own) | Q(site__isnull=True, partnership__in=partnerships))
