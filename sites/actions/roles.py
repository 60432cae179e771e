"""Keys are given and end. A site never loses its last coordinator by accident, nor the network its last administrator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sites import emails
from sites.enums import RoleKind, SiteStatus
from sites.models import Partnership, Role, Site, User
from sites.querysets import RoleQuerySet
from sites.rules import administered_until, coordinated_until, coordinates
from sites.words import date_words
from stek.time import today

from .keys import keys_changed
from .log import log_change

DAY = dt.timedelta(days=1)


@contextmanager
def keep_coordinated(site_ids: Iterable[int]) -> Iterator[None]:
    """Around any change that can take a coordinator away, in its transaction.

    Raises ValidationError when one of the sites would be without a coordinator sooner than before. The sites stay locked, in order, so
    that two coordinators who end each other at once take turns. Locks a person before a site, never the other way round.
    """
    locked = Site.objects.select_for_update(no_key=True).filter(pk__in=set(site_ids)).order_by("pk")
    sites = [site for site in locked if site.status != SiteStatus.STOPPED]
    before = {site.pk: coordinated_until(site) for site in sites}
    yield
    for site in sites:
        if coordinated_until(site) < before[site.pk]:
            text = _(
                "Dan heeft %(site)s geen opbouwwerker meer. Nodig eerst een opvolger uit; zegt die ja, dan kan dit."
            )
            raise ValidationError(text, code="last_coordinator", params={"site": site.name})


@contextmanager
def keep_administered() -> Iterator[None]:
    """The same around what can take an administrator away; the way back in is `manage.py grant`.

    All their keys stay locked, in order: two who end each other at once take turns.
    """
    list(Role.objects.select_for_update().filter(kind=RoleKind.ADMINISTRATOR).order_by("pk"))
    before = administered_until()
    yield
    if administered_until() < before:
        text = _("Dan heeft STEK geen beheerder meer. Geef eerst iemand anders die sleutel; daarna kan dit.")
        raise ValidationError(text, code="last_administrator")


@contextmanager
def keep_keys(roles: Collection[Role]) -> Iterator[None]:
    """Around any change to these keys or to whose they are, in its transaction: both guards, as far as the keys need them."""
    with ExitStack() as guards:
        if any(role.kind == RoleKind.ADMINISTRATOR for role in roles):
            guards.enter_context(keep_administered())
        site_ids = {role.site_id for role in roles if role.kind == RoleKind.COORDINATOR and role.site_id}
        guards.enter_context(keep_coordinated(site_ids))
        yield


@transaction.atomic
def grant_role(
    user: User,
    *,
    kind: RoleKind,
    by: User | None,
    site: Site | None = None,
    partnership: Partnership | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Role:
    """Give somebody a key from a day (today) until a last day, inclusive (None: until it is ended).

    Never shortens or doubles: a role that touches the days asked for grows to hold them. Who should know of it is told
    (`who_hear_of`). Raises ValidationError for a scope that is not of this kind.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    role = Role(user=user, kind=kind, site=site, partnership=partnership, since=since or today(), until=until)
    role.full_clean(exclude=["user"])
    # Asked before: who gives the coordinator's key to themself comes from outside all the same.
    hearers = who_hear_of(role, by=by)
    had = list(_touching(role).order_by("since", "pk"))
    if had:
        role, is_new = _widen(had, role, by)
    else:
        is_new = True
        role.save()
        log_change(by=by, verb="grant_role", about=role, site=site, changes=_days(None, role) | {"kind": [None, kind]})
    if is_new:
        tell_of_key(role, hearers)
    return role


def _touching(role: Role) -> RoleQuerySet:
    """Roles of the same person, kind and scope without a free day between them and this one."""
    same = Role.objects.filter(user=role.user, kind=role.kind, site=role.site, partnership=role.partnership)
    reaching = same.filter(Q(until__isnull=True) | Q(until__gte=role.since - DAY))
    return reaching.filter(since__lte=role.until + DAY) if role.until else reaching


def _widen(had: list[Role], wanted: Role, by: User | None) -> tuple[Role, bool]:
    """Let the first of these roles hold all their days and those wanted; the others are in it then. With it: was that any different?"""
    role, *others = had
    before = Role(since=role.since, until=role.until)
    role.since = min(one.since for one in (*had, wanted))
    ends = [one.until for one in (*had, wanted)]
    role.until = None if None in ends else max(end for end in ends if end)
    changes = _days(before, role)
    if changes:
        Role.objects.filter(pk__in=[one.pk for one in others]).delete()
        role.save(update_fields=["since", "until"])
        log_change(by=by, verb="extend_role", about=role, site=role.site, changes=changes)
    return role, bool(changes)


@transaction.atomic
def end_role(role: Role, *, on: dt.date, by: User | None) -> None:
    """Let a key end at midnight after `on`, its last day, and tell its owner. Once more with the same day changes nothing.

    Raises ValidationError for a day before today, for a later day than the key already has, and for a site's last coordinator
    or the last administrator.
    """
    with keep_keys([role]):
        role = (
            Role.objects.select_for_update(of=("self",)).select_related("user", "site", "partnership").get(pk=role.pk)
        )
        if role.until == on:
            return
        refuse_end(role, on)
        _end(role, on, by)


def refuse_end(role: Role, on: dt.date) -> None:
    """Raises ValidationError when `on` cannot be the last day of this role, whoever else is there."""
    if on < today():
        raise ValidationError({"on": _("Kies vandaag of een dag later. Wat voorbij is, kan niet meer anders.")})
    if role.until and on > role.until:
        text = _("Deze sleutel eindigt al op %(day)s. Langer kan met een nieuwe uitnodiging.")
        raise ValidationError({"on": text % {"day": date_words(role.until, _("j F Y"))}})


def _end(role: Role, on: dt.date, by: User | None) -> None:
    changes = {"until": [str(role.until) if role.until else None, str(on)]}
    log_change(by=by, verb="end_role", about=role, site=role.site, changes=changes)
    role.until = on
    emails.key_ends(role)
    if on < role.since:
        role.delete()  # it had not begun yet, so it never was
    else:
        role.save(update_fields=["until"])
    keys_changed(role.user_id)


def _days(old: Role | None, new: Role) -> dict[str, list[str | None]]:
    def words(role: Role | None, name: str) -> str | None:
        value = role and getattr(role, name)
        return str(value) if value else None

    changes = {name: [words(old, name), words(new, name)] for name in ("since", "until")}
    return {name: change for name, change in changes.items() if change[0] != change[1]}


def who_hear_of(role: Role, *, by: User | None) -> list[User]:
    """Who should know that this key is given, when it is not they who give or get it. To be asked before it is given.

    - of a key of a site: its coordinators, unless one of them gives it;
    - of a key over a partnership: the coordinators of its sites;
    - of an administrator's key: the other administrators.
    """
    if role.site:
        if by and coordinates(by, role.site):
            return []
        users = User.objects.coordinating(role.site)
    else:
        above = Role.objects.active()
        if role.partnership:
            above = above.filter(kind=RoleKind.COORDINATOR, site__partnership=role.partnership)
        else:
            above = above.filter(kind=RoleKind.ADMINISTRATOR)
        users = User.objects.filter(pk__in=above.values("user")).order_by("pk")
    return list(users.exclude(pk__in=[role.user_id, *([by.pk] if by else [])]))


def tell_of_key(role: Role, hearers: Iterable[User]) -> None:
    """A key that nobody hears of could be given unseen."""
    for hearer in hearers:
        emails.key_from_outside(role, to=hearer)
