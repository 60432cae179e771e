"""What a line tells about its date: the badge, and under it what is different this time and what to do instead."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from sites.words import said

from .enums import Frequency, OccurrenceStatus, Part, PriceKind
from .lines import PART_WINDOWS, Item, State
from .recurrence import expand
from .standing import Hours, Offer, Standing
from .words import day_words, hours_said, part_words, weekday_words

type Row = dict[str, Any]  # the columns of one date, as `activities.schedule` reads them
type Closed = dict[dt.date, str]  # day -> reason


def state_of(row: Row, day: dt.date, closed: Closed) -> str:
    """What holds for a date, told on one of the days it stands on."""
    if row["status"] != OccurrenceStatus.PLANNED:
        return row["status"]
    if day != row["day"]:
        return State.MOVED  # whatever holds on its new day
    if row["day"] in closed:
        return State.OPENED if row["opened_anyway"] else State.CLOSED
    return State.MOVED if row["day"] != row["original_date"] else State.PLANNED


def tell(item: Item, row: Row, facts: Standing, closed: Closed) -> None:
    """The badge and the lines under it: what is different this time, and what to do instead."""
    if item.state == State.CANCELLED:
        item.badge, item.badge_kind = _("Gaat niet door"), "no"
    elif item.state == State.CLOSED:
        item.badge, item.badge_kind = _("Dicht"), "closed"
        item.lines.append(closed[row["day"]])
    elif item.state == State.OPENED:
        item.badge, item.badge_kind = _("Toch open"), "open"
        item.lines.append(said(_("Ook op deze dag: %(reason)s."), reason=closed[row["day"]]))
    elif item.state == State.MOVED:
        _tell_moved(item, row, closed)
    elif item.state == State.WITHDRAWN:
        _tell_withdrawn(item, facts)
    elif row["is_changed"] and _is_another_hour(item.offer.hours, Hours(item.begin, item.end, item.part)):
        item.badge, item.badge_kind = _("Ander uur"), "moved"
        item.lines.append(said(_("Gewoonlijk: %(hours)s."), hours=_hours_said(item.offer.hours)))
    else:
        _tell_new(item, facts)
        _tell_last_time(item, row, facts)
    if item.note:
        item.lines.append(item.note)


def _tell_moved(item: Item, row: Row, closed: Closed) -> None:
    item.badge_kind = "moved"
    if is_lost(item, closed):
        item.badge, item.badge_kind = _("Gaat niet door"), "no"
        words = _("Het was verplaatst naar %(day)s, maar dan is het dicht: %(reason)s.")
        item.lines.append(said(words, day=day_words(row["day"]), reason=closed[row["day"]]))
    elif item.is_moved_away:
        item.badge = _("Verplaatst")
        item.lines.append(_("Deze keer op %(day)s.") % {"day": day_words(row["day"])})
    else:
        item.badge = _("Andere dag")
        item.lines.append(_("Deze keer niet op %(day)s.") % {"day": day_words(row["original_date"])})


def is_lost(item: Item, closed: Closed) -> bool:
    """Whether it moved from this day to one that is closed."""
    return item.is_moved_away and item.current_day in closed and not item.opened_anyway


def _tell_withdrawn(item: Item, facts: Standing) -> None:
    following = facts.holding_on(item.offer, item.day) if item.day else None
    if following and following.rule.weekday not in {None, item.offer.rule.weekday}:
        item.badge, item.badge_kind = _("Verplaatst"), "moved"
        item.lines.append(new_day_words(following))
    else:
        item.badge, item.badge_kind = _("Gaat niet door"), "no"


def _tell_new(item: Item, facts: Standing) -> None:
    """The first time under an agreement that follows another: what is new, what it was, and why."""
    offer = item.offer
    before = facts.offers.get(offer.follows) if offer.follows else None
    if before is None or item.day != offer.first_date:
        return
    badges = []
    if before.rule.weekday not in {None, offer.rule.weekday}:
        badges.append(_("Nieuwe dag"))
        # Any day of that weekday will do to name it.
        old = weekday_words(dt.date(2024, 1, 1) + dt.timedelta(days=before.rule.weekday))
        item.lines.append(_("Vroeger op %(weekday)s.") % {"weekday": old})
    if _is_another_hour(before.hours, offer.hours):
        badges.append(_("Nieuw uur"))
        item.lines.append(said(_("Vroeger: %(what)s."), what=_hours_said(before.hours)))
    if before.price != offer.price and before.price_kind != PriceKind.ASK:
        badges.append(_("Nieuwe prijs"))
        item.lines.append(said(_("Vroeger: %(what)s."), what=before.price))
    if badges:
        item.badge, item.badge_kind = badges[0], "moved"
    if offer.reason:
        item.lines.append(offer.reason)


def _tell_last_time(item: Item, row: Row, facts: Standing) -> None:
    """The last time on the old day says from when it is on the new one."""
    following = facts.next_weekday_of(item.offer)
    if following and _is_last_slot(item.offer, row["original_date"]):
        old = weekday_words(row["original_date"])
        item.badge, item.badge_kind = _("Laatste keer op %(weekday)s") % {"weekday": old}, "moved"
        item.lines.append(new_day_words(following))


def _is_another_hour(old: Hours, new: Hours) -> bool:
    """Whether who comes as they used to comes at a wrong hour. An hour that was not known, or in part, may become known."""
    if old.begin or not old.part:
        return old != new if old.begin else False
    begins, ends = PART_WINDOWS[Part(old.part)]
    return not begins <= new.begin < ends if new.begin else old.part != new.part


def _hours_said(hours: Hours) -> str:
    if hours.begin is None or hours.end is None:
        return part_words(hours.part)
    return hours_said(hours.begin, hours.end)


def new_day_words(following: Offer) -> str:
    """From when an agreement is on which day of the week."""
    day = following.first_date
    if day is None:
        return _("De dag verandert.")
    return _("Vanaf %(day)s is dit op %(weekday)s.") % {"day": day_words(day), "weekday": weekday_words(day)}


def _is_last_slot(offer: Offer, original_date: dt.date) -> bool:
    rule = offer.rule
    if rule.frequency == Frequency.ONCE or rule.last_day is None or original_date > rule.last_day:
        return False
    return not expand(rule, original_date + dt.timedelta(days=1), rule.last_day)
