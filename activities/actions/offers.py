"""New offers: begun by a coordinator, proposed by a partner, published or put aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from activities.models import Activity, ActivityType, Series
from activities.on_paper import OF_ACTIVITY
from partners.models import Organisation
from sites.actions import log_change, schedule_changed
from sites.actions.short_link import give_short_links
from sites.models import Site, User

from .materialise import make_dates
from .needs import copy_needs
from .series import copy_texts, locked, start_series

LONGEST_SLUG = 70  # of 80: room for a number


@transaction.atomic
def begin_offer(
    site: Site, *, by: User | None, type: ActivityType, functions: Sequence[str],
    organisers: Sequence[Organisation] = (), publish: bool, proposed_by: Organisation | None = None, volunteers_allowed: bool = True,
    **agreed: Any,
) -> Series:  # fmt: skip
    """A new activity with its first agreement; `functions` are codes of the four. Not public until it is published.

    Raises ValidationError, by field, when it cannot be kept.
    """
    if not functions:
        raise ValidationError({"functions": _("Kies waarvoor mensen komen.")})
    slug = _free_slug(site, agreed.get("title", ""))
    activity = Activity(site=site, type=type, slug=slug, volunteers_allowed=volunteers_allowed)
    for function in functions:
        setattr(activity, function, True)
    activity.full_clean(exclude=["site", "type"])
    activity.save()
    give_short_links(site, kind=OF_ACTIVITY, numbers=[activity.pk])
    log_change(by=by, verb="begin_offer", about=activity, site=site, changes={"slug": [None, activity.slug]})
    return start_series(activity, by=by, organisers=organisers, publish=publish, proposed_by=proposed_by, **agreed)


def _free_slug(site: Site, title: str) -> str:
    """From the title; addresses are never given away, so a second one of the same name gets a number."""
    wanted = slugify(title)[:LONGEST_SLUG].strip("-") or "activiteit"
    taken = set(Activity.objects.filter(site=site, slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted if n == 1 else f"{wanted}-{n}" for n in count(1)) if slug not in taken)


@transaction.atomic
def publish(series: Series, *, by: User | None) -> Series:
    """Let everyone see a draft, with its dates. Twice changes nothing."""
    series = locked(series)
    if series.is_published:
        return series
    series.is_published = True
    series.save(update_fields=["is_published"])
    make_dates(series)
    schedule_changed(series.activity.site_id)
    log_change(
        by=by, verb="publish", about=series, site=series.activity.site, changes={"is_published": [False, True]}
    )  # fmt: skip
    return series


@transaction.atomic
def discard(series: Series, *, by: User | None, reason: str = "") -> None:
    """Put a draft aside; its activity too when it has nothing else. Raises ValidationError for what was published: that ends."""
    series = locked(series)
    if series.is_published:
        raise ValidationError(_("Dit is al zichtbaar. Laat het stoppen in plaats van het weg te gooien."))
    activity = series.activity
    log_change(
        by=by,
        verb="discard",
        about=activity,
        site=activity.site,
        reason=reason,
        changes={"slug": [activity.slug, None]},
    )
    series.delete()
    if not activity.series.exists():
        activity.delete()


@transaction.atomic
def copy_season(
    series: Sequence[Series], *, shift: dt.timedelta, last_day: dt.date | None, by: User | None
) -> list[Series]:
    """The same agreements again as drafts, begun `shift` later on the same weekdays; whole weeks only.

    What follows an agreement is not linked: a season that was over begins anew. Raises ValidationError for a shift that is
    not of whole weeks.
    """
    if shift.days % 7:
        raise ValidationError({"first_day": _("Schuif een aantal hele weken op, anders klopt de dag niet meer.")})
    return [_copy(one, shift=shift, last_day=last_day, by=by) for one in series]


COPIED = [
    "title", "description", "audience", "with_volunteers", "price_kind", "price_cents", "place", "frequency", "weekday",
    "interval", "nth", "begin", "end", "part", "shares_room",
]  # fmt: skip


def _copy(series: Series, *, shift: dt.timedelta, last_day: dt.date | None, by: User | None) -> Series:
    hosts = [one.organisation for one in series.organisers.select_related("organisation")]
    agreed = {name: getattr(series, name) for name in COPIED}
    end = last_day or (series.last_day + shift if series.last_day else None)
    copy = start_series(
        series.activity,
        by=by,
        organisers=hosts,
        publish=False,
        first_day=series.first_day + shift,
        last_day=end,
        **agreed,
    )
    copy_texts(series, copy)
    copy_needs(series, copy)
    return copy
