"""What a visitor wants to see of a week: by function, by organisation, gratis, in the evening, today. It stands in the address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from sites.enums import Function
from sites.words import Dutch

from .enums import Part, PriceKind
from .lines import PART_WINDOWS, Item, Week

# Dutch words, as everywhere in addresses.
FUNCTIONS = {
    "ontmoeten": Function.MEET,
    "leren": Function.LEARN,
    "rechten": Function.POLITICISE,
    "hulp": Function.REFER,
}
CODE = re.compile(r"[\w-]{1,60}")
FEW = 4  # a week of fewer lines is seen at a glance


@dataclass(frozen=True, slots=True)
class Wanted:
    """`function` is a word of `FUNCTIONS`, `host` the code of an organisation; what is empty or False leaves everything in."""

    function: str = ""
    host: str = ""
    is_free: bool = False
    is_evening: bool = False
    is_today: bool = False

    def __bool__(self) -> bool:
        return bool(self.function or self.host or self.is_free or self.is_evening or self.is_today)

    @property
    def query(self) -> str:
        """“?functie=leren&gratis=1”; empty when everything is wanted."""
        asked = {
            "functie": self.function,
            "wie": self.host,
            "gratis": self.is_free,
            "avond": self.is_evening,
            "vandaag": self.is_today,
        }
        told = {name: "1" if value is True else value for name, value in asked.items() if value}
        return f"?{urlencode(told)}" if told else ""

    def fits(self, item: Item, today: dt.date) -> bool:
        """An activity of which the day or the hour is not known is never surely today, or in the evening."""
        return (
            (not self.function or FUNCTIONS[self.function] in item.functions)
            and (not self.host or self.host in {host.code for host in item.offer.hosts})
            and (not self.is_free or item.price_kind == PriceKind.FREE)
            and (not self.is_evening or _is_in_the_evening(item))
            and (not self.is_today or item.day == today)
        )


EVERYTHING = Wanted()


def wanted(asked: Mapping[str, str]) -> Wanted:
    """What stands in the address; a word nobody knows asks for nothing."""
    host = asked.get("wie", "")
    function = asked.get("functie", "")
    return Wanted(
        function=function if function in FUNCTIONS else "",
        host=host if CODE.fullmatch(host) else "",
        is_free=asked.get("gratis") == "1",
        is_evening=asked.get("avond") == "1",
        is_today=asked.get("vandaag") == "1",
    )


def narrowed(week: Week, want: Wanted) -> Week:
    """The week with what is wanted only, and the days on which there is something of it."""
    if not want:
        return week
    days = [replace(day, items=[item for item in day.items if want.fits(item, week.today)]) for day in week.days]
    undated = [item for item in week.undated if want.fits(item, week.today)]
    return replace(week, days=[day for day in days if day.items], undated=undated)


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that asks for one thing more, or for one thing less when it `is_chosen`. `icon` may be empty."""

    name: str
    query: str
    is_chosen: bool
    icon: str = ""
    look: str = ""


def choices(week: Week, want: Wanted) -> list[Choice]:
    """What there is to choose among in a whole week; nothing for a short one."""
    items = [*week.items, *week.undated]
    if len(items) < FEW and not want:
        return []
    return [*_when_and_how(week, items, want), *_functions(items, want), *_hosts(week, want)]


def _when_and_how(week: Week, items: list[Item], want: Wanted) -> Iterator[Choice]:
    if week.today_items or want.is_today:
        yield Choice(_("Vandaag"), replace(want, is_today=not want.is_today).query, want.is_today, "clock")
    if any(_is_in_the_evening(item) for item in items) or want.is_evening:
        yield Choice(_("’s Avonds"), replace(want, is_evening=not want.is_evening).query, want.is_evening, "moon")
    if any(item.price_kind == PriceKind.FREE for item in items) or want.is_free:
        yield Choice(_("Gratis"), replace(want, is_free=not want.is_free).query, want.is_free, "free")


def _functions(items: list[Item], want: Wanted) -> Iterator[Choice]:
    there = {function for item in items for function in item.functions}
    for word, function in FUNCTIONS.items():
        if function in there or want.function == word:
            chosen = want.function == word
            query = replace(want, function="" if chosen else word).query
            yield Choice(str(function.label), query, chosen, f"f-{function.value}", f"fn-{function.value}")


def _hosts(week: Week, want: Wanted) -> Iterator[Choice]:
    """Who organises something in the week, by the name of its days."""
    names: dict[str, str] = {}
    for day in week.days:
        for item in day.items:
            names.update(item.offer.named_on(day.date))
    for item in week.undated:
        names = dict(item.offer.named_on(item.offer.told_on(week.iso.sunday))) | names
    for code, name in sorted(names.items(), key=lambda one: one[1].casefold().lstrip("'’t ")):
        chosen = want.host == code
        yield Choice(Dutch(name), replace(want, host="" if chosen else code).query, chosen, "people")


def _is_in_the_evening(item: Item) -> bool:
    begins = PART_WINDOWS[Part.EVENING][0]
    return item.part == Part.EVENING or bool(item.begin and item.begin >= begins)
