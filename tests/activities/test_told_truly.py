"""After changes that are seldom made together, nobody is sent to a shut door, an old house, an old hour or an old price."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from activities.actions.occurrence import Halt, back_to_series, cancel, go_on_the_road, move
from activities.actions.series import change_from, end_series
from activities.enums import Frequency, PriceKind
from activities.models import Occurrence, Series
from sites.actions import schedule_changed
from sites.enums import PlaceKind, SiteStatus
from sites.models import Site
from tests.factories.activities import make_activity, make_outing, make_text, make_type
from tests.factories.sites import make_home_address, make_place, make_site
from tests.offer import date_of, offer
from tests.pdf import Pdf
from tests.reading import cards, json_ld, read, wall

pytestmark = pytest.mark.django_db

TUESDAY = "2023-10-10T09:00+02:00"
WALK_IN = "Loop gewoon binnen"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


@pytest.fixture
def site() -> Site:
    site = make_site(slug="hier", name="Hier", status=SiteStatus.ACTIVE)
    make_home_address(site, place=make_place(site, name="Oude school"), since=dt.date(2020, 1, 1))
    return site


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def page(path: str):
    response = Client().get(path)
    assert response.status_code == 200
    return read(response)


def shared(path: str = "/hier/delen/?taal=nl") -> str:
    """The words for a message group."""
    return page(path).all("textarea")[0].text


def pdf(path: str) -> str:
    return Pdf(Client().get(path).content).words


def once(site: Site, title: str, on: str, **fields) -> Series:
    return offer(site, title, frequency=Frequency.ONCE, weekday=None, first_day=day(on), **fields)


def slug_of(series: Series) -> str:
    return f"/hier/activiteit/{series.activity.slug}"


def test_a_move_on_the_monday_to_come_is_told_this_week_already(site):
    offer(site, "Koffie", weekday=0)
    make_home_address(site, place=make_place(site, name="Nieuwe zaal"), since=day("2023-10-16"))
    schedule_changed(site.pk)

    told = "Vanaf maandag 16 oktober zijn we in Nieuwe zaal."
    assert told in wall(page("/hier/"))
    assert told in page("/hier/inbedden/").text
    assert told in page("/hier/scherm/").text
    assert told in shared()


def test_next_time_is_a_time_at_which_the_house_is_open(site):
    coffee = offer(site, "Koffie", weekday=1)
    cancel(date_of(coffee, "2023-10-10"), by=None)
    go_on_the_road(date_of(coffee, "2023-10-17"), by=None, stops=[Halt(make_place(site, kind=PlaceKind.STOP))])

    assert "Weer open op dinsdag 24 oktober." in wall(page("/hier/"))
    assert "Volgende keer: dinsdag 24 oktober." in page("/hier/").text


def test_what_is_always_elsewhere_names_its_next_time_too(site):
    swimming = offer(site, "Zwemmen", weekday=1, place=make_place(site, kind=PlaceKind.STOP))
    cancel(date_of(swimming, "2023-10-10"), by=None)

    assert "Volgende keer: dinsdag 17 oktober." in page("/hier/").text


def test_an_outing_does_not_open_the_house_it_leaves_from(site, clock):
    zoo = make_activity(site, type=make_type(is_elsewhere=True))
    once(site, "Naar de zoo", "2023-10-10", activity=zoo, begin=dt.time(8), end=dt.time(17))

    assert "Vandaag op pad" in wall(page("/hier/"))
    assert "Vandaag op pad" in page("/").text


def test_poster_of_a_moved_date_says_its_new_hours(site):
    brunch = once(site, "Brunch", "2023-10-20", begin=dt.time(10), end=dt.time(12))
    move(date_of(brunch, "2023-10-20"), by=None, day=day("2023-10-21"), begin=dt.time(14), end=dt.time(17))

    words = pdf(f"{slug_of(brunch)}.pdf")
    assert "zaterdag 21 oktober" in words
    assert "14.00 tot 17.00 uur" in words
    assert "10.00 tot 12.00 uur" not in words
    assert "Vanaf 20 oktober" not in words


def test_poster_of_a_date_that_is_off_says_so_and_calls_nobody(site):
    brunch = once(site, "Brunch", "2023-10-20", begin=dt.time(10), end=dt.time(12))
    cancel(date_of(brunch, "2023-10-20"), by=None)

    words = pdf(f"{slug_of(brunch)}.pdf")
    assert "Gaat niet door" in words
    assert words.count("10.00 tot 12.00 uur") == 1  # struck through, in the list


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (lambda series: end_series(series, day("2023-11-09"), by=None), "Gaat niet door"),
        (
            lambda series: change_from(series, day("2023-11-07"), by=None, weekday=1),
            "Vanaf dinsdag 7 november is dit op dinsdag.",
        ),
    ],
    ids=["ended", "moved on"],
)
def test_an_old_day_tells_what_holds_by_then(site, then, told):
    monday = offer(site, "Naaien", weekday=0)
    then(change_from(monday, day("2023-10-19"), by=None, weekday=3))

    (first, *_others) = cards(page("/hier/week/2023-W46/"))
    assert told in first.text
    assert "op donderdag" not in first.text


def test_old_day_of_a_moved_date_keeps_the_hours_people_know(site):
    coffee = offer(site, "Koffie", weekday=1)
    move(date_of(coffee, "2023-10-10"), by=None, day=day("2023-10-12"), begin=dt.time(14), end=dt.time(16))

    old, new = cards(page("/hier/"))
    assert ("10.00 tot 12.00 uur" in old.text, "14.00" in old.text) == (True, False)
    assert "14.00 tot 16.00 uur" in new.text
    days = Client().get("/hier/week/2023-W41.json").json()["days"]
    assert [(item["begin"], item["status"]) for one in days for item in one["items"]] == [
        ("10:00", "moved"),
        ("14:00", "planned"),
    ]
    assert "10.00 tot 12.00 uur: Koffie - Verplaatst" in shared()


def test_each_date_says_what_it_costs_when_that_changes(site):
    coffee = offer(site, "Koffie", weekday=1)
    path = f"{slug_of(coffee)}/"
    assert "Gratis" not in " ".join(one.text for one in page(path).all("li") if one.all("b"))

    change_from(coffee, day("2023-10-17"), by=None, price_kind=PriceKind.FIXED, price_cents=500)

    dates = [one.text for one in page(path).all("li") if one.all("b")]
    assert [("Gratis" in one.partition("Nieuwe")[0], "€ 5" in one) for one in dates] == [
        (True, False), (False, True), (False, True), (False, True),
    ]  # fmt: skip


def stops_of(date: Occurrence) -> list[tuple]:
    return list(date.stops.values_list("place__name", "begin", "end"))


@pytest.fixture
def on_the_road(site) -> Series:
    """Koffie on Tuesdays; on the 24th along two stops with hours."""
    coffee = offer(site, "Koffie", weekday=1)
    halls = [make_place(site, name=name, kind=PlaceKind.STOP) for name in ("Noord", "Zuid")]
    stops = [Halt(halls[0], dt.time(10), dt.time(10, 45)), Halt(halls[1], dt.time(11, 15), dt.time(12))]
    go_on_the_road(date_of(coffee, "2023-10-24"), by=None, stops=stops)
    return coffee


def test_at_another_hour_nobody_knows_when_it_is_at_which_stop(on_the_road):
    date = date_of(on_the_road, "2023-10-24")
    move(date, by=None, day=day("2023-10-25"), begin=dt.time(10), end=dt.time(12))
    assert [begin for _name, begin, _end in stops_of(date)] == [dt.time(10), dt.time(11, 15)]

    move(date, by=None, day=day("2023-10-25"), begin=dt.time(14), end=dt.time(16))
    assert stops_of(date) == [("Noord", None, None), ("Zuid", None, None)]


def test_back_to_the_series_is_back_in_the_house(on_the_road):
    date = date_of(on_the_road, "2023-10-24")
    back_to_series(date, by=None)

    assert stops_of(date) == []


def test_a_change_of_hours_from_a_day_on_keeps_the_stops_and_not_their_hours(on_the_road):
    later = change_from(on_the_road, day("2023-10-17"), by=None, begin=dt.time(14), end=dt.time(16))

    assert stops_of(date_of(later, "2023-10-24")) == [("Noord", None, None), ("Zuid", None, None)]


def test_a_road_that_was_announced_stays_when_the_day_of_the_week_changes(on_the_road):
    change_from(on_the_road, day("2023-10-19"), by=None, weekday=3)

    date = date_of(on_the_road, "2023-10-24")
    assert (date.status, len(stops_of(date))) == ("planned", 2)
    (tuesday, _thursday) = cards(page("/hier/week/2023-W43/"))
    assert "In Noord (10.00 tot 10.45 uur) en Zuid (11.15 tot 12.00 uur)." in tuesday.text


@pytest.fixture
def outing(site) -> Series:
    series = once(site, "Samen koken", "2023-10-10", begin=dt.time(12), end=dt.time(17))
    make_outing(date_of(series, "2023-10-10"), places=4, taken=4)
    return series


def test_nobody_is_asked_to_walk_in_where_a_name_is_needed(site, outing):
    screen = page("/hier/scherm/").text
    assert "Volzet. Je kan op de wachtlijst." in screen
    assert WALK_IN not in screen
    assert WALK_IN not in shared()

    offer(site, "Koffie", weekday=1)
    assert WALK_IN in page("/hier/scherm/").text
    assert WALK_IN in shared()


def test_nobody_is_asked_to_walk_in_in_a_week_without_anything(site):
    offer(site, "Koffie", weekday=1, first_day=day("2023-10-24"))

    assert WALK_IN not in shared("/hier/delen/?taal=nl")


def test_papers_invite_nobody_once_no_name_is_taken(site, clock):
    series = once(site, "Samen koken", "2023-10-12", begin=dt.time(12), end=dt.time(17))
    closes = dt.datetime(2023, 10, 10, 8, tzinfo=dt.UTC)
    make_outing(date_of(series, "2023-10-12"), places=4, closes_at=closes)
    assert "Schrijf je in" in pdf("/hier/week/2023-W41.pdf")

    clock.move_to(closes, tick=False)

    for path in ("/hier/week/2023-W41.pdf?x=1", f"{slug_of(series)}.pdf?x=1"):
        words = pdf(path)
        assert ("Schrijf je in" in words, "Inschrijven kan niet meer." in words) == (False, True), path
    (event,) = json_ld(page(f"{slug_of(series)}/"))["@graph"]
    assert event["remainingAttendeeCapacity"] == 0


def test_registering_that_would_only_open_after_a_moved_date_is_open_at_once(site):
    series = once(site, "Samen koken", "2023-10-20", begin=dt.time(12), end=dt.time(17))
    date = date_of(series, "2023-10-20")
    make_outing(date, places=4, opens_at=dt.datetime(2023, 10, 15, tzinfo=dt.UTC))
    assert "Inschrijven kan vanaf" in page(f"{slug_of(series)}/").text

    move(date, by=None, day=day("2023-10-13"), begin=dt.time(12), end=dt.time(17))

    assert "Nog 4 van 4 plaatsen vrij." in page(f"{slug_of(series)}/").text


def test_what_is_over_says_nothing_about_registering(outing, clock):
    clock.move_to("2023-10-12T09:00+02:00", tick=False)

    shown = page(f"{slug_of(outing)}/").one("main").text
    assert "Dit is voorbij." in shown
    assert "zomaar binnen" not in shown


def test_for_whom_it_is_stays_in_dutch_where_only_the_title_is_translated(site):
    series = offer(site, "Vrouwencafé", weekday=1, description="Praat mee.", audience="Alleen voor vrouwen")
    make_text(series, language="fr", title="Café des femmes")

    main = page(f"/fr{slug_of(series)}/").one("main")
    dutch = [one.text for one in main.all("bdi") if one.attributes.get("lang") == "nl"]
    assert main.one("h1").text == "Café des femmes"
    assert {"Praat mee.", "Alleen voor vrouwen"} <= set(dutch)


def test_poster_is_of_the_day_that_holds_while_it_hangs(site):
    coffee = offer(site, "Koffie", weekday=0)
    change_from(coffee, day("2023-10-24"), by=None, weekday=1)

    words = pdf(f"{slug_of(coffee)}.pdf")
    strips = "Hier, dinsdag"
    assert (strips in words, "Hier, maandag" in words) == (True, False)
    assert "Vanaf dinsdag 24 oktober." in words
    assert "maandag 16 oktober" in words  # what is left of the old day stands under "Let op"
    assert "Laatste keer op maandag" in words


def test_season_tells_the_first_and_the_last_time_and_not_the_days_of_the_agreement(site):
    coffee = offer(site, "Koffie", weekday=0)
    change_from(coffee, day("2023-10-22"), by=None, weekday=1)

    words = pdf("/hier/aanbod.pdf?van=2023-10-10&tot=2023-12-22")
    assert "Tot en met maandag 16 oktober." in words
    assert "Vanaf dinsdag 24 oktober." in words
