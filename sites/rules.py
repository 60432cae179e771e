"""Questions about sites and dates. Never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import ForeignObjectRel, QuerySet
from django.utils.translation import gettext as _

from stek.outbox.models import Delivery
from stek.time import today

from .dated import in_force
from .enums import RoleKind, SiteStatus
from .holidays import holidays_between
from .models import ChangeLog, Closure, HomeAddress, OldSlug, Partnership, Role, ShortLink, Site, User
from .querysets import RoleQuerySet
from .rights import Right, can
from .words import Dutch

DAY = dt.timedelta(days=1)

# Who may invite whom, at their own site or over a partnership.
INVITES: dict[RoleKind, frozenset[RoleKind]] = {
    RoleKind.ADMINISTRATOR: frozenset({RoleKind.COORDINATOR, RoleKind.STEERING}),
    RoleKind.COORDINATOR: frozenset({RoleKind.COORDINATOR, RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER}),
}
# What an administrator may give to an account that is there already, without asking.
GRANTS = frozenset({RoleKind.COORDINATOR, RoleKind.STEERING, RoleKind.ADMINISTRATOR})
OF_A_PARTNERSHIP = frozenset({RoleKind.STEERING})
OF_A_SITE = frozenset({RoleKind.COORDINATOR, RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER})
LONGEST_CLOSURE = dt.timedelta(days=366)
# What a site may leave behind: where it once stood, who did what, and what was told of it.
FORGOTTEN = (ChangeLog, OldSlug, ShortLink, Delivery)


def closed_days(
    site: Site, closures: Iterable[Closure], first: dt.date, last: dt.date, language: str = "nl"
) -> dict[dt.date, str]:
    """Local date -> why the door is shut, for the days of `first`..`last` (inclusive) that are closed.

    Closures that do not cover the site are left aside. A period the partnership chose says more than the holiday inside it, so its reason wins.
    """
    holidays = holidays_between(first, last, language)
    closed = {day: name for day, name in holidays.items() if site.closes_on_a_holiday(day)}
    for closure in closures:
        if not closure.covers(site):
            continue
        day = max(first, closure.first_day)
        while day <= min(last, closure.last_day):
            closed[day] = Dutch(closure.reason)
            day += dt.timedelta(days=1)
    return closed


def home_on(addresses: Iterable[HomeAddress], day: dt.date) -> HomeAddress | None:
    """The address in force on a day; the first one for a day before it."""
    return in_force(addresses, day)


def has_begun(home: HomeAddress) -> bool:
    """From its first day on an address is history: it is followed by another, and no longer corrected."""
    return home.since <= today(home.site.time_zone)


def can_act_for_all(user: User | AnonymousUser, partnership: Partnership) -> bool:
    """Who may close, or note a key moment of, all sites of a partnership at once:

    - an administrator;
    - who coordinates every one of its sites that has not stopped.
    """
    sites = partnership.sites.exclude(status=SiteStatus.STOPPED)
    return can(user, Right.MANAGE_NETWORK) or (
        sites.exists() and all(can(user, Right.MANAGE_PEOPLE, site) for site in sites)
    )


def has_history(site: Site) -> bool:
    """Whether anything in any room hangs on a site, besides lines of the change log and its former addresses."""
    for relation in site._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in FORGOTTEN:
            rows: QuerySet = relation.field.model._base_manager.filter(**{relation.field.name: site})
            if rows.exists():
                return True
    return False


def check_closure(*, first_day: dt.date, last_day: dt.date, on: dt.date) -> None:
    """Raises ValidationError, by field, for days that cannot be closed on local day `on`: past ones, or so many that it is a slip."""
    if first_day < on:
        raise ValidationError({"first_day": _("Wat voorbij is, verandert niet meer. Kies vandaag of later.")})
    if first_day > on + 2 * LONGEST_CLOSURE:
        raise ValidationError({"first_day": _("Dat is meer dan twee jaar ver. Kijk het jaar na.")})
    if last_day < first_day:
        raise ValidationError({"last_day": _("De laatste dag ligt voor de eerste dag.")})
    if last_day - first_day > LONGEST_CLOSURE:
        raise ValidationError(
            {"last_day": _("Dat is langer dan een jaar. Kijk het jaar na, of zet de plek op gestopt.")}
        )


def can_repair(user: User | AnonymousUser) -> bool:
    """Who may look and repair in Django's admin:

    - an administrator, as long as the role lasts.
    """
    return can(user, Right.MANAGE_NETWORK)


def may_invite(
    user: User | AnonymousUser, *, site: Site | None = None, partnership: Partnership | None = None
) -> frozenset[RoleKind]:
    """The kinds of key somebody may invite for, at a site or over a partnership:

    - an administrator: a coordinator, a member of the steering group;
    - a coordinator, at the own site: a second coordinator, a worker of a partner, a volunteer.
    """
    if not (isinstance(user, User) and user.is_active):
        return frozenset()
    covering = [role for role in user.active_roles if _reaches(role, site)]
    kinds = frozenset[RoleKind]().union(*(INVITES.get(RoleKind(role.kind), frozenset()) for role in covering))
    return kinds & (OF_A_SITE if site else OF_A_PARTNERSHIP if partnership else frozenset())


def _reaches(role: Role, site: Site | None) -> bool:
    """Over a partnership only an administrator's role does."""
    return role.kind == RoleKind.ADMINISTRATOR or (site is not None and role.covers(site))


def can_invite(
    user: User | AnonymousUser, kind: str, *, site: Site | None = None, partnership: Partnership | None = None
) -> bool:
    """Who `may_invite` names this kind for."""
    return kind in may_invite(user, site=site, partnership=partnership)


def can_end_role(user: User | AnonymousUser, role: Role) -> bool:
    """Who may let a key end:

    - an administrator, every one;
    - a coordinator, those of the own site, the own one too.
    """
    if can(user, Right.MANAGE_NETWORK):
        return True
    return role.site is not None and can(user, Right.MANAGE_PEOPLE, role.site)


def coordinates(user: User, site: Site) -> bool:
    """Whether somebody has the coordinator's key of this very site today."""
    return any(role.kind == RoleKind.COORDINATOR and role.site_id == site.pk for role in user.active_roles)


def coordinated_until(site: Site, *, without: Role | None = None, until: dt.date | None = None) -> dt.date:
    """The last day of the unbroken row of days, from today on, on which somebody coordinates a site.

    Yesterday when nobody does; `date.max` when there is no end to it. `without` is a role that does not count, or only up to `until`.
    """
    return _held_until(Role.objects.at(site).filter(kind=RoleKind.COORDINATOR), without, until)


def administered_until(*, without: Role | None = None, until: dt.date | None = None) -> dt.date:
    """The same for the whole network and its administrators."""
    return _held_until(Role.objects.filter(kind=RoleKind.ADMINISTRATOR), without, until)


def _held_until(roles: RoleQuerySet, without: Role | None, until: dt.date | None) -> dt.date:
    open_roles = roles.not_over().filter(user__is_active=True)
    periods = [
        (role.since, role.until or dt.date.max) for role in open_roles if without is None or role.pk != without.pk
    ]
    if without is not None and until is not None:
        periods.append((without.since, until))
    last = today() - DAY
    for since, end in sorted(periods):
        if last == dt.date.max or since > last + DAY:
            break
        last = max(last, end)
    return last


def is_last_coordinator(role: Role, *, on: dt.date) -> bool:
    """Whether the site of this role would be without a coordinator sooner than now, if the role's last day were `on`.

    A co-coordinator whose own key ends is no cover for the days after that. A site that has stopped needs none.
    """
    if role.kind != RoleKind.COORDINATOR or role.site is None or role.site.status == SiteStatus.STOPPED:
        return False
    return coordinated_until(role.site, without=role, until=on) < coordinated_until(role.site)


def is_last_administrator(role: Role, *, on: dt.date) -> bool:
    """Whether the network would be without an administrator sooner than now, if the role's last day were `on`."""
    if role.kind != RoleKind.ADMINISTRATOR:
        return False
    return administered_until(without=role, until=on) < administered_until()
