"""A line of the week as markup, put together here and not in a template.

Measured: sixty cards of plain template tags cost more than the queries of the page; a card of ready parts a third of it, and one
that needs no template still less.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sites.enums import Function
from stek.pages import icons_address

from .enums import Frequency
from .lines import Item
from .wanted import Choice
from .words import example_words, frequency_words

_BADGE_ICONS = {"moved": "arrow", "open": "door", "draft": "pen"}
NOTHING = SafeString("")


@dataclass(slots=True)
class Card:
    """Ready parts of one line; everything but `title`, `slug` and `pictogram` is markup or empty."""

    look: str
    pictogram: str
    slug: str
    title: str
    lang: SafeString
    heading: SafeString
    badge: SafeString
    time: SafeString
    why: SafeString
    meta: SafeString
    signs: SafeString


def card(item: Item, language: str) -> Card:
    """Put one line of a week into markup, in the active language."""
    offer = item.offer
    return Card(
        look=f"fn-{offer.functions[0]} is-off" if item.is_off else f"fn-{offer.functions[0]}",
        pictogram=offer.pictogram,
        slug=offer.slug,
        title=offer.title,
        lang=NOTHING if offer.language == language else format_html(' lang="{}"', offer.language),
        heading=item.heading,
        badge=_badge(item) if item.badge else NOTHING,
        time=_time(item),
        why=_why(item) if item.lines else NOTHING,
        meta=_meta(item),
        signs=function_signs(offer.functions, language),
    )


def list_item(item: Item, language: str, here: str) -> SafeString:
    """The card as a line of a list, in the active language; `here` is the address of the place, escaped already."""
    one, icons = card(item, language), icons_address()
    return SafeString(
        f'<li class="act {one.look}"><svg class="pic" aria-hidden="true"><use href="{icons}#p-{escape(one.pictogram)}"/></svg>'
        f'<div>{one.badge}\n<p class="time">{one.time}</p>\n'
        f'<h4><a href="{here}activiteit/{escape(one.slug)}/">{one.heading}</a></h4>{one.why}{one.meta}\n'
        f'<p class="signs">{one.signs}</p></div></li>'
    )


def choice_items(choices: Iterable[Choice], address: str) -> SafeString:
    """What there is to choose among, as lines of a list of links; `address` is that of the page, escaped already."""
    icons = icons_address()
    return SafeString("".join(_choice_item(one, address, icons) for one in choices))


def _choice_item(one: Choice, address: str, icons: str) -> str:
    chosen = ' aria-current="true"' if one.is_chosen else ""
    look = f' class="{one.look}"' if one.look else ""
    return (
        f'<li><a href="{address}{escape(one.query)}#week"{chosen}{look}><svg class="i" aria-hidden="true">'
        f'<use href="{icons}#{"ok" if one.is_chosen else one.icon}"/></svg>{conditional_escape(one.name)}</a></li>'
    )


@lru_cache(maxsize=256)
def function_signs(functions: tuple[str, ...], language: str) -> SafeString:
    """Colour, silhouette and word of each function, always the three together."""
    icons = icons_address()
    sign = '<span class="sign fn-{}"><svg class="flip" aria-hidden="true"><use href="{}#f-{}"/></svg>{}</span>'
    return format_html_join("", sign, ((code, icons, code, Function(code).label) for code in functions))


def _badge(item: Item) -> SafeString:
    icon = _BADGE_ICONS.get(item.badge_kind, "no")
    markup = '<span class="badge b-{}"><svg class="i flip" aria-hidden="true"><use href="{}#{}"/></svg>{}</span>'
    return format_html(markup, item.badge_kind, icons_address(), icon, item.badge)


def _time(item: Item) -> SafeString:
    if item.often:
        return _undated_time(item.often, get_language() or "nl")
    if item.is_off:
        return format_html("<s>{}</s>", item.hours) if item.hours else NOTHING
    if item.begin:
        return conditional_escape(item.hours)  # markup already, see words.hours_words
    return _unknown_hour(item.hours, get_language() or "nl")


@lru_cache(maxsize=64)
def _undated_time(often: str, language: str) -> SafeString:
    unknown = format_html('<span class="maybe">{}</span>', _("dag nog niet bekend"))
    return unknown if often == frequency_words(Frequency.WEEKLY) else format_html("{}, {}", often, unknown)


@lru_cache(maxsize=64)
def _unknown_hour(part: str, language: str) -> SafeString:
    """A dashed line under what is not exact, and the words for who cannot see it."""
    unknown = _("uur nog niet bekend")
    if not part:
        return format_html('<span class="maybe">{}</span>', unknown)
    return format_html('<span class="maybe">{}</span> <small>{}</small>', part, unknown)


def _why(item: Item) -> SafeString:
    lines = format_html_join("", "<p>{}</p>", ((line,) for line in item.lines))
    return format_html('<div class="why{}">{}</div>', " is-no" if item.badge_kind == "no" else "", lines)


def _meta(item: Item) -> SafeString:
    """Price and people, what about it is an example, where when it is elsewhere, and how many places are left."""
    check = _("nog na te kijken") if item.offer.needs_check else ""
    example = example_words(item.example) if item.example else ""
    seats = item.seats.line if item.seats else ""
    return _meta_markup(item.meta, item.extra, example, check, seats, get_language() or "nl")


@lru_cache(maxsize=4096)
def _meta_markup(meta: str, extra: str, example: str, check: str, seats: str, language: str) -> SafeString:
    badge = format_html(' <span class="example">{}</span>', example) if example else NOTHING
    doubt = format_html(' <span class="example">{}</span>', check) if check else NOTHING
    more = format_html('<p class="meta">{}</p>', extra) if extra else NOTHING
    left = format_html('<p class="meta"><b>{}</b></p>', seats) if seats else NOTHING
    return format_html('<p class="meta">{}{}{}</p>{}{}', meta, badge, doubt, more, left)
