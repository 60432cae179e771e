"""On which days the door is shut, and where a site lives."""

from __future__ import annotations

import datetime as dt

import pytest

from sites.enums import RoleKind
from sites.models import Closure, HomeAddress, Place, Site
from sites.rules import can_repair, closed_days, home_on
from tests.factories.sites import make_closure, make_partnership, make_person, make_role, make_site, make_user


def closure(first: str, last: str, reason: str = "Verlof") -> Closure:
    return Closure(first_day=dt.date.fromisoformat(first), last_day=dt.date.fromisoformat(last), reason=reason)


def closed(site: Site, first: str, last: str, *closures: Closure, language: str = "nl") -> dict[str, str]:
    days = closed_days(site, closures, dt.date.fromisoformat(first), dt.date.fromisoformat(last), language)
    return {str(day): reason for day, reason in days.items()}


def test_a_site_is_closed_on_public_holidays():
    assert closed(Site(), "2023-05-01", "2023-05-31") == {
        "2023-05-01": "Dag van de Arbeid",
        "2023-05-18": "O. L. H. Hemelvaart",
        "2023-05-28": "Pinksteren",
        "2023-05-29": "Pinkstermaandag",
    }


def test_a_site_that_opens_on_holidays_is_closed_in_its_closures_only():
    site = Site(closed_on_holidays=False)

    assert closed(site, "2023-05-01", "2023-05-31") == {}
    assert closed(site, "2023-05-28", "2023-05-31", closure("2023-05-29", "2023-05-30")) == {
        "2023-05-29": "Verlof",
        "2023-05-30": "Verlof",
    }


def test_the_reason_of_a_closure_wins_over_the_holiday_inside_it():
    days = closed(Site(), "2023-12-24", "2023-12-26", closure("2023-12-24", "2024-01-07", "Kerstvakantie"))

    assert days == dict.fromkeys(["2023-12-24", "2023-12-25", "2023-12-26"], "Kerstvakantie")


def test_holidays_around_a_closure_stay_holidays():
    days = closed(Site(), "2023-12-24", "2024-01-01", closure("2023-12-27", "2023-12-28"))

    assert days == {
        "2023-12-25": "Kerstmis",
        "2023-12-27": "Verlof",
        "2023-12-28": "Verlof",
        "2024-01-01": "Nieuwjaar",
    }


@pytest.mark.parametrize(
    ("first", "last"), [("2023-07-01", "2023-07-09"), ("2023-07-16", "2023-07-20")], ids=["before", "after"]
)
def test_a_closure_outside_the_window_closes_nothing(first, last):
    assert closed(Site(), first, last, closure("2023-07-10", "2023-07-15")) == {}


def test_first_and_last_day_of_a_closure_are_closed():
    assert closed(Site(), "2023-07-01", "2023-07-20", closure("2023-07-10", "2023-07-10")) == {"2023-07-10": "Verlof"}


def test_holidays_are_named_in_the_language_of_the_reader():
    assert closed(Site(), "2023-07-21", "2023-07-21", language="fr") == {"2023-07-21": "Fête nationale"}
    assert closed(Site(), "2023-07-21", "2023-07-21", language="en") == {"2023-07-21": "National Day"}


@pytest.mark.django_db
def test_a_closure_of_one_site_leaves_the_other_sites_open():
    partnership = make_partnership()
    here, beside, elsewhere = make_site(partnership=partnership), make_site(partnership=partnership), make_site()
    make_closure(here, first_day=dt.date(2023, 7, 10), last_day=dt.date(2023, 7, 11))

    shut = [closed(site, "2023-07-01", "2023-07-20", *Closure.objects.at(site)) for site in (here, beside, elsewhere)]

    assert shut == [dict.fromkeys(["2023-07-10", "2023-07-11"], "Zomersluiting"), {}, {}]


@pytest.mark.django_db
def test_a_closure_of_the_partnership_closes_all_its_sites_and_no_other():
    partnership = make_partnership()
    here, beside, elsewhere = make_site(partnership=partnership), make_site(partnership=partnership), make_site()
    make_closure(partnership=partnership, first_day=dt.date(2023, 7, 10), last_day=dt.date(2023, 7, 10))

    shut = [closed(site, "2023-07-01", "2023-07-20", *Closure.objects.at(site)) for site in (here, beside, elsewhere)]

    assert shut == [{"2023-07-10": "Zomersluiting"}, {"2023-07-10": "Zomersluiting"}, {}]


@pytest.mark.django_db
def test_closures_touching_a_window_share_at_least_one_day_with_it():
    site = make_site()
    days = [("2023-07-01", "2023-07-09"), ("2023-07-01", "2023-07-10"), ("2023-07-12", "2023-07-30")]
    days += [("2023-06-01", "2023-08-30"), ("2023-07-14", "2023-07-30")]
    for first, last in days:
        make_closure(site, first_day=first, last_day=last, reason=first + last)

    touching = Closure.objects.touching(dt.date(2023, 7, 10), dt.date(2023, 7, 13))

    assert {item.reason for item in touching} == {first + last for first, last in days[1:4]}


def address(name: str, since: str) -> HomeAddress:
    return HomeAddress(place=Place(name=name), since=dt.date.fromisoformat(since))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2019-01-01", "vorige plek"),
        ("2021-03-01", "vorige plek"),
        ("2022-06-30", "vorige plek"),
        ("2022-07-01", "Bezemheide"),
        ("2040-01-01", "Bezemheide"),
    ],
)
def test_home_on_gives_the_address_in_force_and_the_first_one_before_that(day, name):
    addresses = [address("Bezemheide", "2022-07-01"), address("vorige plek", "2021-03-01")]

    assert home_on(addresses, dt.date.fromisoformat(day)).place.name == name


def test_home_on_of_a_site_without_an_address_is_nothing():
    assert home_on([], dt.date(2023, 1, 1)) is None


@pytest.mark.django_db
def test_only_an_administrator_may_repair(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    site = make_site()
    kinds = {RoleKind.COORDINATOR, RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER}
    others = [make_person(kind, site=site) for kind in kinds] + [
        make_person(RoleKind.STEERING, partnership=site.partnership),
        make_person(RoleKind.ADMINISTRATOR, until=dt.date(2023, 10, 9)),
        make_person(RoleKind.ADMINISTRATOR, since=dt.date(2023, 10, 11)),
        make_person(RoleKind.ADMINISTRATOR, user=make_user(is_active=False)),
        make_user(),
    ]

    assert [can_repair(user) for user in others] == [False] * len(others)
    assert can_repair(make_role(RoleKind.ADMINISTRATOR, until=dt.date(2023, 10, 10)).user) is True
