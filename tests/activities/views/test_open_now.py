"""Home, the page of a place and its week say the same of today, from the morning until midnight, kept bodies and all."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from activities.actions.closure import close
from activities.actions.occurrence import cancel
from activities.enums import Part
from activities.models import Series
from sites.enums import SiteStatus
from sites.models import Site
from tests.factories.sites import make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import read, wall

BRUSSELS = ZoneInfo("Europe/Brussels")
VERDICTS = ["Nu open", "Vandaag niet meer open", "Vandaag open", "Vandaag dicht", "Vandaag staat er niets vast"]
OPEN_NOW, DONE, TODAY, SHUT, UNSURE = VERDICTS


@pytest.fixture
def clock(db):
    Site.objects.update(status=SiteStatus.STARTING)  # those of the demonstration
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def site(clock):
    """Beside a place that is open all day, every day: it opens no other door."""
    elsewhere = make_site(slug="elders", name="Elders")
    for weekday in range(7):
        offer(elsewhere, "Altijd", weekday=weekday, begin=dt.time(8), end=dt.time(20))
    return make_site(slug="hier", name="Hier")


def told(text):
    """The verdict and, when the door is shut, the day it opens again."""
    verdict = next(verdict for verdict in VERDICTS if verdict in text)
    when = text.partition("Zeker open op " if verdict == UNSURE else "Weer open op ")[2]
    return verdict, when.split(",")[0].split(".")[0]


def told_by_all(client):
    """What home, the page of the place and its week say, which is one thing."""
    home = next(h.up("section") for h in read(client.get("/")).all("h2") if h.text == "Hier")
    walls = [wall(read(client.get(address))) for address in ("/hier/", "/hier/week/2023-W41/")]
    (one,) = {told(text) for text in [home.text, *walls]}
    return one


def through_the_day(client, clock, *moments):
    found = []
    for moment in moments:
        clock.move_to(dt.datetime.fromisoformat(f"2023-10-{moment}").replace(tzinfo=BRUSSELS))
        found.append(told_by_all(client))
    return found


def test_known_hours(client, clock, site):
    offer(site, weekday=1, begin=dt.time(10), end=dt.time(12))
    offer(site, "Soep", weekday=1, begin=dt.time(14), end=dt.time(16))
    offer(site, weekday=3)

    moments = ("10 08:00", "10 10:00", "10 12:00", "10 15:59", "10 16:00", "10 23:59", "11 00:00")
    assert through_the_day(client, clock, *moments) == [
        (TODAY, ""), (OPEN_NOW, ""), (TODAY, ""), (OPEN_NOW, ""),
        (DONE, "donderdag 12 oktober"), (DONE, "donderdag 12 oktober"), (SHUT, "donderdag 12 oktober"),
    ]  # fmt: skip


def test_part_of_the_day(client, clock, site):
    offer(site, weekday=1, begin=None, end=None, part=Part.AFTERNOON)

    moments = ("10 08:00", "10 14:00", "10 16:59", "10 17:00", "10 23:59")
    assert through_the_day(client, clock, *moments) == [
        (TODAY, ""), (TODAY, ""), (TODAY, ""), (DONE, "dinsdag 17 oktober"), (DONE, "dinsdag 17 oktober"),
    ]  # fmt: skip


def test_what_repeats_on_a_day_nobody_knows_may_be_today(client, clock, site):
    offer(site, weekday=3)
    offer(site, "Naaien", weekday=None, begin=None, end=None, first_day=dt.date(2023, 10, 11))

    assert through_the_day(client, clock, "10 09:00", "11 09:00", "12 09:00", "12 13:00") == [
        (SHUT, "donderdag 12 oktober"), (UNSURE, "donderdag 12 oktober"), (TODAY, ""), (DONE, "donderdag 19 oktober"),
    ]  # fmt: skip


def test_closed_day_is_closed_whatever_nobody_knows(client, clock, site):
    offer(site, "Naaien", weekday=None, begin=None, end=None)
    close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 10, 10), last_day=dt.date(2023, 10, 10),
    )  # fmt: skip

    assert through_the_day(client, clock, "10 09:00", "11 09:00") == [(SHUT, ""), (UNSURE, "")]


def test_no_hour_at_all(client, clock, site):
    offer(site, weekday=1, begin=None, end=None)

    assert through_the_day(client, clock, "10 08:00", "10 14:00", "10 23:59") == [(TODAY, "")] * 3


def test_night_that_goes_on_after_midnight(client, clock, site):
    offer(site, weekday=1, begin=dt.time(20), end=dt.time(1))

    assert through_the_day(client, clock, "10 08:00", "10 23:59", "11 00:30", "11 01:00", "11 23:59") == [
        (TODAY, ""), (OPEN_NOW, ""), (OPEN_NOW, ""), (SHUT, "dinsdag 17 oktober"), (SHUT, "dinsdag 17 oktober"),
    ]  # fmt: skip


def test_closed_or_cancelled_today(client, clock, site):
    offer(site, weekday=1)
    close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 10, 10), last_day=dt.date(2023, 10, 10),
    )  # fmt: skip
    cancel(date_of(offer(site, weekday=2, begin=dt.time(20), end=dt.time(2)), "2023-10-11"), by=None)

    assert through_the_day(client, clock, "10 08:00", "10 11:00", "10 23:59", "11 21:00", "12 01:00") == [
        *[(SHUT, "dinsdag 17 oktober")] * 5,
    ]


def test_agreement_that_was_made_private_opens_no_door(client, clock, site):
    Series.objects.filter(pk=offer(site, weekday=1).pk).update(is_published=False)
    Series.objects.filter(pk=offer(site, "Soep", weekday=0).pk).update(is_published=False)

    assert through_the_day(client, clock, "10 08:00", "10 11:00") == [(SHUT, "")] * 2


def test_home_lists_a_day_in_the_order_of_the_week(client, clock, site):
    for title, fields in {
        "Avond": {"part": Part.EVENING}, "Om twee": {"begin": dt.time(14), "end": dt.time(15)}, "Weet niet": {},
        "Namiddag": {"part": Part.AFTERNOON}, "Om tien": {"begin": dt.time(10), "end": dt.time(11)},
    }.items():  # fmt: skip
        offer(site, title, weekday=1, **{"begin": None, "end": None} | fields)

    home = next(h.up("section") for h in read(client.get("/")).all("h2") if h.text == "Hier")
    week = read(client.get("/hier/"))

    titles = ["Weet niet", "Om tien", "Namiddag", "Om twee", "Avond"]
    assert [next(t for t in titles if item.text.startswith(t)) for item in home.all("li")] == titles
    assert [item.text for item in week.all("h4")] == titles
