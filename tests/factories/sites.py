"""Rows of the sites room. Every function takes what differs and fills in the rest."""

from __future__ import annotations

import datetime as dt
from itertools import count

from sites.enums import RoleKind, SiteKind, SiteStatus
from sites.models import (
    ChangeLog,
    Closure,
    HomeAddress,
    Milestone,
    Municipality,
    OldSlug,
    Partnership,
    Place,
    Role,
    ShortLink,
    Site,
    SiteCheck,
    User,
)

_number = count(1)


def make_municipality(**fields) -> Municipality:
    number = next(_number)
    return Municipality.objects.create(**{"code": f"gemeente-{number}", "name": f"Gemeente {number}"} | fields)


def make_partnership(**fields) -> Partnership:
    number = next(_number)
    return Partnership.objects.create(**{"slug": f"verband-{number}", "name": f"Verband {number}"} | fields)


def make_site(**fields) -> Site:
    """An active site in a partnership and a municipality of its own."""
    number = next(_number)
    if "partnership" not in fields:
        fields["partnership"] = make_partnership()
    if "municipality" not in fields:
        fields["municipality"] = make_municipality()
    plain = {"slug": f"plek-{number}", "name": f"Plek {number}", "kind": SiteKind.NEW, "status": SiteStatus.ACTIVE}
    return Site.objects.create(**plain | fields)


def make_short_link(site: Site, **fields) -> ShortLink:
    plain = {"code": f"code{next(_number)}", "kind": "site", "language": "nl"}
    return ShortLink.objects.create(site=site, **plain | fields)


def make_old_slug(site: Site, slug: str) -> OldSlug:
    return OldSlug.objects.create(site=site, slug=slug)


def make_place(site: Site, **fields) -> Place:
    return Place.objects.create(site=site, **{"name": f"Lokaal {next(_number)}"} | fields)


def make_home_address(site: Site, **fields) -> HomeAddress:
    if "place" not in fields:
        fields["place"] = make_place(site)
    return HomeAddress.objects.create(site=site, **{"since": dt.date(2022, 1, 1)} | fields)


def make_closure(site: Site | None = None, **fields) -> Closure:
    """A week in summer, at one site; without a site, at the whole `partnership`."""
    plain = {"first_day": dt.date(2023, 7, 17), "last_day": dt.date(2023, 7, 23), "reason": "Zomersluiting"}
    if site:
        plain["partnership"] = site.partnership
    return Closure.objects.create(site=site, **plain | fields)


def make_milestone(site: Site | None = None, **fields) -> Milestone:
    plain = {"day": dt.date(2022, 6, 1), "text": "De deur gaat open"}
    if site:
        plain["partnership"] = site.partnership
    return Milestone.objects.create(site=site, **plain | fields)


def make_check(site: Site, **fields) -> SiteCheck:
    plain = {"day": dt.date(2023, 3, 1), "answers": {"reachable": {"score": "partly", "note": ""}}}
    return SiteCheck.objects.create(site=site, **plain | fields)


def make_user(**fields) -> User:
    return User.objects.create(**{"email": f"mens-{next(_number)}@example.org"} | fields)


def make_role(kind: RoleKind, *, user: User | None = None, **fields) -> Role:
    """A role since 2022, of somebody new unless `user` is given. Scope: `site` or `partnership`."""
    return Role.objects.create(user=user or make_user(), kind=kind, **{"since": dt.date(2022, 1, 1)} | fields)


def make_person(kind: RoleKind, **fields) -> User:
    """Somebody with one role."""
    return make_role(kind, **fields).user


def make_change(site: Site | None = None, **fields) -> ChangeLog:
    return ChangeLog.objects.create(
        site=site, **{"verb": "test", "about_model": "sites.site", "about_id": "1"} | fields
    )
