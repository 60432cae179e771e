"""Which lines of the referral guide, visible to whom."""

from __future__ import annotations

from django.db import models

from sites.models import Site


class ServiceQuerySet(models.QuerySet):
    def visible_to(self, user) -> ServiceQuerySet:
        """As visible as a site of the partnership: the guide is there for everybody."""
        return self.filter(partnership__in=Site.objects.visible_to(user).values("partnership"))

    def at_desk(self, site: Site) -> ServiceQuerySet:
        return self.filter(partnership=site.partnership_id)

    def offered(self) -> ServiceQuerySet:
        return self.filter(is_active=True)

    def whole(self) -> ServiceQuerySet:
        return self.select_related("organisation", "partnership").prefetch_related("organisation__names")
