"""Every change a coordinator can make, in every channel: written down by hand for three weeks, before, after, and undone.

Each change is made once and all channels are looked at after it: those of a week or a day where it changed something, the others whole.

The offer is Koffie, on Wednesdays from 10 to 12, by CAW; 1 November is a public holiday. How it is written: `channels.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.core import mail

from activities.desk_words import VERBS as WORDS
from activities.models import ActivityType, Occurrence, Series, Step
from partners.models import Organisation
from sites.enums import RoleKind
from sites.models import ChangeLog, Closure
from stek.time import wall_now
from tests.desk import client_of, confirm, form_at
from tests.dutch import dutch_left, sentences_left
from tests.factories.activities import make_activity, make_type
from tests.factories.partners import make_engagement, make_membership, make_organisation
from tests.factories.sites import make_home_address, make_municipality, make_person, make_place, make_site
from tests.offer import offer
from tests.reading import read
from tests.weeks import make_busy_site

from .channels import (
    CHANNELS,
    FEEDS,
    HOUSE,
    TOWN,
    Channel,
    Line,
    Scene,
    at_home,
    day_of,
    disagreements,
    joined,
    lines,
    short_hours,
)

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
THURSDAY = "2023-10-12T09:00+02:00"
AS_AGREED = "wed 10-12 | wed 10-12 | wed 10-12 shut: Allerheiligen"


# --- What a coordinator does, through the pages of the desk


class Desk:
    """The coordinator at work; `how` the last button is pressed: with a message where one is offered, or not."""

    def __init__(self, scene: Scene, *, tells: bool) -> None:
        self.site, self.slug, self.tells = scene.site, scene.slug, tells
        self.client = client_of(scene.coordinator)

    def date(self, slot: str, more: str = "") -> str:
        one = Occurrence.objects.get(
            series__activity__slug=self.slug, original_date=slot, status__in=["planned", "cancelled"]
        )
        return f"/beheer/{self.site.slug}/planner/datum/{one.uuid}/{more}"

    def agreement(self, more: str = "") -> str:
        series = Series.objects.filter(activity__slug=self.slug, is_undone=False).latest("pk")
        return f"/beheer/{self.site.slug}/planner/afspraak/{series.pk}/{more}"

    def fill(self, path: str, **more: str) -> None:
        """The form as it stands, but for what is said; then the preview; then the last button."""
        confirm(self.client, path, form_at(self.client, path) | more, tells=self.tells)

    def post(self, path: str, data: dict) -> None:
        response = self.client.post(path, data)
        assert response.status_code == 302, response.content.decode()

    def undo(self) -> None:
        """The newest of what the planner says can be undone."""
        page = read(self.client.get(f"/beheer/{self.site.slug}/planner/"))
        (undo,) = [node for node in page.all("section") if node.attributes.get("class") == "undo"]
        self.post(undo.all("form")[0].attributes["action"], {})


def move(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25"), scope="this", day="2023-10-26", begin="14:00", end="16:00", reason="Markt")


def move_to_another_week(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25"), scope="this", day="2023-10-31", begin="14:00", end="16:00", reason="Markt")


def move_to_a_closed_day(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25"), scope="this", day="2023-11-01", begin="14:00", end="16:00", reason="Markt")


def another_hour(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25"), scope="this", begin="14:00", end="16:00", reason="Markt")


def only_a_part_of_the_day(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25"), scope="this", begin="", end="", part="evening", reason="Markt")


def another_room(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25"), scope="this", place=_place(desk, "Keuken"), reason="Markt")


def _place(desk: Desk, name: str) -> str:
    return str(desk.site.places.get(name=name).pk)


def cancel(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25", "afzeggen/"), note="Ziek")


def restore(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25", "toch/"))


def back_to_series(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25", "terug/"))


def open_anyway(desk: Desk) -> None:
    desk.fill(desk.date("2023-11-01", "open/"), note="Brunch")


def no_longer_open(desk: Desk) -> None:
    desk.fill(desk.date("2023-11-01", "open/"), note="")


def guests(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25", "te-gast/"), guests=_organisation("De dokter"))


def _organisation(name: str) -> str:
    return str(Organisation.objects.get(names__name=name).pk)


def on_the_road(desk: Desk) -> None:
    stops = {"stop_1": _place(desk, "Nieuwmoer"), "stop_2": _place(desk, "Achterbroek")}
    desk.fill(desk.date("2023-10-25", "op-pad/"), **stops, note="Kom af")


def home_again(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25", "op-pad/"), stop_1="", stop_2="", note="")


def note(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-25", "bericht/"), note="Breng een tas mee", note_fr="Apportez un sac")


def another_day_from(desk: Desk) -> None:
    form = {"scope": "from", "day": "2023-11-02", "since": "2023-10-25", "reason": "Winkel"}
    desk.fill(desk.date("2023-11-01"), **form)


def another_price_from(desk: Desk) -> None:
    form = {"how_long": "from", "since": "2023-10-25", "price_kind": "fixed", "price": "2,50", "reason": "Duurder"}
    desk.fill(desk.agreement(), **form)


def another_host_from(desk: Desk) -> None:
    form = {"how_long": "from", "since": "2023-10-25", "organisers": _organisation("Ligo"), "reason": "Overname"}
    desk.fill(desk.agreement(), **form)


def another_hour_always(desk: Desk) -> None:
    desk.fill(desk.date("2023-10-18"), scope="always", begin="14:00", end="16:00", reason="Later")


def the_whole(desk: Desk) -> None:
    desk.fill(desk.agreement(), since="2023-10-18", begin="14:00", end="16:00", reason="Later")


def the_price_of_the_whole(desk: Desk) -> None:
    desk.fill(desk.agreement(), since="2023-10-18", price_kind="fixed", price="2,50", reason="Duurder")


def end(desk: Desk) -> None:
    desk.fill(desk.agreement("stoppen/"), last_day="2023-10-18", reason="Op")


def close(desk: Desk) -> None:
    path = f"/beheer/{desk.site.slug}/sluitingen/nieuw/"
    days = {"first_day": "2023-10-23", "last_day": "2023-10-29", "reason": "Kermis"}
    confirm(desk.client, path, days, tells=desk.tells)


def lift(desk: Desk) -> None:
    path = f"/beheer/{desk.site.slug}/sluitingen/{Closure.objects.get().pk}/open/"
    desk.post(path, {"zeker": "bericht" if desk.tells else "stil"})


def begin(desk: Desk, how: str = "open") -> None:
    path = f"/beheer/{desk.site.slug}/planner/nieuw/"
    data = {
        "title": "Koffie", "type": str(ActivityType.objects.get(code="koffie").pk), "functions": "meet", "often": "weekly",
        "first_day": "2023-10-18", "last_day": "2023-11-05", "begin": "10:00", "end": "12:00",
        "organisers": _organisation("CAW"), "price_kind": "free", "volunteers_allowed": "on",
    }  # fmt: skip
    confirm(desk.client, path, data, how=how)


def draft(desk: Desk) -> None:
    begin(desk, "ontwerp")


def publish(desk: Desk) -> None:
    desk.post(f"/beheer/{desk.site.slug}/planner/ontwerp/{Series.objects.get(activity__slug='koffie').pk}/", {})


def discard(desk: Desk) -> None:
    draft = Series.objects.get(activity__slug="koffie").pk
    desk.post(f"/beheer/{desk.site.slug}/planner/ontwerp/{draft}/weg/", {"reason": "Geen zaal"})


def words(desk: Desk) -> None:
    path = desk.agreement("woorden/")
    desk.post(path, form_at(desk.client, path) | {"title": "Thee", "reason": "Schrijffout"})


def identity(desk: Desk) -> None:
    path = f"/beheer/{desk.site.slug}/planner/activiteit/{Series.objects.get(activity__slug='koffie').activity_id}/"
    form = form_at(desk.client, path) | {"refer": "on"}
    del form["meet"]
    desk.post(path, form)


def hand_over(desk: Desk) -> None:
    series = Series.objects.get(activity__slug="koffie").pk
    path = f"/beheer/{desk.site.slug}/partners/aanbod/{series}/overdragen/"
    desk.post(path, {"day": "2023-10-25", "to": _organisation("Ligo"), "reason": "Overname"})


def hand_over_before_it_begins(desk: Desk) -> None:
    series = Series.objects.get(activity__slug="koffie").pk
    path = f"/beheer/{desk.site.slug}/partners/aanbod/{series}/overdragen/"
    desk.post(path, {"day": "2023-10-18", "to": _organisation("Ligo"), "reason": "Overname"})


# What the history calls it. A verb of the room that is missing here is missing in the table.
SAID = {
    move: "move", move_to_another_week: "move", another_hour: "move", only_a_part_of_the_day: "move", another_room: "move",
    cancel: "cancel", restore: "restore", back_to_series: "back_to_series", open_anyway: "open_anyway",
    no_longer_open: "open_anyway", guests: "invite_guests", on_the_road: "go_on_the_road", home_again: "go_on_the_road", note: "change_note",
    another_day_from: "start_series", another_price_from: "start_series", another_host_from: "start_series",
    another_hour_always: "start_series", the_whole: "change_series", the_price_of_the_whole: "change_series", end: "end_series",
    close: "close", lift: "lift", begin: "begin_offer", draft: "begin_offer", publish: "publish", discard: "discard",
    words: "correct_words", identity: "change_activity", hand_over: "start_series", hand_over_before_it_begins: "change_organisers",
}  # fmt: skip
ELSEWHERE = {
    "undo",  # of each of them
    "change_from",  # what a step is called; its history says that an agreement ended and another began
    "change_dates",  # has no page
    "keep_plan",  # no visitor reads of it
    *("keep_spot", "hang", "give_up_spot"),  # nor of where papers hang
    *("add_need", "change_need", "end_need"),  # nor of who helps
    *("offer_places", "change_places", "drop_places"),  # for what happens once: tests/activities/views/test_joining.py
    *("count", "change_count"),  # nor of how many came
    *(
        "hold_table",
        "change_table",
        "add_cards",
        "accept_idea",
        "answer_idea",
        "idea_becomes",
        "drop_idea",
    ),  # ideas have a page of their own
    "choose_what_stays",  # when the money stops
}


# --- What should stand there


@dataclass(frozen=True)
class Verb:
    """`after` is written beside `before`; `letter` is what the worker of who organises it is told, and `retold` when it is undone.

    `given` was done before, without a message. `undone` is empty for what cannot be undone. `since` begins the offer.
    """

    do: Callable[[Desk], None]
    after: str
    letter: str = ""
    undone: str = ""
    retold: str = ""
    before: str = AS_AGREED
    given: tuple[Callable[[Desk], None], ...] = ()
    since: str = "2023-01-04"


CANCELLED = "wed 10-12 | wed 10-12 off: Ziek | wed 10-12 shut: Allerheiligen"
MOVED = "wed 10-12 | wed 10-12 to 26/10: Markt; thu 14-16 from 25/10: Markt | wed 10-12 shut: Allerheiligen"
CLOSED = "wed 10-12 | wed 10-12 shut: Kermis | wed 10-12 shut: Allerheiligen"
DRAFT = "wed 10-12 draft | wed 10-12 draft | wed 10-12 draft"
OPENED = "wed 10-12 | wed 10-12 | wed 10-12 open: Brunch"
ON_THE_ROAD = "wed 10-12 | wed 10-12 @Nieuwmoer/Achterbroek: Kom af | wed 10-12 shut: Allerheiligen"
# The second Wednesday is again as agreed, and calendars hear of it.
SECOND_AGAIN = "wed 10-12 | !wed 10-12 | wed 10-12 shut: Allerheiligen"
THIRD_AGAIN = "wed 10-12 | wed 10-12 | !wed 10-12 shut: Allerheiligen"
BOTH_AGAIN = "wed 10-12 | !wed 10-12 | !wed 10-12 shut: Allerheiligen"
ALL_AGAIN = "!wed 10-12 | !wed 10-12 | !wed 10-12 shut: Allerheiligen"

VERBS = {
    "move": Verb(
        move,
        "wed 10-12 | wed 10-12 to 26/10: Markt; !thu 14-16 from 25/10: Markt | wed 10-12 shut: Allerheiligen",
        letter="25/10 10-12 > 26/10 14-16: Markt",
        undone=SECOND_AGAIN,
        retold="26/10 14-16 > 25/10 10-12",
    ),
    "move to another week": Verb(
        move_to_another_week,
        "wed 10-12 | wed 10-12 to 31/10: Markt | !tue 14-16 from 25/10: Markt; wed 10-12 shut: Allerheiligen",
        letter="25/10 10-12 > 31/10 14-16: Markt",
        undone=SECOND_AGAIN,
        retold="31/10 14-16 > 25/10 10-12",
    ),
    "another hour": Verb(
        another_hour,
        "wed 10-12 | !wed 14-16: Markt | wed 10-12 shut: Allerheiligen",
        letter="25/10 10-12 > 25/10 14-16: Markt",
        undone=SECOND_AGAIN,
        retold="25/10 14-16 > 25/10 10-12",
    ),
    "only a part of the day": Verb(
        only_a_part_of_the_day,
        "wed 10-12 | !wed evening: Markt | wed 10-12 shut: Allerheiligen",
        letter="25/10 10-12 > 25/10 evening: Markt",
        undone=SECOND_AGAIN,
        retold="25/10 evening > 25/10 10-12",
    ),
    "another room": Verb(
        another_room,
        "wed 10-12 | !wed 10-12 @Keuken: Markt | wed 10-12 shut: Allerheiligen",
        letter="25/10 10-12 > 25/10 10-12 @Keuken: Markt",
        undone=SECOND_AGAIN,
        retold="25/10 10-12 @Keuken > 25/10 10-12",
    ),
    "cancel": Verb(
        cancel,
        "wed 10-12 | !wed 10-12 off: Ziek | wed 10-12 shut: Allerheiligen",
        letter="-25/10 10-12: Ziek",
        undone=SECOND_AGAIN,
        retold="+25/10 10-12",
    ),
    "restore": Verb(
        restore,
        SECOND_AGAIN,
        letter="+25/10 10-12",
        undone="wed 10-12 | !wed 10-12 off: Ziek | wed 10-12 shut: Allerheiligen",
        retold="-25/10 10-12: Ziek",
        before=CANCELLED,
        given=(cancel,),
    ),
    "back to series": Verb(
        back_to_series,
        SECOND_AGAIN,
        letter="26/10 14-16 > 25/10 10-12",
        undone="wed 10-12 | wed 10-12 to 26/10: Markt; !thu 14-16 from 25/10: Markt | wed 10-12 shut: Allerheiligen",
        retold="25/10 10-12 > 26/10 14-16: Markt",
        before=MOVED,
        given=(move,),
    ),
    "cancel what was moved": Verb(
        cancel,
        "wed 10-12 | wed 10-12 off to 26/10: Ziek; !thu 14-16 off from 25/10: Ziek | wed 10-12 shut: Allerheiligen",
        letter="-26/10 14-16: Ziek",
        undone="wed 10-12 | wed 10-12 to 26/10: Markt; !thu 14-16 from 25/10: Markt | wed 10-12 shut: Allerheiligen",
        retold="+26/10 14-16: Markt",
        before=MOVED,
        given=(move,),
    ),
    "open anyway": Verb(
        open_anyway,
        "wed 10-12 | wed 10-12 | !wed 10-12 open: Brunch",
        letter="1/11 10-12 shut > 1/11 10-12: Brunch",
        undone=THIRD_AGAIN,
        retold="1/11 10-12 > 1/11 10-12 shut",
    ),
    "no longer open": Verb(
        no_longer_open,
        THIRD_AGAIN,
        letter="1/11 10-12 > 1/11 10-12 shut",
        undone="wed 10-12 | wed 10-12 | !wed 10-12 open: Brunch",
        retold="1/11 10-12 shut > 1/11 10-12: Brunch",
        before=OPENED,
        given=(open_anyway,),
    ),
    "guests": Verb(
        guests,
        "wed 10-12 | !wed 10-12 +De dokter | wed 10-12 shut: Allerheiligen",
        undone=SECOND_AGAIN,
    ),
    "on the road": Verb(
        on_the_road,
        "wed 10-12 | !wed 10-12 @Nieuwmoer/Achterbroek: Kom af | wed 10-12 shut: Allerheiligen",
        letter="25/10 10-12 > 25/10 10-12 @Nieuwmoer/Achterbroek: Kom af",
        undone=SECOND_AGAIN,
        retold="25/10 10-12 @Nieuwmoer/Achterbroek > 25/10 10-12",
    ),
    "home again": Verb(
        home_again,
        SECOND_AGAIN,
        letter="25/10 10-12 @Nieuwmoer/Achterbroek > 25/10 10-12",
        undone="wed 10-12 | !wed 10-12 @Nieuwmoer/Achterbroek: Kom af | wed 10-12 shut: Allerheiligen",
        retold="25/10 10-12 > 25/10 10-12 @Nieuwmoer/Achterbroek: Kom af",
        before=ON_THE_ROAD,
        given=(on_the_road,),
    ),
    "note": Verb(
        note,
        "wed 10-12 | !wed 10-12: Breng een tas mee | wed 10-12 shut: Allerheiligen",
        undone=SECOND_AGAIN,
    ),
    "another day from": Verb(
        another_day_from,
        "!wed 10-12 | !wed 10-12 later; *thu 10-12: Winkel | !wed 10-12 later; *thu 10-12",
        letter="-25/10 10-12; -1/11 10-12 shut; +26/10 10-12; +2/11 10-12: Winkel: Vanaf donderdag 26 oktober is dit op donderdag.",
        undone="!wed 10-12 | !wed 10-12; !thu 10-12 undone | !wed 10-12 shut: Allerheiligen; !thu 10-12 undone",
        retold="-26/10 10-12; -2/11 10-12; +25/10 10-12; +1/11 10-12 shut",
    ),
    "another day from, with one cancelled before": Verb(
        another_day_from,
        "!wed 10-12 | wed 10-12 off: Ziek; *thu 10-12: Winkel | !wed 10-12 later; *thu 10-12",
        letter="-1/11 10-12 shut; +26/10 10-12; +2/11 10-12: Winkel: Vanaf donderdag 26 oktober is dit op donderdag.",
        undone="!wed 10-12 | wed 10-12 off: Ziek; !thu 10-12 undone | !wed 10-12 shut: Allerheiligen; !thu 10-12 undone",
        retold="-26/10 10-12; -2/11 10-12; +1/11 10-12 shut",
        before=CANCELLED,
        given=(cancel,),
    ),
    "another price from": Verb(
        another_price_from,
        "wed 10-12 | *wed 10-12 =€ 2,50: Duurder | *wed 10-12 shut =€ 2,50: Allerheiligen",
        undone=BOTH_AGAIN,
    ),
    "another host from": Verb(
        another_host_from,
        "wed 10-12 | *wed 10-12 by Ligo: Overname | *wed 10-12 shut by Ligo: Allerheiligen",
        letter="25/10 10-12 by CAW > 25/10 10-12 by Ligo; 1/11 10-12 by CAW shut > 1/11 10-12 by Ligo shut: Overname",
        undone=BOTH_AGAIN,
        retold="25/10 10-12 by Ligo > 25/10 10-12 by CAW; 1/11 10-12 by Ligo shut > 1/11 10-12 by CAW shut",
    ),
    "another hour always": Verb(
        another_hour_always,
        "*wed 14-16: Later | *wed 14-16 | *wed 14-16 shut: Allerheiligen",
        letter="18/10 10-12 > 18/10 14-16; 25/10 10-12 > 25/10 14-16; 1/11 10-12 shut > 1/11 14-16 shut: Later",
        undone=ALL_AGAIN,
        retold="18/10 14-16 > 18/10 10-12; 25/10 14-16 > 25/10 10-12; 1/11 14-16 shut > 1/11 10-12 shut",
    ),
    "another hour always, with one moved before": Verb(
        another_hour_always,
        "*wed 14-16: Later | *wed 14-16 | *wed 14-16 shut: Allerheiligen",
        letter="18/10 10-12 > 18/10 14-16; 1/11 10-12 shut > 1/11 14-16 shut; -26/10 14-16; +25/10 14-16: Later",
        undone="!wed 10-12 | wed 10-12 to 26/10: Markt; !thu 14-16 from 25/10: Markt; !wed 14-16 undone | !wed 10-12 shut: Allerheiligen",
        retold="18/10 14-16 > 18/10 10-12; 1/11 14-16 shut > 1/11 10-12 shut; -25/10 14-16; +26/10 14-16",
        before=MOVED,
        given=(move,),
    ),
    "the whole": Verb(
        the_whole,
        "!wed 14-16 | !wed 14-16 | !wed 14-16 shut: Allerheiligen",
        letter="18/10 10-12 > 18/10 14-16; 25/10 10-12 > 25/10 14-16; 1/11 10-12 shut > 1/11 14-16 shut",
        undone=ALL_AGAIN,
        retold="18/10 14-16 > 18/10 10-12; 25/10 14-16 > 25/10 10-12; 1/11 14-16 shut > 1/11 10-12 shut",
        since="2023-10-18",
    ),
    "the price of the whole": Verb(
        the_price_of_the_whole,
        "!wed 10-12 =€ 2,50 | !wed 10-12 =€ 2,50 | !wed 10-12 shut =€ 2,50: Allerheiligen",
        undone=ALL_AGAIN,
        since="2023-10-18",
    ),
    "end": Verb(
        end,
        "wed 10-12 | !wed 10-12 gone | !wed 10-12 gone",
        letter="-25/10 10-12; -1/11 10-12 shut",
        undone=BOTH_AGAIN,
        retold="+25/10 10-12; +1/11 10-12 shut",
    ),
    "close": Verb(
        close,
        "wed 10-12 | !wed 10-12 shut: Kermis | wed 10-12 shut: Allerheiligen",
        letter="-25/10 10-12: Kermis",
    ),
    "close, with one cancelled before": Verb(
        close,
        "wed 10-12 | !wed 10-12 off: Ziek | wed 10-12 shut: Allerheiligen",
        before=CANCELLED,
        given=(cancel,),
    ),
    "lift": Verb(lift, SECOND_AGAIN, letter="+25/10 10-12", before=CLOSED, given=(close,)),
    "lift, with one cancelled before": Verb(
        lift,
        "wed 10-12 | !wed 10-12 off: Ziek | wed 10-12 shut: Allerheiligen",
        before=CANCELLED,
        given=(cancel, close),
    ),
    "begin": Verb(
        begin,
        "*wed 10-12 | *wed 10-12 | *wed 10-12 shut: Allerheiligen",
        undone="!wed 10-12 undone | !wed 10-12 undone | !wed 10-12 undone",
        before="",
        since="",
    ),
    "keep as a draft": Verb(draft, DRAFT, before="", since=""),
    "publish": Verb(
        publish,
        "*wed 10-12 | *wed 10-12 | *wed 10-12 shut: Allerheiligen",
        undone="!wed 10-12 undone | !wed 10-12 undone | !wed 10-12 undone",
        before=DRAFT,
        given=(draft,),
        since="",
    ),
    "discard": Verb(discard, "", before=DRAFT, given=(draft,), since=""),
    "words": Verb(words, '!wed 10-12 "Thee" | !wed 10-12 "Thee" | !wed 10-12 shut "Thee": Allerheiligen'),
    "identity": Verb(identity, "wed 10-12 &refer | wed 10-12 &refer | wed 10-12 shut &refer: Allerheiligen"),
    "hand over": Verb(
        hand_over, "wed 10-12 | *wed 10-12 by CAW/Ligo: Overname | *wed 10-12 shut by CAW/Ligo: Allerheiligen"
    ),
}

VERBS["hand over before it begins"] = Verb(
    hand_over_before_it_begins,
    "!wed 10-12 by CAW/Ligo | !wed 10-12 by CAW/Ligo | !wed 10-12 shut by CAW/Ligo: Allerheiligen",
    since="2023-10-18",
)


# --- The table


@pytest.fixture
def scene(time_machine, monkeypatch) -> Scene:
    """A place with a house, a room and two stops; another place that is busy on the same days.

    What asks for attention at the desk, and how things stand behind its doors, is proven elsewhere, and is dear.
    """
    monkeypatch.setattr("activities.desk_today.problems", lambda _site: [])
    monkeypatch.setattr("sites.blocks._doors", [])
    time_machine.move_to(THURSDAY, tick=False)
    make_busy_site(weekdays=(1, 2, 3))
    site = make_site(slug="hier", name="Hier", municipality=make_municipality(name=TOWN))
    make_home_address(site, place=make_place(site, name=HOUSE, kind="house"))
    make_place(site, name="Keuken", kind="room")
    for name in ("Nieuwmoer", "Achterbroek"):
        make_place(site, name=name, kind="stop", municipality=site.municipality)
    make_organisation(name="De dokter")
    hosts = [make_organisation(name=name, code=name.lower()) for name in ("CAW", "Ligo")]
    for host in hosts:
        make_engagement(site, organisation=host)
    worker = make_person(RoleKind.PARTNER_WORKER, site=site)
    make_membership(site, user=worker, organisation=hosts[0])
    make_type(code="koffie")
    return Scene(site, "koffie", make_person(RoleKind.COORDINATOR, site=site), worker, time_machine)


def play(scene: Scene, verb: Verb) -> Desk:
    """Everything up to the change itself."""
    if verb.since:
        fields = {"weekday": 2, "first_day": dt.date.fromisoformat(verb.since), "last_day": dt.date(2023, 11, 5)}
        kind = ActivityType.objects.get(code="koffie")
        activity = make_activity(scene.site, slug=scene.slug, type=kind)
        offer(scene.site, organisers=[Organisation.objects.get(names__name="CAW")], activity=activity, **fields)
    for earlier in verb.given:
        earlier(Desk(scene, tells=False))
    for one in FEEDS:
        list(one(scene))  # calendars have read it
    return Desk(scene, tells=True)


def letters(scene: Scene) -> list[str]:
    """What left since the last time, and to nobody else than the worker; in the notation of `Verb.letter`."""
    left = list(mail.outbox)
    mail.outbox.clear()
    assert all(letter.to == [scene.worker.email] for letter in left)
    return [in_short(letter.body) for letter in left]


HEADINGS = {"Dit verandert:": "", "Dit valt weg:": "-", "Dit komt erbij:": "+", "Dit gaat toch door:": "+"}
SHUT = re.compile(r"Dicht: (.*)\. Dit gaat dan niet door:")


def in_short(body: str) -> str:
    said, reason, sign = [], [], None
    for line in filter(None, map(str.strip, body.split("\n"))):
        if line == "Zo staat het nu:":
            break
        if line.startswith("“Koffie”"):
            continue
        if shut := SHUT.fullmatch(line):
            reason.append(shut[1])
            sign = "-"
        elif line in HEADINGS:
            sign = HEADINGS[line]
        elif sign is None:
            reason.append(line)
        else:
            said.append(sign + " > ".join(_date_in_short(one) for one in line.removeprefix("- ").split(" → ")))
    return "; ".join(said) + "".join(f": {line}" for line in reason)


def _date_in_short(text: str) -> str:
    day, hours, *more = text.removesuffix(" · Koffie, Hier").split(", ")
    signs = {"met ": " by ", "dicht": " shut"}
    said = [f"{day_of(day).day}/{day_of(day).month} {short_hours(hours)}"]
    for one in more:
        start = next((start for start in signs if one.startswith(start)), "")
        said.append(
            signs[start] + (one.removeprefix(start) if start == "met " else "") if start else f" @{joined(one)}"
        )
    return "".join(said)


# What a row says is asked of both databases elsewhere; here each way of writing one is asked once more of the second.
OF_BOTH = {
    "move",
    "cancel",
    "back to series",
    "on the road",
    "another day from",
    "another hour always",
    "close",
    "words",
}


@pytest.mark.parametrize("name", [pytest.param(one, marks=() if one in OF_BOTH else pytest.mark.once) for one in VERBS])
def test_every_channel_tells_it(scene, django_capture_on_commit_callbacks, name):
    verb = VERBS[name]
    desk = play(scene, verb)
    wrong = {}
    assert letters(scene) == []

    steps = Step.objects.count()
    scene.clock.shift(HOUR)
    with django_capture_on_commit_callbacks(execute=True):
        verb.do(desk)
    wrong["after"] = disagreements(CHANNELS, scene, verb.after, before=verb.before)
    told = {"letter": letters(scene)}
    assert ChangeLog.objects.filter(verb=SAID[verb.do], by=scene.coordinator, at=wall_now()).exists()

    if verb.undone:
        scene.clock.shift(HOUR)
        with django_capture_on_commit_callbacks(execute=True):
            desk.undo()
        wrong["undone"] = disagreements(CHANNELS, scene, verb.undone, before=verb.after)
        told["retold"] = letters(scene)
    assert Step.objects.count() == steps + bool(verb.undone)
    assert dutch_in_arabic(scene) == []

    assert {when: found for when, found in wrong.items() if found} == {}
    assert told == {
        when: [text] if text else []
        for when, text in (("letter", verb.letter), ("retold", verb.retold))
        if when in told
    }


def dutch_in_arabic(scene: Scene) -> list[str]:
    """Whatever happened is told in another language too: on the pages, in the calendar and in the data."""
    client, names = scene.visitor, [scene.site.name, TOWN]
    places = [f"week/{week}/" for week in scene.weeks] + ["inbedden/", "scherm/"]
    pages = [read(client.get(f"/ar/{scene.site.slug}/{place}")) for place in places]
    machines = [f"/{scene.site.slug}/agenda.ics", *(f"/{scene.site.slug}/week/{week}.json" for week in scene.weeks)]
    read_by_machines = [client.get(f"{path}?taal=ar").content.decode().replace("\r\n ", "") for path in machines]
    return [word for page in pages for word in dutch_left(page, in_head=names)] + [
        piece for text in read_by_machines for piece in sentences_left(text)
    ]


def test_every_channel_tells_what_was_agreed(scene):
    play(scene, VERBS["cancel"])

    assert disagreements(CHANNELS, scene, AS_AGREED) == {}


def ignores_cancellation(scene: Scene) -> list[Line]:
    """A channel as a beginner writes it: the rows of the dates."""
    rows = Occurrence.objects.filter(site=scene.site).order_by("day")
    return [Line(row.day, f"{row.begin.hour}-{row.end.hour}") for row in rows]


def test_a_channel_that_ignores_cancellation_turns_the_table_red(scene):
    planted = Channel("planted", ignores_cancellation, at_home)
    desk = play(scene, VERBS["cancel"])
    scene.clock.shift(HOUR)

    cancel(desk)

    wrong = disagreements([*CHANNELS, planted], scene, VERBS["cancel"].after)  # of all three weeks
    assert wrong == {"planted": (["wed 18/10 10-12"], ["wed 01/11 10-12", "wed 18/10 10-12", "wed 25/10 10-12"])}


def test_what_was_before_is_what_another_verb_left():
    """So that it need not be looked at again: as agreed, nothing, or what stands there after what was `given`."""
    after = {verb.do: _plainly(verb.after) for verb in VERBS.values() if not verb.given}
    begun = {verb.before: verb.given[:1] for verb in VERBS.values() if verb.given}

    assert begun.keys() | {AS_AGREED, ""} == {verb.before for verb in VERBS.values()}
    assert {before: after[first] for before, (first,) in begun.items()} == {
        before: _plainly(before) for before in begun
    }


def _plainly(written: str) -> set[str]:
    return {str(replace(line, mark="")) for line in lines(written)}


def test_every_verb_of_the_room_is_in_the_table():
    assert {SAID[verb.do] for verb in VERBS.values()} == WORDS.keys() - ELSEWHERE
