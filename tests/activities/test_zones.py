"""What is today, past or on the horizon goes by the clock of the place, also where that shows another day than here."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from activities.actions.materialise import extend_horizon
from activities.actions.series import change_dates, change_from, end_series
from activities.models import Occurrence
from activities.rules import horizon
from activities.today import today_everywhere
from sites.models import Site
from tests.factories.sites import make_closure, make_milestone, make_site
from tests.offer import date_of, offer

pytestmark = pytest.mark.django_db

SUNDAY, MONDAY, TUESDAY = dt.date(2023, 10, 8), dt.date(2023, 10, 9), dt.date(2023, 10, 10)


@pytest.fixture(autouse=True)
def clock(time_machine):
    """Monday at two in the afternoon in Brussels; Tuesday already in Auckland."""
    time_machine.move_to(dt.datetime(2023, 10, 9, 12, tzinfo=dt.UTC), tick=False)
    return time_machine


@pytest.fixture
def east() -> Site:
    return make_site(slug="oost", name="Oost", time_zone="Pacific/Auckland")


@pytest.fixture
def here() -> Site:
    return make_site(slug="hier", name="Hier")


def test_what_was_held_yesterday_over_there_is_past(east):
    series = offer(east, weekday=MONDAY.weekday())

    with pytest.raises(ValidationError, match="Wat voorbij is"):
        end_series(series, SUNDAY, by=None)
    with pytest.raises(ValidationError, match="Wat voorbij is"):
        change_from(series, MONDAY, by=None)


def test_what_is_on_today_here_is_not(here):
    series = offer(here, weekday=MONDAY.weekday())

    end_series(series, SUNDAY, by=None)

    assert date_of(series, MONDAY).status == "withdrawn"


def test_a_date_of_yesterday_over_there_is_not_withdrawn(east, here):
    statuses = []
    for site in (east, here):
        series = offer(site, weekday=MONDAY.weekday())
        change_dates(series, by=None, remove=[MONDAY])
        statuses.append(date_of(series, MONDAY).status)

    assert statuses == ["planned", "withdrawn"]


def test_dates_are_made_until_the_horizon_of_the_place(east, here, clock):
    for site in (east, here):
        offer(site, weekday=SUNDAY.weekday())
    clock.move_to(dt.datetime(2023, 10, 15, 12, tzinfo=dt.UTC))  # Sunday here, Monday of another week over there

    extend_horizon()

    last = {site: Occurrence.objects.filter(site=site).latest("day").day for site in (east, here)}
    assert last == {east: horizon(dt.date(2023, 10, 16)), here: horizon(dt.date(2023, 10, 15))}
    assert last[east] - last[here] == dt.timedelta(weeks=1)


def test_home_tells_of_each_place_what_is_on_today_there(east, here):
    for site in (east, here):
        for day in (MONDAY, TUESDAY):
            offer(site, f"{day:%d/%m}", weekday=day.weekday())
        make_closure(site, first_day=dt.date(2023, 10, 11), last_day=dt.date(2023, 10, 15))

    found = {found.site: found for found in today_everywhere("nl")}

    assert [[item.title for item in found[site].items] for site in (east, here)] == [["10/10"], ["09/10"]]
    assert [found[site].next for site in (east, here)] == ["maandag 16 oktober", "dinsdag 10 oktober"]


def test_a_zone_that_nobody_knows_takes_down_no_page_and_no_night(here, client):
    lost = make_site(slug="fout", time_zone="Europe/Brusel")
    for site in (here, lost):
        offer(site, "Koffie", weekday=MONDAY.weekday())

    extend_horizon()

    assert [len(found.items) for found in today_everywhere("nl")] == [1, 1]
    assert [client.get(path).status_code for path in ("/", "/fout/", "/fout/agenda.ics", "/hier/")] == [200] * 4


@pytest.mark.parametrize("zone", ["Europe/Brusel", "Europe", "../etc/passwd", "localtime", "", "Europe/Brussels\0"])
def test_a_zone_that_nobody_knows_is_refused_in_words(here, zone):
    here.time_zone = zone

    with pytest.raises(ValidationError) as refusal:
        here.full_clean()

    assert list(refusal.value.message_dict) == ["time_zone"]


def test_a_key_moment_of_today_over_there_is_not_planned_any_more(east, here, client):
    for site in (east, here):
        make_milestone(site, day=TUESDAY, text="De deur gaat open")

    pages = [client.get(f"/{site.slug}/sleutelmomenten/").content.decode() for site in (east, here)]

    assert ['class="is-planned"' in page for page in pages] == [False, True]
