"""A week in plain text: short for a message group, whole for the magazine of a municipality.

Where the language runs to the left each line says so, and what runs to the right in it is held apart: there is no markup to do that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from django.conf import settings
from django.utils.html import conditional_escape, strip_tags
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _

from sites.words import Dutch
from stek.pages import in_language

from .enums import Frequency
from .house import move_words, town_of
from .lines import Day, Item, Week
from .words import day_words, frequency_words, week_words

TO_THE_LEFT = "\N{RIGHT-TO-LEFT MARK}"
LEFT_TO_RIGHT, AS_IT_RUNS, ENDS = (
    "\N{LEFT-TO-RIGHT ISOLATE}",
    "\N{FIRST STRONG ISOLATE}",
    "\N{POP DIRECTIONAL ISOLATE}",
)
APART = re.compile(r"<bdi([^>]*)>(.*?)</bdi>", re.DOTALL)


def message(week: Week) -> str:
    """For a message group: what there is on each day, and where to read more."""
    with override(week.language):
        days = [_day(day, _in_short) for day in _told(week)]
        return _text([_heading(week), *days, _moves(week), _walk_in(week)], week)


def article(week: Week) -> str:
    """For a magazine: prices and people too, what has no known day, where it is and whom to ask."""
    with override(week.language):
        parts = [_heading(week), *(_day(day, _in_full) for day in _told(week)), *_undated(week), _walk_in(week)]
        return _text([*parts, [*_where(week), *_moves(week)]], week)


def _text(parts: Iterable[list[str]], week: Week) -> str:
    """Parts with a blank line between them; the address stands alone on the last one, so that nothing clings to it."""
    text = "\n\n".join("\n".join(map(_line, part)) for part in parts if part)
    path = f"/{week.site.slug}/" if week.is_now else f"/{week.site.slug}/week/{week.iso}/"
    return f"{text}\n\n{settings.STEK_BASE_URL}{in_language(path, week.language)}"


def _line(line: str) -> str:
    return TO_THE_LEFT + line if get_language_bidi() else line


def plain(words: str) -> str:
    """Words of a page without their markup; what stood apart there stands apart here."""
    markup = str(conditional_escape(words))
    if get_language_bidi():
        markup = APART.sub(lambda found: (LEFT_TO_RIGHT if "ltr" in found[1] else AS_IT_RUNS) + found[2] + ENDS, markup)
    return " ".join(unescape(strip_tags(markup)).split())


def _heading(week: Week) -> list[str]:
    words = {"name": plain(Dutch(week.site.name)), "week_words": week_words(week.iso)}
    return [_("%(name)s, week van %(week_words)s") % words]


def _told(week: Week) -> list[Day]:
    return [day for day in week.days if day.items or day.closed]


def _day(day: Day, say: Callable[[Item], Iterator[str]]) -> list[str]:
    closed = f" ({plain(day.closed)})" if day.closed else ""
    return [day_words(day.date) + closed, *(line for item in day.items for line in say(item))]


def _in_short(item: Item) -> Iterator[str]:
    hours = plain(item.hours) if item.hours else _("uur nog niet bekend")
    yield _("%(hours)s: %(title)s") % {"hours": hours, "title": _title(item)}
    yield from map(_more, filter(None, [item.badge, *item.lines, item.extra, item.seats.line if item.seats else ""]))


def _title(item: Item) -> str:
    """Who does not read its language sees first what kind of activity it is."""
    if item.language == get_language():
        return item.title
    own, kind = plain(Dutch(item.title)), item.offer.kind
    return f"{kind} ({own})" if kind and kind != item.title else own


def _in_full(item: Item) -> Iterator[str]:
    yield from _in_short(item)
    yield _more(item.meta)


def _more(words: str) -> str:
    return f"- {plain(words)}"


def _undated(week: Week) -> Iterator[list[str]]:
    """What has no known day, each with how often it is."""
    if week.undated:
        often = [
            _("%(hours)s: %(title)s") % {"hours": item.often, "title": _title(item)}
            for item in sorted(week.undated, key=lambda item: item.often != frequency_words(Frequency.WEEKLY))
        ]
        yield [*often, _("De dag kennen we nog niet. Vraag het ons.")]


def _walk_in(week: Week) -> list[str]:
    """Not said of a week in which nothing is left to walk in for."""
    on = [item for day in week.days for item in day.open_items] + week.undated
    if all(item.seats for item in on):
        return []
    return [_("Loop gewoon binnen, zonder in te schrijven. Niemand vraagt je naam.")]


def _moves(week: Week) -> list[str]:
    return [plain(move_words(home)) for home in week.moves]


def _where(week: Week) -> Iterator[str]:
    if week.home:
        place = week.home.place
        yield ", ".join(plain(Dutch(part)) for part in (place.name, place.address, town_of(place, week.site)) if part)
    if week.site.contact:
        yield f"{_('Een vraag?')} {plain(Dutch(week.site.contact))}"
