"""Which money, visible to whom: who steers the partnership, who coordinates a site it pays for, and an administrator."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from sites.models import Site
from sites.querysets import coordinated_sites, is_administrator, steered_partnerships


class FundingQuerySet(models.QuerySet):
    def visible_to(self, user) -> FundingQuerySet:
        if is_administrator(user):
            return self
        own = coordinated_sites(user)
        shared = Q(site__isnull=True, partnership__in=Site.objects.filter(pk__in=own).values("partnership"))
        return self.filter(Q(partnership__in=steered_partnerships(user)) | Q(site__in=own) | shared)

    def at(self, site: Site) -> FundingQuerySet:
        """Of a site, and of all sites of its partnership together."""
        return self.filter(Q(site=site) | Q(site__isnull=True, partnership=site.partnership_id))

    def ending(self, first: dt.date, last: dt.date) -> FundingQuerySet:
        """Whose last day lies in `first`..`last` (inclusive), and that nothing follows."""
        return self.filter(last_day__range=(first, last), followed_by__isnull=True).order_by("last_day", "pk")

    def whole(self) -> FundingQuerySet:
        return self.select_related("site", "partnership", "followed_by")
