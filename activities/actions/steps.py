"""A change of the schedule as a step: rehearsed to see whom it touches, taken, and undone until it begins."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.effects import Effect, Held, begin_of, compare, held_dates
from activities.models import Activity, Series, Step
from activities.rooms import shared_rooms
from sites.actions import log_change, schedule_changed
from sites.models import User
from sites.seen import Overtaken
from stek.time import clock_of, now, today

from .materialise import make_dates
from .needs import give_back_needs, hold_places
from .several import lock_keys
from .snapshot import PARTS, Snapshot, differing, fingerprint, put_back, take

# How an activity stands that is not there yet.
NOTHING: Snapshot = {"series": {}, "occurrences": {}, **{name: {} for name in PARTS}}

# Does the change; called inside the transaction, under the lock of the activity.
Change = Callable[[], Any]


class _SeenEnough(Exception):  # ends a rehearsal, not a fault
    """Take everything back."""


def rehearse(activity: Activity, change: Change) -> Effect:
    """What a change would do, exactly: it is done and taken back. Raises ValidationError as the change itself does."""
    effect = None
    try:
        with transaction.atomic():
            effect, _before, _after = _do(activity, change)
            raise _SeenEnough  # noqa: TRY301  # so that the transaction is taken back
    except _SeenEnough:
        assert effect is not None
        return effect


def rehearse_new(begin: Callable[[], Series]) -> Effect:
    """The same for an agreement that is not there yet; every date of it is one that comes."""
    effect = None
    try:
        with transaction.atomic():
            effect = _begun(begin())
            raise _SeenEnough  # noqa: TRY301  # so that the transaction is taken back
    except _SeenEnough:
        assert effect is not None
        return effect


@transaction.atomic
def begin_step(begin: Callable[[], Series]) -> Series:
    """Begin an agreement that can be undone until its first date: then it never was, for visitors."""
    series = begin()
    effect = _begun(series)
    others = Series.objects.filter(activity=series.activity_id).exclude(pk=series.pk)
    if effect and not others.exists():
        after = take(series.activity, effect.since)
        Step.objects.create(
            activity=series.activity, verb="start_series", since=effect.since, until=_until(effect, NOTHING, after),
            before=NOTHING, after=fingerprint(after),
        )  # fmt: skip
    return series


def _begun(series: Series) -> Effect:
    since = today(series.activity.site.time_zone)
    return _effect(series.activity, since, NOTHING, take(series.activity, since), only=series.pk)


@transaction.atomic
def take_step(
    activity: Activity, change: Change, *, verb: str, key: uuid.UUID | None = None, seen: str | None = None
) -> tuple[Effect, Step | None]:
    """Do a change and keep how to undo it; no step when nothing came of it. Raises ValidationError as the change itself does.

    With a `key` that was used before nothing is done again: somebody clicked twice. Raises `Overtaken` when the activity is no
    longer as it was `seen` (`stamp`).
    """
    locked = Activity.objects.select_for_update(of=("self",)).select_related("site").get(pk=activity.pk)
    if key and (found := Step.objects.filter(uuid=key).first()):
        return Effect(locked, today(locked.site.time_zone), []), found
    if seen is not None and seen != stamp(locked):
        raise Overtaken(locked)
    effect, before, after = _do(locked, change)
    if before == after:
        return effect, None
    step = Step.objects.create(
        uuid=key or uuid.uuid4(), activity=locked, verb=verb, since=effect.since, until=_until(effect, before, after),
        before=before, after=fingerprint(after),
    )  # fmt: skip
    return effect, step


def stamp(activity: Activity) -> str:
    """How an activity stands today, as a short word that goes along in a form."""
    return fingerprint(take(activity, today(activity.site.time_zone)))


def _do(activity: Activity, change: Change) -> tuple[Effect, Snapshot, Snapshot]:
    locked = Activity.objects.select_for_update(of=("self",)).select_related("site").get(pk=activity.pk)
    since = today(locked.site.time_zone)
    before = take(locked, since)
    change()
    after = take(locked, since)
    return _effect(locked, since, before, after), before, after


def _effect(
    activity: Activity, since: dt.date, before: Snapshot, after: Snapshot, *, only: int | None = None
) -> Effect:
    """Only what is still to come: a date that was held this morning is told to nobody. `only` of one agreement, if asked."""
    old = held_dates(before)
    new = held_dates(after)
    dates = compare(_from(old, since), _from(new, since))
    touched = {str(held.series) for date in dates for held in (date.old, date.new) if held}
    hosts = {
        row["organisation_id"]
        for taken in (before, after)
        for key in touched & taken["organisers"].keys()
        for row in taken["organisers"][key]["rows"]
    }
    if only is not None:
        dates = [date for date in dates if date.new and date.new.series == only]
        new = {key: held for key, held in new.items() if held.series == only}
    coming = sorted(_from(new, since).values(), key=lambda held: (held.day, held.begin or dt.time(0)))
    rooms = shared_rooms(activity.site, [date.new for date in dates if date.new])
    return Effect(activity, since, dates, coming, hosts, rooms)


def _from(held: dict[int, Held], since: dt.date) -> dict[int, Held]:
    return {key: date for key, date in held.items() if date.day >= since}


def _until(effect: Effect, before: Snapshot, after: Snapshot) -> dt.datetime:
    """The moment the first date begins that is another one, or of which something else is told; if there is none, midnight."""
    site, touched = effect.activity.site, differing(before, after)
    begins = [
        begin_of(held, site.time_zone)
        for taken in (before, after)
        for key, held in _from(held_dates(taken), effect.since).items()
        if key in touched
    ]
    midnight = dt.datetime.combine(effect.since + dt.timedelta(days=1), dt.time(0), tzinfo=clock_of(site.time_zone))
    return min(begins, default=midnight.astimezone(dt.UTC))


def may_undo(step: Step) -> bool:
    """Whether the first of its dates is still to begin."""
    return now() < step.until


@transaction.atomic
def undo(step: Step, *, by: User | None) -> Effect:
    """Let everything be as it was before the step; agreements made by it are marked undone. Once more changes nothing.

    Raises ValidationError when it has begun, or when something else changed since.
    """
    activity = Activity.objects.select_for_update(of=("self",)).select_related("site").get(pk=step.activity_id)
    found = Step.objects.get(pk=step.pk)
    since = today(activity.site.time_zone)
    if found.is_undone:
        return Effect(activity, since, [])
    if not may_undo(found):
        raise ValidationError(
            _("Dit is al begonnen. Wat voorbij is, verandert niet meer; plan een nieuwe verandering.")
        )
    now_stands = take(activity, found.since)
    if fingerprint(now_stands) != found.after:
        raise ValidationError(_("Intussen veranderde hier nog iets. Maak eerst de laatste verandering ongedaan."))
    _lock(activity, now_stands)
    began = Series.objects.filter(activity=activity, follows__isnull=False).exclude(pk__in=found.before["series"])
    successors = list(began.select_related("follows", "activity__site"))
    for series in successors:
        hold_places(series)
    put_back(activity, found.before, found.since)
    for series in Series.objects.filter(activity=activity, is_published=True).order_by("pk"):
        make_dates(series)
    for series in successors:
        assert series.follows
        give_back_needs(series, series.follows)
    Step.objects.filter(pk=found.pk).update(is_undone=True, before={})
    schedule_changed(activity.site_id)
    log_change(by=by, verb="undo", about=activity, site=activity.site, changes={})
    return _effect(activity, since, now_stands, take(activity, found.since))


def _lock(activity: Activity, stands: Snapshot) -> None:
    """In the order everyone takes them: agreements, then dates."""
    list(Series.objects.select_for_update().filter(activity=activity).order_by("pk").values_list("pk"))
    lock_keys(map(int, stands["occurrences"]))
