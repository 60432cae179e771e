"""The line of houses: each lasts until the next, and what has begun is history [SIT-02]."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from activities.models import Occurrence
from sites.actions.place import add_place, change_house, change_place, move_house, remove_house, remove_place
from sites.models import ChangeLog, HomeAddress, Place, Site
from sites.rules import home_on
from tests.factories.activities import make_activity, make_occurrence, make_series
from tests.factories.sites import make_home_address, make_place, make_site, make_user

pytestmark = pytest.mark.django_db

TODAY, SPRING = dt.date(2023, 10, 10), dt.date(2024, 3, 1)
PAST = "Wat voorbij is, verandert niet meer. Kies vandaag of later."


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def site() -> Site:
    site = make_site()
    make_home_address(site, place=make_place(site, name="Oud huis"), since=dt.date(2022, 1, 1))
    return site


@pytest.fixture
def house(site) -> Place:
    return make_place(site, name="Nieuw huis")


def line(site: Site) -> list[tuple[str, str]]:
    return [(str(home.since), home.place.name) for home in HomeAddress.objects.at(site).select_related("place")]


def refused(action, *args, **fields) -> dict[str, list[str]] | list[str]:
    with pytest.raises(ValidationError) as refusal:
        action(*args, by=None, **fields)
    return refusal.value.message_dict if hasattr(refusal.value, "error_dict") else refusal.value.messages


def test_moving_changes_the_days_from_then_on_and_none_before(site, house):
    other, by = make_site(), make_user()

    home = move_house(site, place=house, since=SPRING, by=by)

    homes = HomeAddress.objects.at(site).select_related("place")
    assert [home_on(homes, day).place.name for day in (SPRING - dt.timedelta(days=1), SPRING)] == [
        "Oud huis",
        "Nieuw huis",
    ]
    assert dict(Site.objects.values_list("pk", "schedule_version")) == {site.pk: 2, other.pk: 1}
    log = ChangeLog.objects.get()
    assert (log.by, log.site, log.verb, log.about_id, log.changes) == (
        by, site, "move_house", str(home.pk), {"place": [None, "Nieuw huis"], "since": [None, "2024-03-01"]}
    )  # fmt: skip


def test_calendars_hear_of_the_dates_from_the_move_on_only(site, house):
    series = make_series(make_activity(site))
    before, after = (make_occurrence(series, day) for day in (SPRING - dt.timedelta(days=1), SPRING))

    move_house(site, place=house, since=SPRING, by=None)

    assert dict(Occurrence.objects.values_list("pk", "sequence")) == {before.pk: 0, after.pk: 1}


def test_two_houses_on_one_day_are_refused_and_the_day_is_named(site, house):
    move_house(site, place=house, since=SPRING, by=None)

    assert refused(move_house, site, place=house, since=SPRING) == {
        "since": ["Op 1 maart 2024 begint al een ander adres: Nieuw huis. Kies een andere dag."]
    }


@pytest.mark.parametrize("since", [TODAY - dt.timedelta(days=1), dt.date(1990, 1, 1)])
def test_a_move_in_the_past_is_refused(site, house, since):
    assert refused(move_house, site, place=house, since=since) == {"since": [PAST]}


def test_the_first_house_may_have_begun_long_ago():
    site = make_site()

    move_house(site, place=make_place(site, name="Huis"), since=dt.date(2020, 2, 29), by=None)

    assert line(site) == [("2020-02-29", "Huis")]


def test_the_house_of_another_site_is_refused(site):
    assert list(refused(move_house, site, place=make_place(make_site()), since=SPRING)) == ["place"]


def test_a_move_to_come_is_corrected_or_called_off(site, house):
    home = move_house(site, place=house, since=SPRING, by=None)

    change_house(home, place=house, since=dt.date(2024, 4, 1), by=None)
    assert line(site) == [("2022-01-01", "Oud huis"), ("2024-04-01", "Nieuw huis")]
    remove_house(home, by=None)

    assert line(site) == [("2022-01-01", "Oud huis")]
    assert list(ChangeLog.objects.order_by("pk").values_list("verb", "changes")) == [
        ("move_house", {"place": [None, "Nieuw huis"], "since": [None, "2024-03-01"]}),
        ("change_house", {"since": ["2024-03-01", "2024-04-01"]}),
        ("remove_house", {"place": ["Nieuw huis", None], "since": ["2024-04-01", None]}),
    ]


@pytest.mark.parametrize("since", [dt.date(2022, 1, 1), TODAY])
def test_what_has_begun_is_neither_corrected_nor_removed(site, house, since):
    HomeAddress.objects.update(since=since)
    home = HomeAddress.objects.get()

    for action, fields in ((change_house, {"place": house, "since": SPRING}), (remove_house, {})):
        assert "Dit adres is al begonnen" in refused(action, home, **fields)[0]
    assert line(site) == [(str(since), "Oud huis")]


def test_a_move_is_not_corrected_into_the_past(site, house):
    home = move_house(site, place=house, since=SPRING, by=None)

    assert refused(change_house, home, place=house, since=TODAY - dt.timedelta(days=1)) == {"since": [PAST]}


def test_a_place_that_something_used_stays_and_an_unused_one_goes(site, house):
    used = HomeAddress.objects.get().place
    series_place, date_place = make_place(site), make_place(site)
    make_series(make_activity(site), place=series_place)
    make_occurrence(make_series(make_activity(site)), TODAY, place=date_place)

    for place in (used, series_place, date_place):
        assert "Daarom kan het niet weg" in refused(remove_place, place)[0]
    remove_place(house, by=None)

    assert set(Place.objects.at(site)) == {used, series_place, date_place}
    assert [(log.verb, log.changes) for log in ChangeLog.objects.all()] == [
        ("remove_place", {"name": ["Nieuw huis", None]})
    ]


def test_a_name_is_once_at_a_site_and_free_at_another(site):
    other = make_site()

    add_place(other, by=None, name="Oud huis")

    message = {"name": ["Je hebt al een adres met deze naam. Kies een andere."]}
    assert refused(add_place, site, name="Oud huis") == message
    assert refused(change_place, make_place(site, name="Zaal"), name="Oud huis") == message


def test_correcting_a_place_shows_at_once_and_is_no_example_any_more(site):
    place = make_place(site, name="Zaal", address="", example_fields=["by_bus", "address"])

    change_place(place, by=None, address="Dorp")
    change_place(place, by=None, address="Dorp")

    place.refresh_from_db()
    assert (place.address, place.example_fields) == ("Dorp", ["by_bus"])
    assert [log.changes for log in ChangeLog.objects.all()] == [{"address": ["", "Dorp"]}]
    assert Site.objects.get(pk=site.pk).schedule_version == 2
