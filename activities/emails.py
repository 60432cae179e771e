"""Letters about the offer: which row is written, and what it says when it leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sites.models import User
from sites.words import Dutch
from stek.outbox import post
from stek.outbox.kinds import Kind, Screen, add_kind
from stek.outbox.models import Delivery
from stek.time import today

from .change_words import tell
from .effects import Effect, Held, begin_of, compare, held_of
from .enums import OccurrenceStatus
from .models import Activity, Occurrence, Series
from .standing import SOURCE_LANGUAGE, Offer, standing
from .telling import new_day_words

OFFER_CHANGED = "activities/offer_changed"

# A date as facts: day, begin, end, part of the day, key of its place and of its agreement; its stops, whether it is
# opened, keys of who organises it.
type Packed = list[Any]


def offer_changed(effect: Effect, *, to: User, has_places: bool = False) -> None:
    """To who works on it: everything that changes, in one letter. `has_places`: to who has a place in a shift on one of the dates.

    What changes again before the letter leaves goes along in it, and what is undone before it leaves is told to nobody.
    """
    activity, about = effect.activity, f"activity:{effect.activity.pk}"
    known: dict[str, Packed | None] = {str(held.id): None for date in effect.dates if (held := date.new)}
    known |= {str(held.id): packed(held) for date in effect.dates if (held := date.old)}
    waiting = Delivery.objects.waiting().filter(kind=OFFER_CHANGED, user=to, about=about).first()
    if waiting:
        known |= waiting.facts["known"]  # what the reader knows is from before that one
    begins_at = _begin_of_the_only(effect) if not waiting else None
    has_places = has_places or bool(waiting and waiting.facts.get("has_places"))
    facts = {"activity": activity.pk, "known": known, "has_places": has_places}
    post(OFFER_CHANGED, to=to, about=about, site=activity.site, facts=facts, begins_at=begins_at)


def _begin_of_the_only(effect: Effect) -> dt.datetime | None:
    """When one date changes, the moment it begins: soon is urgent, and later than that nobody needs the letter any more."""
    held = [held for date in effect.dates for held in (date.old, date.new) if held]
    if len(effect.dates) != 1:
        return None
    return min(begin_of(one, effect.activity.site.time_zone) for one in held)


def packed(held: Held) -> Packed:
    """A date as the facts of a message hold it."""
    begin, end = map(_iso, (held.begin, held.end))
    return [
        held.day.isoformat(), begin, end, held.part, held.place, held.series, held.halts, held.is_opened, held.hosts,
    ]  # fmt: skip


def unpacked(key: str, packed: Packed) -> Held:
    day, begin, end, part, place, series, halts, is_opened, hosts = packed
    times = [dt.time.fromisoformat(time) if time else None for time in (begin, end)]
    stops = tuple((place, begins, ends) for place, begins, ends in halts)
    return Held(
        int(key), series, dt.date.fromisoformat(day), times[0], times[1], part, place, stops, is_opened, tuple(hosts)
    )


def say() -> None:
    """For `AppConfig.ready`."""
    screen = Screen(_("Er verandert iets waar je aan meewerkt."))
    add_kind(Kind(OFFER_CHANGED, _("het aanbod waar je aan meewerkt, verandert"), _offer_changed, screen=screen))


def _offer_changed(delivery: Delivery) -> dict[str, Any] | None:
    """What is different now from what the reader knows; None when that is nothing."""
    activity = Activity.objects.select_related("site__municipality").filter(pk=delivery.facts["activity"]).first()
    if activity is None:
        return None
    day = today(activity.site.time_zone)
    known = delivery.facts["known"]
    before = {int(key): unpacked(key, packed) for key, packed in known.items() if packed}
    rows = list(
        Occurrence.objects.filter(pk__in=[int(key) for key in known])
        .select_related("series")
        .prefetch_related("stops", "series__organisers")
    )
    after = {row.pk: held_of(row) for row in rows if is_held(row)}
    dates = [date for date in compare(before, after) if date.day >= day]
    if not dates:
        return None
    series = Series.objects.published().filter(activity=activity).order_by("-first_day", "-pk").first()
    effect = Effect(activity, day, dates)
    following = _following(effect)
    return {
        "site": activity.site, "title": series.title if series else rows[0].series.title,
        "told": tell(effect), "reason": _reason(effect, rows, following), "following": new_day_words(following) if following else "",
        "shifts": reverse("activities:open_shifts") if following and delivery.facts.get("has_places") else "",
        "path": reverse("activities:activity", args=[activity.site.slug, activity.slug]),
    }  # fmt: skip


def is_held(row: Occurrence) -> bool:
    """Whether it takes place as far as its agreement goes; its series is read along. Closed days are not looked at."""
    return row.status == OccurrenceStatus.PLANNED and row.series.is_published and not row.series.is_undone


def _iso(time: dt.time | None) -> str | None:
    return time.isoformat() if time else None


def _following(effect: Effect) -> Offer | None:
    """The agreement on another day of the week that holds instead of the dates that fall away."""
    facts = standing(effect.activity.site, get_language() or SOURCE_LANGUAGE)
    for held in reversed(effect.gone):
        offer = facts.offers.get(held.series)
        following = facts.holding_on(offer, held.day) if offer else None
        if offer and following and following.rule.weekday not in {None, offer.rule.weekday}:
            return following
    return None


def _reason(effect: Effect, rows: Iterable[Occurrence], following: Offer | None) -> str:
    """What visitors are told too: with the agreement that came in the place of another, or with the dates, when it is said of each."""
    if following and following.reason:
        return following.reason
    told = {held.id for date in effect.dates for held in (date.old, date.new) if held}
    notes = {row.note for row in rows if row.pk in told}
    reasons = [row.series.reason for row in rows if row.series.reason and row.series.follows_id]
    found = notes.pop() if len(notes) == 1 else ""
    found = found or next(iter(reasons), "")
    return Dutch(found) if found else ""
