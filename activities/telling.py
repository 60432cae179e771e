"""What a line tells about its date: the badge, and under it what is different this time and what to do instead."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from sites.words import said

from .enums import Frequency, OccurrenceStatus
from .lines import Item, State
from .recurrence import expand
from .standing import Offer, Standing
from .words import day_words, weekday_words

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
    else:
        _tell_new_day(item, row, facts)
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
    if following := facts.next_weekday_of(item.offer):
        item.badge, item.badge_kind = _("Verplaatst"), "moved"
        item.lines.append(_new_day_line(following))
    else:
        item.badge, item.badge_kind = _("Gaat niet door"), "no"


def _tell_new_day(item: Item, row: Row, facts: Standing) -> None:
    """The last time on the old day, the first time on the new one: both say from when."""
    offer = item.offer
    if offer.old_weekday is not None and row["day"] == offer.first_date:
        item.badge, item.badge_kind = _("Nieuwe dag"), "moved"
        # Any day of that weekday will do to name it.
        old = weekday_words(dt.date(2024, 1, 1) + dt.timedelta(days=offer.old_weekday))
        item.lines.append(_("Vroeger op %(weekday)s.") % {"weekday": old})
        if offer.reason:
            item.lines.append(offer.reason)
    elif (following := facts.next_weekday_of(offer)) and _is_last_slot(offer, row["original_date"]):
        old = weekday_words(row["original_date"])
        item.badge, item.badge_kind = _("Laatste keer op %(weekday)s") % {"weekday": old}, "moved"
        item.lines.append(_new_day_line(following))


def _new_day_line(following: Offer) -> str:
    day = following.first_date
    if day is None:
        return _("De dag verandert.")
    return _("Vanaf %(day)s is dit op %(weekday)s.") % {"day": day_words(day), "weekday": weekday_words(day)}


def _is_last_slot(offer: Offer, original_date: dt.date) -> bool:
    rule = offer.rule
    if rule.frequency == Frequency.ONCE or rule.last_day is None or original_date > rule.last_day:
        return False
    return not expand(rule, original_date + dt.timedelta(days=1), rule.last_day)
