"""`/beheer/<slug>/geschiedenis/`: page by page, by kind of thing, never of another site."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.enums import RoleKind
from sites.history import PAGE
from sites.models import ChangeLog, Site
from tests.desk import at_desk, client_of, words
from tests.factories.sites import make_change, make_partnership, make_person, make_place, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db
PATH = "/beheer/hier/geschiedenis/"
QUERIES = 7


@pytest.fixture
def site() -> Site:
    return make_site(slug="hier")


def names(response) -> list[str]:
    """New values of what changed, in order."""
    return [node.text for node in read(response).all("ins")]


def named(site: Site | None, name: str, **fields) -> ChangeLog:
    return make_change(site, changes={"name": [None, name]}, **fields)


def test_pages_hold_every_line_once_also_when_new_ones_come_between(site):
    client = at_desk(site)
    for number in range(2 * PAGE + 1):
        named(site, f"regel {number}")
    seen, path = [], PATH

    for _ in range(3):
        response = client.get(path)
        seen += names(response)
        named(site, "tussendoor")
        following = [link for text, link in read(response).links().items() if text == "Vroeger"]
        path = PATH + following[0] if following else ""

    assert seen == [f"regel {number}" for number in reversed(range(2 * PAGE + 1))]
    assert path == ""


def test_only_one_kind_of_thing_is_shown_when_asked(site):
    client, place = at_desk(site), make_place(site, name="Zaal")
    named(site, "van de plek")
    named(site, "van een adres", about_model="sites.place", about_id=str(place.pk), verb="change_place")

    response = client.get(f"{PATH}?soort=adressen")

    assert names(response) == ["van een adres"]
    assert "Adres verbeterd: Zaal" in words(response)
    assert names(client.get(f"{PATH}?soort=sluitingen")) == []


def test_nothing_of_another_site_and_all_of_the_whole_partnership(site):
    other = make_site(slug="daar")
    named(site, "hier")
    named(other, "daar")
    named(None, "van allen hier", partnership=site.partnership)
    named(None, "van allen daar", partnership=make_partnership())
    named(None, "van niemand")

    assert names(at_desk(site).get(PATH)) == ["van allen hier", "hier"]
    assert names(at_desk(site, other).get(PATH)) == ["van allen hier", "hier"]
    assert names(client_of(make_person(RoleKind.ADMINISTRATOR)).get(PATH)) == ["van allen hier", "hier"]


def test_who_it_was_is_named_to_a_colleague_only(site):
    colleague = make_person(RoleKind.COORDINATOR, site=site)
    administrator = make_person(RoleKind.ADMINISTRATOR)
    type(colleague).objects.filter(pk=colleague.pk).update(name="Collega")
    type(colleague).objects.filter(pk=administrator.pk).update(name="Geheime Beheerder")
    named(site, "a", by=colleague)
    named(site, "b", by=administrator)

    told = words(at_desk(site).get(PATH))

    assert ("Collega" in told, "een beheerder" in told, "Geheime Beheerder" in told) == (True, True, False)
    assert "@" not in told


@pytest.mark.parametrize(
    "query", ["?soort=iets", "?voor=x", "?voor=-1", "?voor=²", f"?voor={'9' * 30}", "?soort=plek'--"]
)
def test_an_address_that_was_made_up_is_not_there(site, query):
    assert at_desk(site).get(PATH + query).status_code == 404


@pytest.mark.parametrize("number", [1, 100])
def test_costs_the_same_for_one_line_and_for_a_hundred(site, number, django_assert_num_queries):
    client = at_desk(site)
    for at in range(number):
        place = make_place(site, name=f"Zaal {at}")
        named(
            site,
            "x",
            about_model="sites.place",
            about_id=str(place.pk),
            by=make_person(RoleKind.COORDINATOR, site=site),
        )

    with django_assert_num_queries(QUERIES):
        client.get(PATH)


def test_a_long_history_is_read_by_key():
    site = make_site(slug="hier")
    client = at_desk(site)
    last = [named(site, str(at)) for at in range(3)][-1]

    with CaptureQueriesContext(connection) as queries:
        assert names(client.get(f"{PATH}?voor={last.pk}")) == ["1", "0"]

    assert [query["sql"] for query in queries if "OFFSET" in query["sql"]] == []
