"""What people change at the desk reaches calendars too: whatever a date says anew comes with a higher SEQUENCE."""

from __future__ import annotations

import datetime as dt

import pytest

from partners.actions.leaving import come_back, leave
from partners.actions.merging import merge
from partners.actions.names import rename
from sites.actions.place import move_house
from sites.actions.site import change_facts
from tests.activities import test_touched
from tests.activities.test_touched import told
from tests.factories.partners import make_engagement, make_organisation
from tests.factories.sites import make_place

pytestmark = pytest.mark.django_db

DECEMBER, NEW_YEAR = dt.date(2023, 12, 1), dt.date(2024, 1, 2)
clock, site = test_touched.clock, test_touched.site


@pytest.fixture
def host(site):
    host = site.activities.get().series.get().organisers.get().organisation
    make_engagement(site, organisation=host, since=dt.date(2020, 1, 1))
    return host


CHANGES = {
    "another name": lambda site, host: rename(host, name="Nieuwe naam", since=DECEMBER, by=None),
    "a partner that leaves": lambda site, host: leave(host, site, on=DECEMBER, by=None),
    "a double": lambda site, host: merge(make_organisation(name="De echte"), host, by=None),
    "open on holidays": lambda site, host: change_facts(site, by=None, closed_on_holidays=False),
    "another house": lambda site, host: move_house(
        site, place=make_place(site, name="Later huis"), since=NEW_YEAR, by=None
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_date_that_says_something_else_is_newer(site, host, clock, change):
    before, elsewhere = told(), told("elders")
    clock.shift(60)

    CHANGES[change](site, host)

    after = told()
    differing = {day for day in before if before[day]["says"] != after[day]["says"]}
    assert differing
    for day in differing:
        assert int(after[day]["SEQUENCE"]) > int(before[day]["SEQUENCE"])
        assert after[day]["LAST-MODIFIED"] > before[day]["LAST-MODIFIED"]
    assert told("elders") == elsewhere


def test_partner_that_comes_back(site, host, clock):
    before = told()
    leave(host, site, on=DECEMBER, by=None)
    gone = told()
    clock.shift(60)

    come_back(host, site, by=None)

    after = told()
    assert {day: event["says"] for day, event in after.items()} == {day: event["says"] for day, event in before.items()}
    differing = [day for day in gone if gone[day]["says"] != after[day]["says"]]
    assert differing
    assert all(int(after[day]["SEQUENCE"]) > int(gone[day]["SEQUENCE"]) for day in differing)
