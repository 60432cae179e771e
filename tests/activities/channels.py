"""Every channel that tells a date, read back into one short notation. A later channel adds itself to `CHANNELS`.

    wed 10-12                      takes place, in the house, by CAW, for free
    wed 10-12 off: Ziek            cancelled, with what visitors are told
    wed 10-12 shut: Kermis         the place is closed          wed 10-12 open: Brunch   and this date is not
    wed 14-16 to 26/10             told on the day it left      thu 14-16 from 25/10     told where it stands now (or: off to …)
    wed 10-12 later                given up for another day of the week
    wed 10-12 gone                 given up                     wed 10-12 draft          at the desk only
    wed 10-12 undone               calendars only: agreed, and taken back
    wed evening @Keuken +Dokter =€ 2,50 by Ligo &refer "Thee"   elsewhere, with a guest, a price, another host, function or title; A/B for two

Weeks are parted by `|`, dates by `;`. Before a date: `!` for a higher SEQUENCE than calendars knew, `*` for one they did not know.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from icalendar import Calendar

from activities.flyer import flyer
from activities.iso_week import IsoWeek
from activities.schedule import week as read_week
from sites.models import Site, User
from tests.desk import client_of
from tests.reading import Node, cards, json_ld, read

BRUSSELS = ZoneInfo("Europe/Brussels")
WEEKS = ["2023-W42", "2023-W43", "2023-W44"]
FIRST, LAST = dt.date(2023, 10, 16), dt.date(2023, 11, 5)
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
MONTHS = {"oktober": 10, "november": 11}
PARTS = {"voormiddag": "morning", "namiddag": "afternoon", "avond": "evening"}
HOUSE, TOWN = "De oude school", "Wuustwezel"


@dataclass(frozen=True)
class Line:
    """One date in one place of one channel."""

    day: dt.date
    hours: str
    state: str = "on"
    where: str = ""
    guests: str = ""
    price: str = "Gratis"
    who: str = "CAW"
    function: str = "meet"
    title: str = "Koffie"
    note: str = ""
    mark: str = ""

    def __str__(self) -> str:
        usual = Line(self.day, self.hours)
        signs = {"where": "@", "guests": "+", "price": "=", "who": "by ", "function": "&"}
        parts = [f"{self.mark}{DAYS[self.day.weekday()]} {self.day:%d/%m} {self.hours}"]
        parts += [self.state] if self.state != "on" else []
        parts += [
            f"{sign}{getattr(self, name)}"
            for name, sign in signs.items()
            if getattr(self, name) != getattr(usual, name)
        ]
        parts += [f'"{self.title}"'] if self.title != usual.title else []
        return " ".join(parts) + (f": {self.note}" if self.note else "")


ONE = re.compile(
    r"(?P<mark>[!*]?)(?P<day>mon|tue|wed|thu|fri|sat|sun) (?P<hours>[\d.]+-[\d.]+|morning|afternoon|evening)"
    r"(?: (?P<state>(?:off )?(?:to|from) \d+/\d+|off|shut|open|gone|later|undone|draft))?"
    r"(?: @(?P<where>[^@+=&\":]+?))?(?: \+(?P<guests>[^=&\":]+?))?(?: =(?P<price>€ [\d,]+))?(?: by (?P<who>[\w/]+))?"
    r"(?: &(?P<function>\w+))?(?: \"(?P<title>[^\"]+)\")?(?:: (?P<note>.+))?"
)


def lines(text: str) -> list[Line]:
    """What is written down of the three weeks."""
    found = []
    for number, week in enumerate(text.split("|")):
        for one in filter(None, (part.strip() for part in week.split(";"))):
            match = ONE.fullmatch(one)
            assert match, f"not in the notation: {one!r}"
            said = {name: value for name, value in match.groupdict().items() if value}
            day = FIRST + dt.timedelta(weeks=number, days=DAYS.index(said.pop("day")))
            found.append(Line(day, said.pop("hours"), **said))
    return found


@dataclass
class Scene:
    """One place with one offer, somebody at its desk, a worker of who organises it, and what calendars have heard so far.

    `weeks` and `days` are those that a channel of a week or a day is looked at for.
    """

    site: Site
    slug: str
    coordinator: User
    worker: User
    clock: Any
    weeks: list[str] = field(default_factory=lambda: list(WEEKS))
    days: set[dt.date] = field(default_factory=set)
    heard: dict[str, dict[str, tuple[tuple, str]]] = field(default_factory=lambda: defaultdict(dict))
    pages: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.visitor, self.at_desk, self.at_work = Client(), client_of(self.coordinator), client_of(self.worker)

    def page(self, path: str) -> Node:
        """A page of a visitor, which several channels read."""
        if path not in self.pages:
            self.pages[path] = read(self.visitor.get(path))
        return self.pages[path]

    def at(self, day: dt.date) -> None:
        """Eight o'clock in the morning of a day."""
        self.clock.move_to(dt.datetime.combine(day, dt.time(8), tzinfo=BRUSSELS), tick=False)


@dataclass(frozen=True)
class Channel:
    """`read` gives what stands there in the three weeks; `tells` what of a date can stand there, None for nothing.

    `of` is what one look at it shows: everything, a week or a day.
    """

    name: str
    read: Callable[[Scene], Iterable[Line]]
    tells: Callable[[Line], Line | None]
    of: str = "all"

    def is_seen(self, day: dt.date, scene: Scene) -> bool:
        if self.of == "week":
            return week_of(day) in scene.weeks
        return day in scene.days if self.of == "day" else FIRST <= day <= LAST


def week_of(day: dt.date) -> str:
    return f"{day:%G-W%V}"


def disagreements(
    channels: Iterable[Channel], scene: Scene, written: str, *, before: str | None = None
) -> dict[str, tuple[list[str], list[str]]]:
    """Channel -> (what should stand there, what stands there), of those where it differs.

    A channel of a week or a day is looked at for those in which something differs from `before`; one of everything always.
    """
    wrong = {}
    expected = lines(written)
    known = [] if before is None else lines(before)
    touched = {line.day for line in {*expected} ^ {*known}} or {line.day for line in expected}
    scene.days = touched
    scene.weeks = [week for week in WEEKS if week in set(map(week_of, touched))]
    scene.pages.clear()
    now = dt.datetime.now(dt.UTC)
    for channel in channels:
        seen = [line for line in expected if channel.is_seen(line.day, scene)]
        wanted = sorted(str(told) for line in seen if (told := channel.tells(line)))
        scene.clock.move_to(now, tick=False)
        found = sorted(str(line) for line in channel.read(scene) if channel.is_seen(line.day, scene))
        if found != wanted:
            wrong[channel.name] = (wanted, found)
    scene.clock.move_to(now, tick=False)
    return wrong


# --- Words of a page


def short_hours(text: str) -> str:
    """“10.00 tot 12.30 uur” → 10-12.30; “avond” → evening."""
    if match := re.search(r"(\d+)\.(\d\d) tot (\d+)\.(\d\d) uur", text):
        begin, begin_minutes, end, end_minutes = match.groups()
        return clock_hours(f"{begin}:{begin_minutes}", f"{end}:{end_minutes}")
    return next((part for word, part in PARTS.items() if word in text), "?")


def clock_hours(begin: str, end: str) -> str:
    """13:30 and 16:00 → 13.30-16."""
    return "-".join(f"{int(hour)}" + (f".{minutes}" if int(minutes) else "") for hour, minutes in (
        one.split(":")[:2] for one in (begin, end)
    ))  # fmt: skip


def day_of(text: str) -> dt.date:
    """“donderdag 26 oktober”, with or without the year."""
    _weekday, day, month = text.split()[:3]
    return dt.date(2023, MONTHS[month], int(day))


BADGES = {
    "Gaat niet door": "off",
    "Dicht": "shut",
    "Toch open": "open",
    "Verplaatst": "later",
    "Andere dag": "from",
    "Ontwerp": "draft",
}
NEWS = re.compile(r"Ander uur|Nieuw uur|Nieuwe dag|Nieuwe prijs|Laatste keer op \w+")  # badges of what takes place
A_DAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag \d+ \w+"
BESIDES = [rf"Volgende keer: {A_DAY}\.", rf"Vanaf {A_DAY} is dit op \w+\.", r"Gewoonlijk: .*? uur\.", r"Vroeger: .*?\.(?= |$)",
           r"Vroeger op \w+\.", r"Ook op deze dag: [^.]+\."]  # fmt: skip


def state_and_note(badge: str, said: str) -> dict[str, str]:
    """What the badge means, and what is left of the words under it once those that follow from other facts are taken out."""
    state = BADGES.get(badge, "on")
    for pattern, word in ((rf"Deze keer op ({A_DAY})\.", "to"), (rf"Deze keer niet op ({A_DAY})\.", "from")):
        if match := re.search(pattern, said):
            day = day_of(match[1])
            state, said = f"{word} {day.day}/{day.month}", said.replace(match[0], "")
    for pattern in BESIDES:
        said = re.sub(pattern, "", said)
    return {"state": state, "note": " ".join(said.split())}


def joined(names: str) -> str:
    """A, B en C → A/B/C."""
    return re.sub(r", | en ", "/", names)


def extras(said: str) -> tuple[dict[str, str], str]:
    """Where and with which guests, and the rest of the words."""
    found = {}
    for name, pattern in (("guests", r"Te gast: ([^.]+)\."), ("where", r"(?:^| )In ([^.]+)\.")):
        if match := re.search(pattern, said):
            found[name] = joined(match[1])
            said = said.replace(match[0], " ")
    return found, said


def of_class(node: Node, *names: str) -> list[str]:
    """The words of everything in it with one of these classes."""
    return [one.text for one in node if set(names) & set(one.attributes.get("class", "").split())]


def function_in(node: Node) -> str:
    (one,) = {name for sign in node if "sign" in sign.attributes.get("class", "").split()
              for name in sign.attributes["class"].split() if name.startswith("fn-")}  # fmt: skip
    return one.removeprefix("fn-")


# --- Channels


def week_page(scene: Scene) -> Iterable[Line]:
    for week in scene.weeks:
        yield from _in_cards(scene.page(f"/{scene.site.slug}/week/{week}/"), monday_of(week))


def embed(scene: Scene) -> Iterable[Line]:
    """Seven days from the one it is looked at: of a Monday, its week."""
    for week in scene.weeks:
        scene.at(monday_of(week))
        yield from _in_cards(read(scene.visitor.get(f"/{scene.site.slug}/inbedden/")), monday_of(week))


def monday_of(week: str) -> dt.date:
    return FIRST + dt.timedelta(weeks=WEEKS.index(week))


def _in_cards(page: Node, monday: dt.date) -> Iterable[Line]:
    for card in cards(page):
        (badge,) = of_class(card.node, "badge") or [""]
        meta, *more = of_class(card.node, "meta")
        price, _with, who = meta.partition(", met ")
        yield Line(
            monday + dt.timedelta(days=WEEKDAYS.index(card.under)), short_hours(of_class(card.node, "time")[0]),
            title=card.title, price=price, who=joined(who), function=function_in(card.node),
            **extras(" ".join(more))[0], **state_and_note(badge, " ".join(of_class(card.node, "why"))),
        )  # fmt: skip


def screen(scene: Scene) -> Iterable[Line]:
    """At eight o'clock of each day, when nothing is over."""
    for day in sorted(scene.days):
        scene.at(day)
        page = read(scene.visitor.get(f"/{scene.site.slug}/scherm/"))
        for item in [item for node in page.all("ul") if node.attributes["class"] == "today" for item in node.all("li")]:
            (badge,) = of_class(item, "badge") or [""]
            said = " ".join(node.text for node in item.all("p") if not node.attributes and not node.all("span"))
            found, note = extras(said)
            price, _with, who = of_class(item, "meta")[0].partition(", met ")
            yield Line(
                day, short_hours(of_class(item, "hours")[0]), title=item.one("h3").text, price=price, who=joined(who),
                **found, **state_and_note(badge, note),
            )  # fmt: skip


def message(scene: Scene) -> Iterable[Line]:
    """The text for a message group."""
    for week in scene.weeks:
        page = read(scene.visitor.get(f"/{scene.site.slug}/delen/{week}/"))
        (text,) = [node for node in page.all("textarea") if node.attributes["id"] == "message"]
        for part in "".join(text.children).split("\n\n"):
            first, *told = part.strip().split("\n")
            if first.split()[0] not in WEEKDAYS:
                continue
            day, dates = day_of(first), []
            for one in told:
                dates[-1].append(one.removeprefix("- ")) if one.startswith("- ") else dates.append([one])
            for what, *more in dates:
                hours, _colon, title = what.partition(": ")
                badge = more.pop(0) if more and (more[0] in BADGES or NEWS.fullmatch(more[0])) else ""
                found, note = extras(" ".join(more))
                yield Line(day, short_hours(hours), title=title, **found, **state_and_note(badge, note))


def planner(scene: Scene) -> Iterable[Line]:
    for week in scene.weeks:
        page = read(scene.at_desk.get(f"/beheer/{scene.site.slug}/planner/{week}/"))
        for node in page.all("li"):
            if "blk" not in node.attributes.get("class", "").split():
                continue
            (badge,) = of_class(node, "badge") or [""]
            found, said = extras(" ".join(of_class(node, "more")))
            yield Line(
                dt.date.fromisoformat(node.up("section").attributes["data-date"]), short_hours(of_class(node, "hour")[0]),
                title=of_class(node, "name")[0], who=joined(of_class(node, "by")[0]), function=function_in(node), **found,
                **state_and_note(badge, said),
            )  # fmt: skip


def activity_page(scene: Scene) -> Iterable[Line]:
    response = scene.visitor.get(f"/{scene.site.slug}/activiteit/{scene.slug}/")
    if response.status_code == 404:
        return
    page = read(response).one("main")
    for item in [item for node in page.all("ul") if node.attributes.get("class") == "dates" for item in node.all("li")]:
        (badge,) = of_class(item, "badge") or [""]
        found, said = extras(" ".join(words for words in of_class(item, "quiet") if words != "uur nog niet bekend"))
        yield Line(
            day_of(item.all("b")[0].text), short_hours(item.text.partition("Gewoonlijk")[0]), title=page.one("h1").text, function=function_in(page),
            **found, **state_and_note(badge, said),
        )  # fmt: skip


def home_page(scene: Scene) -> Iterable[Line]:
    for day in sorted(scene.days):
        scene.at(day)
        houses = {node.one("h2").text: node for node in read(scene.visitor.get("/")).all("section") if node.all("h2")}
        for item in [item for node in houses[scene.site.name].all("ul") for item in node.all("li")]:
            hours, *elsewhere = [small.text for small in item.all("small")]
            assert elsewhere in ([], ["op een andere plek"])
            where = "elsewhere" if elsewhere else ""
            yield Line(day, short_hours(hours), title=item.text.partition(hours)[0].strip(), where=where)


def desk_today(scene: Scene) -> Iterable[Line]:
    for day in sorted(scene.days):
        scene.at(day)
        page = read(client_of(scene.coordinator).get(f"/beheer/{scene.site.slug}/"))  # a session lasts two weeks
        for item in page.all("li"):
            if "desk-rows" not in item.parent.attributes.get("class", "").split() or not item.all("h3"):
                continue
            (badge,) = of_class(item, "badge") or [""]
            who = item.all("p")[0].text.removesuffix(badge).partition("·")[2].strip()
            yield Line(
                day, short_hours(item.text), state=BADGES.get(badge, "on"), title=item.one("h3").text, who=joined(who)
            )


def own_dates(scene: Scene) -> Iterable[Line]:
    """What a worker of the organisation reads at home."""
    page = read(scene.at_work.get("/mijn/"))
    for item in [item for node in page.all("ul") if node.attributes.get("class") == "dates" for item in node.all("li")]:
        (badge,) = of_class(item, "badge") or [""]
        yield Line(
            day_of(item.one("b").text), short_hours(item.text), state=BADGES.get(badge, "on"), title=item.one("a").text
        )


def feed(scene: Scene) -> Iterable[Line]:
    return _feed(scene, "agenda.ics")


def activity_feed(scene: Scene) -> Iterable[Line]:
    return _feed(scene, f"activiteit/{scene.slug}/agenda.ics")


def organisation_feed(scene: Scene) -> Iterable[Line]:
    """Of CAW. What it hands over is in it no longer."""
    return _feed(scene, "partners/caw/agenda.ics")


def _feed(scene: Scene, path: str) -> Iterable[Line]:
    """Remembers what it heard, so that the next time is compared with it."""
    response = scene.visitor.get(f"/{scene.site.slug}/{path}")
    if response.status_code == 404:
        return
    heard = scene.heard[path]
    for event in Calendar.from_ical(response.content).walk("VEVENT"):
        uid, version = str(event["UID"]), (int(event["SEQUENCE"]), event["LAST-MODIFIED"].dt)
        known, text = heard.get(uid, (version, ""))
        mark = "*" if uid not in heard else "!" if version != known else ""
        assert version == known or all(new > old for new, old in zip(version, known, strict=True))
        heard[uid] = version, event.to_ical().decode()
        assert mark or text == heard[uid][1], "a calendar takes other words only with another version"
        prefix, _colon, title = str(event["SUMMARY"]).rpartition(": ")
        begin, end = event["DTSTART"].dt, event["DTEND"].dt
        price, who, *said = str(event["DESCRIPTION"]).split("\n")
        state = {"Gaat niet door": "off", "Dicht": "shut", "": "on"}[prefix]
        assert str(event["STATUS"]) == ("CONFIRMED" if state == "on" else "CANCELLED")
        found, rest = extras(" ".join(said))
        yield Line(
            *_local(begin, end, title), title=title.split(" (")[0], price=price, who=joined(who), mark=mark,
            **found | {"where": _elsewhere(str(event["LOCATION"]))},
            **state_and_note("", rest) | {"state": state},
        )  # fmt: skip


def _local(begin: Any, end: Any, title: str) -> tuple[dt.date, str]:
    if not isinstance(begin, dt.datetime):
        return begin, short_hours(title)
    local = [moment.astimezone(BRUSSELS) for moment in (begin, end)]
    return local[0].date(), clock_hours(*(f"{moment:%H:%M}" for moment in local))


def _elsewhere(location: str) -> str:
    names = location.removesuffix(f", {TOWN}")
    return "" if names == HOUSE else joined(names)


STATUSES = {"planned": "on", "cancelled": "off", "closed": "shut", "opened": "open", "withdrawn": "gone", "moved": ""}


def week_json(scene: Scene) -> Iterable[Line]:
    for week in scene.weeks:
        for day in scene.visitor.get(f"/{scene.site.slug}/week/{week}.json").json()["days"]:
            for item in day["items"]:
                moved = {
                    word: dt.date.fromisoformat(item[f"moved_{word}"])
                    for word in ("to", "from")
                    if item[f"moved_{word}"]
                }
                states = [STATUSES[item["status"]], *(f"{word} {on.day}/{on.month}" for word, on in moved.items())]
                state = " ".join(states[1:] if states[0] == "on" and moved else states).strip()
                yield Line(
                    dt.date.fromisoformat(day["date"]),
                    clock_hours(item["begin"], item["end"]) if item["begin"] else item["part"] or "?",
                    state=state, title=item["activity"]["title"], who="/".join(item["organisers"]),
                    where=_elsewhere(item["place"]), guests="/".join(item["guests"]), price=item["price"]["text"],
                    function=item["activity"]["functions"][0], note=state_and_note("", item["note"])["note"],
                )  # fmt: skip


def week_flyer(scene: Scene) -> Iterable[Line]:
    """What is handed over to be printed; that it comes out of the printer is asked of the papers themselves."""
    site = Site.objects.select_related("municipality").get(pk=scene.site.pk)
    for iso in scene.weeks:
        for day in flyer(read_week(site, IsoWeek.parse(iso), "nl"))["days"]:
            for act in day["items"]:
                price, _with, who = _plain(act["meta"]).partition(", met ")
                yield Line(
                    monday_of(iso) + dt.timedelta(days=WEEKDAYS.index(day["name"])),
                    short_hours(_plain(act["time"]) or act["maybe"]), title=_plain(act["title"]), price=price, who=joined(who),
                    function=act["tint"], **extras(_plain(act["extra"]))[0],
                    **state_and_note(act["badge"], " ".join(_plain(words) for words in act["lines"])),
                )  # fmt: skip


def _plain(runs: list[dict[str, str]]) -> str:
    return "".join(run["text"] for run in runs)


EVENT_STATES = {"EventScheduled": "on", "EventCancelled": "off", "EventRescheduled": "from"}


def search_engines(scene: Scene) -> Iterable[Line]:
    for week in scene.weeks:
        for event in json_ld(scene.page(f"/{scene.site.slug}/week/{week}/"))["@graph"]:
            begin = dt.datetime.fromisoformat(event["startDate"])
            hours = "?"
            if "endDate" in event:
                _day, hours = _local(begin, dt.datetime.fromisoformat(event["endDate"]), "")
            state = EVENT_STATES[event["eventStatus"].removeprefix("https://schema.org/")]
            if state == "from":
                left = dt.date.fromisoformat(event["previousStartDate"])
                state = f"from {left.day}/{left.month}"
            free = event.get("isAccessibleForFree", False)
            yield Line(
                begin.date() if hours == "?" else begin.astimezone(BRUSSELS).date(), hours, state=state, title=event["name"],
                where=_elsewhere(event["location"]["name"]), price="Gratis" if free else "not free",
                who="/".join(one["name"] for one in event["organizer"]),
            )  # fmt: skip


# --- What of a date each of them can tell

PLAIN = {"where": "", "guests": "", "price": "Gratis", "who": "CAW", "function": "meet", "note": "", "mark": ""}
HELD = {"on", "open"}
SECRET = {"draft", "undone"}  # no visitor's business


def has_left(line: Line) -> bool:
    """Told on the day it no longer stands on."""
    return "to " in line.state


def is_held(line: Line) -> bool:
    return line.state in HELD or line.state.startswith("from")


def without(line: Line, *names: str, **other: str) -> Line:
    return replace(line, **{name: PLAIN[name] for name in names} | other)


def on_week_page(line: Line) -> Line | None:
    if line.state in SECRET:
        return None
    state = "off" if line.state.startswith(("gone", "off")) else line.state
    return without(line, "mark", state=state)


def in_planner(line: Line) -> Line | None:
    told = line if line.state == "draft" else on_week_page(line)
    return told and without(told, "price", "mark")


def on_activity_page(line: Line) -> Line | None:
    if line.state in {"gone", "later"} or has_left(line):
        return None
    told = on_week_page(line)
    return told and without(told, "price", "who")


def at_home(line: Line) -> Line | None:
    """Which place it is stands one page further; that it is not the house stands there."""
    where = "elsewhere" if "/" in line.where else ""  # along stops
    return replace(without(line, *PLAIN, state="on"), where=where) if is_held(line) else None


def at_desk(line: Line) -> Line | None:
    if line.state in SECRET:
        return None
    word = line.state.split()[0]
    state = {"gone": "off", "to": "later"}.get(word, word)
    return without(line, *(PLAIN.keys() - {"who"}), state=state)


def in_own_dates(line: Line) -> Line | None:
    if has_left(line) or "CAW" not in line.who:
        return None
    told = at_desk(line)
    return told and without(told, "who")


def in_feed(line: Line) -> Line | None:
    if line.state == "draft" or has_left(line):
        return None
    off = {"off", "gone", "later", "undone"}
    state = "on" if is_held(line) else "off" if line.state.split()[0] in off else line.state
    return without(line, "function", state=state)


def in_feed_of_caw(line: Line) -> Line | None:
    return in_feed(line) if "CAW" in line.who else None


def on_screen(line: Line) -> Line | None:
    told = on_week_page(line)
    return told and without(told, "function")


def in_message(line: Line) -> Line | None:
    told = on_screen(line)
    return told and without(told, "price", "who")


def in_json(line: Line) -> Line | None:
    if line.state in SECRET:
        return None
    return without(line, "mark", state="gone" if line.state == "later" else line.state)


def for_search_engines(line: Line) -> Line | None:
    if line.state in SECRET or has_left(line):
        return None
    state = line.state if line.state.startswith("from") else "on" if is_held(line) else "off"
    price = "Gratis" if line.price == "Gratis" else "not free"
    hours = line.hours if line.hours[0].isdigit() else "?"
    return replace(without(line, "guests", "function", "note", "mark", state=state), price=price, hours=hours)


CHANNELS = [
    Channel("week page", week_page, on_week_page, "week"),
    Channel("flyer", week_flyer, on_week_page, "week"),
    Channel("planner", planner, in_planner, "week"),
    Channel("activity page", activity_page, on_activity_page),
    Channel("home page", home_page, at_home, "day"),
    Channel("desk today", desk_today, at_desk, "day"),
    Channel("own dates", own_dates, in_own_dates),
    Channel("feed", feed, in_feed),
    Channel("feed of the activity", activity_feed, in_feed),
    Channel("feed of the organisation", organisation_feed, in_feed_of_caw),
    Channel("week.json", week_json, in_json, "week"),
    Channel("search engines", search_engines, for_search_engines, "week"),
    Channel("frame on another website", embed, on_week_page, "week"),
    Channel("screen in the hall", screen, on_screen, "day"),
    Channel("text to share", message, in_message, "week"),
]
FEEDS = (feed, activity_feed, organisation_feed)
