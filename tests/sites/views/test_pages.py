"""Key moments of a site, and the pages about STEK itself."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from sites.actions import schedule_changed
from sites.enums import Function, Precision
from sites.models import Milestone
from tests.demo import TEN_OCTOBER, K, W, demonstration
from tests.factories.sites import make_milestone, make_site
from tests.offer import TUESDAY
from tests.reading import read

ABOUT = ["/wat-is-een-stek/", "/privacy/", "/gegevens/"]


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return read(response)


def moments(client, address):
    """One list for each year; the mark of today is no moment."""
    lists = [node for node in page_of(client, address).all("ol") if node.attributes.get("class") == "line"]
    return [item.text for one in lists for item in one.all("li") if item.attributes.get("class") != "is-now"]


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker):
        yield


@pytest.fixture
def demo(loaded_demo, db):
    with time_machine.travel(TEN_OCTOBER, tick=False):
        yield


@pytest.mark.parametrize("prefix", ["", "/fr", "/en"])
@pytest.mark.parametrize("site", [K, W])
def test_key_moments_of_the_demonstration_in_each_language(demo, client, site, prefix):
    rows = Milestone.objects.filter(site__slug=site) | Milestone.objects.filter(site__isnull=True)

    found = moments(client, f"{prefix}/{site}/sleutelmomenten/")

    assert len(found) == rows.count() > 10
    for row in rows:
        text = " ".join((row.translations[prefix[1:]] if prefix else row.text).split())
        assert any(text in item for item in found), text


def test_correction_stands_with_what_it_corrects(demo, client):
    row = Milestone.objects.exclude(correction_note="").filter(site__isnull=False).first()

    (item,) = [text for text in moments(client, f"/{row.site.slug}/sleutelmomenten/") if row.text in text]

    assert f"Verbetering: {row.correction_note}" in item


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False):
        site, other = make_site(slug="hier"), make_site(slug="elders")
        make_milestone(other, text="Van elders")
        make_milestone(None, partnership=other.partnership, text="Van een ander verband")
        yield site


def test_vague_dates_sort_by_their_first_day_coarser_first(client, site):
    make_milestone(site, text="dag", day=dt.date(2022, 6, 1), precision=Precision.DAY)
    make_milestone(site, text="maand", day=dt.date(2022, 6, 1), precision=Precision.MONTH)
    make_milestone(site, text="jaar", day=dt.date(2022, 1, 1), precision=Precision.YEAR)
    make_milestone(None, partnership=site.partnership, text="verband", day=dt.date(2022, 3, 1))

    assert moments(client, "/hier/sleutelmomenten/") == [
        "2022jaar", "1 maart 2022verband", "juni 2022maand", "1 juni 2022dag",
    ]  # fmt: skip


def test_untranslated_moment_says_that_it_is_dutch(client, site):
    make_milestone(site, text="Open", translations={"en": "Opened"})

    spoken = {
        prefix: [
            span.attributes.get("lang")
            for span in page_of(client, f"{prefix}/hier/sleutelmomenten/").one("ol").all("span")
        ]
        for prefix in ("/fr", "/en")
    }

    assert {prefix: "nl" in languages for prefix, languages in spoken.items()} == {"/fr": True, "/en": False}


def test_as_many_queries_for_one_moment_as_for_a_hundred(client, site, django_assert_num_queries):
    for number in (1, 99):
        for index in range(number):
            make_milestone(site, text=f"{number}.{index}")
        with django_assert_num_queries(3):
            found = moments(client, "/hier/sleutelmomenten/")
        schedule_changed(site.pk)
    assert len(found) == 100


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/fr", "/en"])
@pytest.mark.parametrize("address", ABOUT)
def test_page_about_stek_has_one_heading_and_says_something(client, address, prefix):
    page = page_of(client, prefix + address)

    assert len(page.all("h1")) == 1
    assert page.one("title").children
    assert len(page.one("main").text) > 400


@pytest.mark.django_db
def test_what_is_a_stek_tells_the_four_functions(client):
    text = page_of(client, "/wat-is-een-stek/").one("main").text.lower()

    assert [str(function.label).lower() for function in Function if str(function.label).lower() not in text] == []


def test_data_formats_names_the_feed_and_the_json_of_running_sites(client, site):
    text = page_of(client, "/gegevens/").one("main").text

    assert "/hier/agenda.ics" in text
    assert "/elders/agenda.ics" in text
    for word in ("version", "planned", "cancelled", "closed", "moved", "opened", "withdrawn"):
        assert word in text


def test_moments_stand_in_the_chapter_of_their_year_with_today_between_what_was_and_what_comes(client, site):
    for day in (dt.date(2022, 3, 1), dt.date(2023, 2, 1), dt.date(2023, 12, 1)):
        make_milestone(site, day=day, text=f"Iets in {day.year}")

    page = page_of(client, "/hier/sleutelmomenten/")

    sections = [
        (one.one("h2").text, [item.attributes.get("class", "") for item in one.all("li")])
        for one in page.all("section")
    ]
    assert sections == [("2022", [""]), ("2023", ["", "is-now", "is-planned"])]
