"""What stands on `/mijn/` of the places somebody has a key of."""

from __future__ import annotations

import pytest
import time_machine

from sites.enums import RoleKind, SiteStatus
from sites.models import User
from tests.desk import client_of
from tests.factories.sites import make_partnership, make_person, make_role, make_site
from tests.offer import TUESDAY, offer
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def houses(user: User) -> dict[str, str]:
    """Name of a place -> what is told of it."""
    page = read(client_of(user).get("/mijn/"))
    return {
        node.one("h2").text: node.text for node in page.all("section") if "house" in node.attributes.get("class", "")
    }


def test_volunteer_sees_what_is_on_today_at_the_own_place_and_the_way_to_its_week():
    here, there = make_site(name="Hier"), make_site(name="Daar")
    for site, title in ((here, "Soep"), (there, "Koffie")):
        offer(site, title, weekday=1)
    jef = make_person(RoleKind.VOLUNTEER, site=here)

    found = houses(jef)

    assert list(found) == ["Hier"]
    assert "Soep" in found["Hier"]
    assert read(client_of(jef).get("/mijn/")).links()["De hele week in Hier"] == f"/{here.slug}/"


def test_steering_member_sees_the_places_of_the_partnership_and_an_administrator_none_in_particular():
    partnership = make_partnership()
    make_site(name="Plek A", partnership=partnership)
    make_site(name="Plek B", partnership=partnership)
    make_site(name="Elders", partnership=make_partnership())

    assert sorted(houses(make_person(RoleKind.STEERING, partnership=partnership))) == ["Plek A", "Plek B"]
    assert houses(make_person(RoleKind.ADMINISTRATOR)) == {}


@pytest.mark.parametrize("status", sorted(set(SiteStatus.values) - {SiteStatus.ACTIVE}))
def test_place_that_does_not_run_has_no_week_to_lead_to(status):
    assert houses(make_person(RoleKind.VOLUNTEER, site=make_site(status=status))) == {}


@pytest.mark.parametrize("number", [1, 30])
def test_page_costs_the_same_for_one_place_and_for_many(number, django_assert_num_queries):
    user = make_person(RoleKind.VOLUNTEER, site=make_site())
    for _ in range(number - 1):
        make_role(RoleKind.VOLUNTEER, user=user, site=make_site())
    client = client_of(user)

    with django_assert_num_queries(21):
        client.get("/mijn/")
