"""Calendar feeds of a site, of one activity and of one organisation: one VEVENT per date, in UTC, eight weeks back to the horizon (RFC 5545).

Hours nobody knows make a whole-day event with the part of the day in its summary.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from icalendar import Calendar, Event

from sites.models import Site
from stek.pages import current_language, in_language
from stek.time import today

from .lines import Item, State
from .rules import horizon
from .schedule import dates
from .standing import Offer, standing
from .words import part_words

BACK = dt.timedelta(weeks=8)


def site_feed(site: Site, language: str) -> bytes:
    """The whole feed, titles and words in `language`."""
    with override(language):
        return _calendar(site, site.name, _told(site, language))


def activity_feed(site: Site, slug: str, language: str) -> bytes | None:
    """The dates of one activity under all its agreements; None for one that visitors were never told of."""
    offers = [offer for offer in standing(site, language).offers.values() if offer.slug == slug]
    if not offers:
        return None
    with override(language):
        return _calendar(site, _of_site(_told_now(offers, site).title, site), _told(site, language, activity=slug))


def organisation_feed(site: Site, code: str, language: str) -> bytes | None:
    """The dates one organisation organises at a site; None for one that organises nothing there.

    A date it hands over, or that is after it left, is another one's: it is in the feed no longer.
    """
    day = today(site.time_zone)
    hosts = [host for offer in standing(site, language).offers.values() for host in offer.hosts if host.code == code]
    if not hosts:
        return None
    with override(language):
        items = [item for item in _told(site, language) if item.day and code in item.offer.named_on(item.day)]
        return _calendar(site, _of_site(hosts[0].known_as(day), site), items)


def _told(site: Site, language: str, *, activity: str = "") -> list[Item]:
    day = today(site.time_zone)
    return dates(site, day - BACK, horizon(day), language, activity=activity, undone=True)


def _told_now(offers: list[Offer], site: Site) -> Offer:
    """The agreement whose words hold today, else the first that is to come."""
    in_order = sorted(offers, key=lambda offer: (offer.rule.first_day, offer.series_id))
    begun = [offer for offer in in_order if offer.rule.first_day <= today(site.time_zone)]
    return begun[-1] if begun else in_order[0]


def _of_site(name: str, site: Site) -> str:
    return pgettext("tussen namen", ", ").join([name, site.name])


def _calendar(site: Site, name: str, items: Iterable[Item]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//STEK//agenda 1//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", site.time_zone)
    for item in items:
        calendar.add_component(_event(item, site))
    return calendar.to_ical()


def _event(item: Item, site: Site) -> Event:
    event = Event()
    event.add("uid", f"{item.uuid}@{settings.STEK_UID_DOMAIN}")
    event.add("dtstamp", item.changed_at)
    event.add("last-modified", item.changed_at)
    event.add("sequence", item.sequence)
    event.add("summary", _summary(item))
    if item.begins_at and item.ends_at:
        event.add("dtstart", item.begins_at)
        event.add("dtend", item.ends_at)
    elif item.day:
        event.add("dtstart", item.day)
        event.add("dtend", item.day + dt.timedelta(days=1))
    # A date that moved stands here on its new day, so it does take place.
    event.add("status", "CANCELLED" if item.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("location", _location(item, site))
    event.add(
        "description", "\n".join(filter(None, [item.description, item.price, item.who, *item.lines, *item.besides]))
    )
    event.add("url", settings.STEK_BASE_URL + in_language(f"/{site.slug}/activiteit/{item.slug}/", current_language()))
    return event


def _summary(item: Item) -> str:
    title = item.title if item.begin or not item.part else f"{item.title} ({part_words(item.part)})"
    if item.state in {State.CANCELLED, State.WITHDRAWN}:
        return _("Gaat niet door: %(title)s") % {"title": title}
    return _("Dicht: %(title)s") % {"title": title} if item.state == State.CLOSED else title


def _location(item: Item, site: Site) -> str:
    names = item.stops or [item.place or site.name]
    return ", ".join([*names, *([item.town] if item.town else [])])
