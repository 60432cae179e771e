"""The poster of one activity: what `templates/papers/poster.typ` is told [CAL-04].

It hangs for months, so it says what comes back, and of single dates only what is different.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from sites.models import Site
from stek.paper.pictures import icon
from stek.paper.said import said

from .activity_page import ActivityPage
from .enums import Frequency
from .fixed_offer import A_MONDAY
from .lines import Item
from .on_paper import OF_ACTIVITY, front, line, register_words, scan, whereabouts
from .recurrence import Rule
from .standing import Hours
from .words import day_words, frequency_words, weekday_words, when_words


def poster(site: Site, shown: ActivityPage, number: int, language: str, format: str = "a4") -> dict[str, Any]:
    """Plain values, in the language in which `shown` was read; `number` is the key of the activity."""
    with override(language):
        item = _lasting(shown)
        rule = item.offer.rule
        dates = [one for one in shown.upcoming if one.badge or one.series_id != item.series_id or not _is_weekly(rule)]
        place, words = (shown.places[0][0], shown.places[0][2]) if shown.places else (None, "")
        return front(site) | {
            "format": format,
            "title": f"{item.title}, {site.name}",
            "act": line(item),
            "when": _when(shown, item),
            "dates_word": _("Let op") if _is_weekly(rule) else _("Wanneer?"),
            "dates": [_date(one) for one in dates],
            "facts": _facts(shown, item),
            "where": whereabouts(site, place, [words] if words else []),
            "code": scan(
                site, f"/{site.slug}/activiteit/{item.slug}/", _("Meer weten?"), kind=OF_ACTIVITY, number=number
            ),
            "has_examples": bool(item.example),
        }  # fmt: skip


def _lasting(shown: ActivityPage) -> Item:
    """What the poster is of: it hangs for months, so the agreement that will hold when one of the next dates is under another."""
    last = shown.upcoming[-1] if shown.upcoming else None
    return last if last and last.series_id != shown.item.series_id else shown.item


def _is_weekly(rule: Rule) -> bool:
    return rule.frequency == Frequency.WEEKLY and rule.interval == 1


def _when(shown: ActivityPage, item: Item) -> dict[str, Any]:
    """The one thing to remember: the day, how often, and the hours as far as they are known."""
    offer, over = item.offer, shown.over
    rule, hours = offer.rule, offer.hours
    told: dict[str, Any] = {
        "day": "",
        "often": "",
        "hours": [],
        "maybe": "",
        "unknown": "",
        "over": said(over),
        "since": [],
    }
    if over:
        return told
    if rule.frequency == Frequency.ONCE:
        first = next(iter(shown.upcoming), None)
        if first and first.is_off:
            return told | {"over": said(first.badge)}
        told["day"] = day_words(first.day) if first and first.day else ""
        hours = Hours(first.begin, first.end, first.part) if first else hours
    elif rule.weekday is None:
        told |= {"often": frequency_words(rule.frequency, rule.interval), "unknown": _("dag nog niet bekend")}
    else:
        told["day"] = weekday_words(A_MONDAY + dt.timedelta(days=rule.weekday))
        told["often"] = frequency_words(rule.frequency, rule.interval)
    if hours.begin:
        told["hours"] = said(when_words(*hours))
    elif not told["unknown"]:
        told |= {"maybe": when_words(*hours), "unknown": _("uur nog niet bekend")}
    if offer is not shown.item.offer:
        first = next(one for one in shown.upcoming if one.series_id == offer.series_id)
        told["since"] = said(_("Vanaf %(date)s.") % {"date": day_words(first.day)}) if first.day else []
    elif rule.frequency != Frequency.ONCE and offer.beginning.is_news_on(shown.today) and offer.beginning.words:
        told["since"] = said(_("Vanaf %(date)s.") % {"date": offer.beginning.words})
    return told


def _date(item: Item) -> dict[str, Any]:
    return line(item) | {"day": day_words(item.day) if item.day else ""}


def _facts(shown: ActivityPage, item: Item) -> list[dict[str, Any]]:
    """What it costs, for whom it is, with whom, and whether one has to register."""
    enter = "" if shown.over else _("Niet nodig. Kom zomaar binnen.")
    if seats := next((one.seats for one in shown.upcoming if one.seats), None):
        enter = register_words(seats)
    facts = [
        ("free", _("Prijs"), item.price),
        ("people", _("Voor wie"), item.offer.audience),
        ("door", _("Inschrijven"), enter),
        ("people", _("Met wie"), item.all_who),
    ]
    return [{"icon": icon(name), "name": word, "words": said(words)} for name, word, words in facts if words]
