"""Feeds of one activity and of one organisation: the events of the place's own feed, and no other."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from activities.models import Activity
from partners.models import Organisation
from tests.factories.partners import make_engagement, make_organisation
from tests.factories.sites import make_site
from tests.offer import TUESDAY, offer
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """Two offers of two organisations, beside another place where one of them does the same."""
    with time_machine.travel(TUESDAY, tick=False):
        site, other = make_site(slug="hier", name="Hier"), make_site(slug="elders")
        caw, ligo = (make_organisation(name=name, code=name.lower()) for name in ("CAW", "Ligo"))
        for place, host in ((site, caw), (site, ligo), (other, caw)):
            make_engagement(place, organisation=host)
        few = {"first_day": dt.date(2023, 10, 2), "last_day": dt.date(2023, 10, 29)}
        offer(site, "Koffie", organisers=[caw], weekday=2, **few)
        offer(site, "Taal", organisers=[ligo, caw], weekday=3, **few)
        offer(other, "Van elders", organisers=[caw], weekday=3, **few)
        yield site


def address_of(title):
    return f"/hier/activiteit/{Activity.objects.get(series__title=title).slug}/"


def events(path):
    """What stands in a feed, event by event."""
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return {str(event["UID"]): event.to_ical() for event in Calendar.from_ical(response.content).walk("VEVENT")}


def test_feeds_of_a_part_hold_the_same_events(site):
    whole = events("/hier/agenda.ics")
    coffee, language = (events(f"{address_of(title)}agenda.ics") for title in ("Koffie", "Taal"))

    assert (len(whole), len(coffee), len(language)) == (8, 4, 4)
    assert coffee | language == whole
    assert events("/hier/partners/caw/agenda.ics") == whole
    assert events("/hier/partners/ligo/agenda.ics") == language


def test_they_are_named_in_the_asked_language_and_kept_like_the_others(site):
    client = Client()

    for path, name in (
        (f"{address_of('Koffie')}agenda.ics", "Koffie, Hier"),
        ("/hier/partners/ligo/agenda.ics", "Ligo, Hier"),
    ):
        first = client.get(path, {"taal": "ar"})
        assert str(Calendar.from_ical(first.content)["X-WR-CALNAME"]) == name.replace(", ", "، ")
        assert client.get(path, {"taal": "ar"}, headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert str(Calendar.from_ical(client.get(path).content)["X-WR-CALNAME"]) == name


def test_what_organises_nothing_here_and_what_nobody_was_told_of_has_none(site):
    draft = offer(site, "Ontwerp", weekday=4, publish=False)
    make_engagement(site, organisation=make_organisation(name="Stil", code="stil"))

    found = {
        path: Client().get(path).status_code
        for path in (
            f"/hier/activiteit/{draft.activity.slug}/agenda.ics", "/hier/activiteit/nergens/agenda.ics",
            "/hier/partners/stil/agenda.ics", "/hier/partners/nergens/agenda.ics",
        )
    }  # fmt: skip

    assert set(found.values()) == {404}


def test_their_links_stand_on_the_pages(site):
    name = Organisation.objects.get(code="ligo").code

    assert f"/hier/partners/{name}/agenda.ics" in read(Client().get("/hier/partners/")).links().values()
    assert f"{address_of('Taal')}agenda.ics?taal=fr" in read(Client().get(f"/fr{address_of('Taal')}")).links().values()
