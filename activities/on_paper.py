"""What all papers for visitors share: the front of the house, lines of a day, where it is, and the code to scan.

Words come from the same read models as the pages, as runs that keep their language; pictograms from the same sheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from sites.enums import Function
from sites.models import HomeAddress, Place, Site
from sites.short_links import OF_SITE, printed_address
from sites.words import Dutch, sentence
from stek.pages import WELCOME, current_language, in_language, is_unread
from stek.paper.pictures import code, icon
from stek.paper.said import Run, said
from stek.time import today

from .enums import Frequency
from .free_places import Phase, Seats
from .house import town_of
from .lines import Item
from .models import Series
from .words import day_words, example_words, frequency_words

OF_ACTIVITY = "activity"  # the kind of a code that leads to an activity's page
# As in static/stek/stek.css: in grey they are of four darknesses, and each has its silhouette and its word.
COLOURS = {"meet": "#bd4a20", "learn": "#1f4f9f", "politicise": "#641b5b", "refer": "#209888"}
BADGE_ICONS = {"moved": "arrow", "open": "door", "draft": "pen"}


def activity_path(site: Site, number: int) -> str | None:
    """The address without language of an activity of a site; none while it has no page: a draft, or withdrawn."""
    told = Series.objects.published().filter(activity__site=site, activity=number)
    slug = told.values_list("activity__slug", flat=True).first()
    return f"/{site.slug}/activiteit/{slug}/" if slug else None


def front(site: Site) -> dict[str, Any]:
    """The house, in the active language: its name, a welcome in every language, and what nobody has to fear."""
    return {
        "site": said(Dutch(site.name)),
        "period": said(sentence(_("Ontmoetingsplek in %(municipality)s"), municipality=Dutch(site.municipality.name))),
        "everybody": _("Iedereen is welkom"),
        "welcome": [
            {"words": WELCOME[name], "lang": name, "rtl": get_language_info(name)["bidi"]} for name, _own in settings.LANGUAGES
        ],
        "promises": [
            {"icon": icon("free"), "words": _("gratis binnen")},
            {"icon": icon("door"), "words": _("zonder afspraak")},
            {"icon": icon("lock"), "words": _("niemand vraagt je naam")},
        ],
        "as_of": _("Stand van %(day)s.") % {"day": day_words(today(site.time_zone), year=True)},
        "legend": _("Een streepjeslijn wil zeggen: dat weten we nog niet."),
        "example": _("voorbeeld"),
        "unread": _("nog niet nagelezen") if is_unread(current_language()) else "",
        "example_legend": _("wil zeggen: zo kan het zijn, het is nog niet echt."),
    }  # fmt: skip


def scan(site: Site, path: str, asks: str, *, kind: str = OF_SITE, number: int = 0) -> dict[str, Any]:
    """The code of a page, what one finds behind it, and for who types an address that is easy to remember or short.

    `path` is without language.
    """
    language = current_language()
    address = printed_address(site, language, kind=kind, number=number)
    spoken = settings.STEK_BASE_URL + in_language(path, language)
    typed = re.sub(r"^https?://", "", spoken if kind == OF_SITE else min(address, spoken, key=len)).rstrip("/")
    return {
        "asks": asks,
        "picture": code(address),
        "said": _("QR-code. Het adres is %(address)s.") % {"address": typed},
        "how": _("Scan, of kijk op"),
        "typed": typed,
        "too": _("Ook in jouw taal."),
    }


def whereabouts(site: Site, place: Place | None, moves: Sequence[str]) -> dict[str, Any]:
    """Where it is, its address as far as it is known, how to get there, and where it is going."""
    return {
        "asks": _("Waar?"),
        "place": said(Dutch(place.name if place else site.name)),
        "comma": pgettext("tussen namen", ", "),
        "town": said(Dutch(town_of(place, site) if place else site.municipality.name)),
        "address": said(Dutch(place.address)) if place and place.address else [],
        "is_example": bool(place and "address" in place.example_fields),
        "unknown": _("adres nog niet bekend"),
        "bus": said(Dutch(place.by_bus)) if place and place.by_bus else [],
        "bus_icon": icon("bus"),
        "has": [{"icon": icon(f"a-{one}"), "words": str(one.label)} for one in place.has] if place else [],
        "moves": [said(words) for words in moves],
    }


def line(item: Item) -> dict[str, Any]:
    """One line of a day. `time` is empty where nothing is known; `maybe` says what of it is not exact."""
    offer = item.offer
    shown: dict[str, Any] = {"time": [], "maybe": "", "unknown": "", "often": ""}
    if item.often:
        weekly = item.often == frequency_words(Frequency.WEEKLY)
        shown |= {"time": [] if weekly else said(item.often), "unknown": _("dag nog niet bekend")}
    elif item.begin or item.is_off:
        shown |= {"time": said(item.hours)}
    else:
        shown |= {"maybe": item.hours, "unknown": _("uur nog niet bekend")}
    own = offer.language != current_language()
    notes = [offer.needs_check and _("nog na te kijken"), bool(item.example) and example_words(item.example)]
    return shown | {
        "picture": icon(f"p-{item.pictogram}"),
        "tint": item.functions[0],
        "title": said(Dutch(item.title) if own else item.title),
        "kind": offer.kind if own and offer.kind and offer.kind != item.title else "",
        "functions": [
            {"icon": icon(f"f-{name}", ink=COLOURS[name]), "words": str(Function(name).label)}
            for name in item.functions
        ],
        "off": item.is_off,
        "badge": item.badge,
        "badge_kind": item.badge_kind,
        "badge_icon": icon(BADGE_ICONS.get(item.badge_kind, "no")) if item.badge else "",
        "lines": [said(words) for words in item.lines],
        "meta": said(item.meta),
        "extra": said(item.extra) if item.extra else [],
        "about": said(offer.description),
        "register": register_words(item.seats) if item.seats and not item.is_off else "",
        "examples": [words for words in notes if words],
    }  # fmt: skip


def register_words(seats: Seats) -> str:
    """How many places are left is so today only; that no name is taken any more is so for good."""
    return seats.line if seats.phase == Phase.CLOSED else _("Schrijf je in: het aantal plaatsen is beperkt.")


def undated(items: list[Item]) -> list[dict[str, Any]]:
    """What has no known day: each week first, then what comes less often."""
    weekly = frequency_words(Frequency.WEEKLY)
    groups = [
        (_("Ook elke week"), [item for item in items if item.often == weekly]),
        (_("Ook, maar minder vaak"), [item for item in items if item.often != weekly]),
    ]
    ask = _("De dag kennen we nog niet. Vraag het ons.")
    return [{"title": title, "ask": ask, "items": [line(item) for item in some]} for title, some in groups if some]


def moved_words(before: Place | None, home: HomeAddress | None) -> list[Run]:
    """“We zijn verhuisd naar …”, for as long as people may still go to the old house."""
    if not before or not home:
        return []
    moved = sentence(_("We zijn verhuisd naar %(place)s."), place=Dutch(home.place.name))
    return said(SafeString(f"{moved} {sentence(_('Vroeger: %(place)s.'), place=Dutch(before.name))}"))
