"""Who works at a site, and what each does."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from partners.models import Engagement, Organisation
from sites.actions import schedule_changed
from tests.demo import K, W
from tests.factories.activities import make_activity, make_type
from tests.factories.partners import make_engagement, make_organisation, make_organisation_name
from tests.factories.sites import make_site
from tests.offer import TUESDAY, offer
from tests.reading import read


def partners_of(client, address):
    """Name -> the words and links of a partner, in order."""
    response = client.get(address)
    assert response.status_code == 200
    page = read(response)
    headings = page.one("main").all("h2")
    found = {heading.text: heading.up("li") for heading in headings}
    assert len(found) == len(headings)
    return found


@pytest.mark.parametrize("site", [K, W])
def test_partners_of_the_demonstration_and_no_other(demo, client, site):
    engaged = Organisation.objects.filter(
        pk__in=Engagement.objects.filter(site__slug=site).on(dt.date(2023, 10, 10)).values("organisation")
    )

    found = partners_of(client, f"/{site}/partners/")

    assert sorted(found) == sorted(organisation.name_on(dt.date(2023, 10, 10)) for organisation in engaged)
    assert len(found) > 5
    for node in found.values():
        assert node.all("p"), node.text


def test_each_is_named_with_what_it_offers_here(demo, client):
    found = partners_of(client, f"/{W}/partners/")
    (caw,) = [node for name, node in found.items() if name.startswith("CAW")]

    assert [address for address in caw.links().values() if "/activiteit/" in address] == [
        f"/{W}/activiteit/koffie-en-formulieren/"
    ]


def test_in_french_what_it_does_is_french(demo, client):
    dutch, french = partners_of(client, f"/{K}/partners/"), partners_of(client, f"/fr/{K}/partners/")
    told = dict(Engagement.objects.filter(site__slug=K).values_list("organisation__names__name", "does_translations"))

    assert list(dutch) == list(french)
    for name, node in french.items():
        assert told[name]["fr"] in node.text
        assert told[name]["fr"] not in dutch[name].text


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False):
        site, other = make_site(slug="hier"), make_site(slug="elders")
        make_engagement(other, organisation=make_organisation(name="Van elders"))
        yield site


def test_by_name_and_guests_last(client, site):
    for name, fields in {"Zeker": {}, "’t Anker": {}, "Boom": {}, "Af en toe": {"is_guest": True}}.items():
        make_engagement(site, organisation=make_organisation(name=name), **fields)

    found = partners_of(client, "/hier/partners/")

    assert list(found) == ["’t Anker", "Boom", "Zeker", "Af en toe"]
    assert "te gast" in found["Af en toe"].text


def test_only_those_of_today_under_todays_name(client, site):
    renamed = make_organisation(name="Samenlevingsopbouw")
    make_organisation_name(renamed, name="SAAMO", since=dt.date(2023, 1, 1))
    make_engagement(site, organisation=renamed)
    make_engagement(site, organisation=make_organisation(name="Gestopt"), until=dt.date(2023, 10, 9))
    make_engagement(site, organisation=make_organisation(name="Later"), since=dt.date(2023, 10, 11))

    assert list(partners_of(client, "/hier/partners/")) == ["SAAMO"]


def test_what_has_not_begun_is_not_offered_yet(client, site):
    partner = make_organisation(name="SAAMO")
    make_engagement(site, organisation=partner)
    for title, first_day in {"Vandaag": dt.date(2023, 10, 10), "Morgen": dt.date(2023, 10, 11)}.items():
        offer(site, title, organisers=[partner], activity=make_activity(site), first_day=first_day)

    assert list(partners_of(client, "/hier/partners/")["SAAMO"].links()) == ["Vandaag", "In agenda (SAAMO)"]


def test_what_is_past_ended_or_unpublished_is_not_offered(client, site):
    partner = make_organisation(name="SAAMO")
    make_engagement(site, organisation=partner)
    offer(site, "Koffie", organisers=[partner], activity=make_activity(site, slug="koffie"))
    offer(site, "Geheim", organisers=[partner], publish=False)
    offer(site, "Gestopt", organisers=[partner], last_day=dt.date(2023, 10, 9))
    offer(site, "Brunch", organisers=[partner], frequency="once", weekday=None, first_day=dt.date(2023, 10, 9))

    assert list(partners_of(client, "/hier/partners/")["SAAMO"].links()) == ["Koffie", "In agenda (SAAMO)"]


def test_each_has_the_drawing_and_the_colour_of_what_it_offers(client, site):
    reader, house = make_organisation(name="Lezer"), make_organisation(name="Huis")
    for partner in (reader, house):
        make_engagement(site, organisation=partner)
    lesson = make_activity(site, type=make_type(pictogram="book"), meet=False, learn=True)
    offer(site, "Les", organisers=[reader], activity=lesson, price_kind="free")

    found = partners_of(client, "/hier/partners/")

    looks = {name: (node.attributes["class"], node.all("use")[0].attributes["href"]) for name, node in found.items()}
    assert {name: (look, href.partition("#")[2]) for name, (look, href) in looks.items()} == {
        "Lezer": ("act fn-learn", "p-book"),
        "Huis": ("act", "p-house"),
    }


def test_site_without_partners_says_so(client, site):
    Engagement.objects.all().delete()

    assert "Hier komt te staan wie er werkt." in read(client.get("/hier/partners/")).text


def test_as_many_queries_for_one_partner_as_for_a_hundred(client, site, django_assert_num_queries):
    activity = make_activity(site)
    for number in (1, 99):
        for index in range(number):
            partner = make_organisation(name=f"Partner {number}.{index}")
            make_engagement(site, organisation=partner)
            if index < 20:
                offer(site, organisers=[partner], activity=activity, last_day=dt.date(2023, 10, 31))
        with django_assert_num_queries(5):
            found = partners_of(client, "/hier/partners/")
        schedule_changed(site.pk)
    assert len(found) == 100
    assert [len(node.links()) for node in found.values()].count(2) == 21  # what it offers, and its calendar
