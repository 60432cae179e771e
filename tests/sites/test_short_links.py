"""Codes on paper: one for each page and language, for ever, wherever the page goes to live."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from activities.actions.offers import begin_offer
from activities.models import Series
from activities.on_paper import OF_ACTIVITY
from sites.actions import rename_address
from sites.actions.short_link import LENGTH, LETTERS, give_short_links
from sites.actions.site import open_site
from sites.enums import SiteKind, SiteStatus
from sites.models import ShortLink, Site
from sites.short_links import printed_address
from tests.factories.activities import make_activity, make_series, make_type, series_fields
from tests.factories.sites import make_municipality, make_partnership, make_short_link, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db

LANGUAGES = len(settings.LANGUAGES)


def test_a_new_place_and_a_new_activity_get_a_code_in_every_language():
    facts = {"slug": "nieuw", "name": "Nieuw", "kind": SiteKind.values[0]}
    site = open_site(by=None, partnership=make_partnership(), municipality=make_municipality(), **facts)
    begin_offer(site, by=None, type=make_type(), functions=["meet"], publish=True, **series_fields(title="Koffie"))

    links = ShortLink.objects.filter(site=site)

    assert sorted(links.values_list("kind", flat=True)) == [OF_ACTIVITY] * LANGUAGES + ["site"] * LANGUAGES
    assert {len(link.code) for link in links} == {LENGTH}
    assert set("".join(link.code for link in links)) <= set(LETTERS)


def test_a_page_keeps_the_code_it_has():
    site = make_site()
    give_short_links(site)
    before = set(ShortLink.objects.values_list("code", flat=True))

    give_short_links(site)

    assert set(ShortLink.objects.values_list("code", flat=True)) == before
    assert len(before) == LANGUAGES


def test_a_code_leads_to_the_page_in_its_language_without_a_cookie():
    site = make_site(slug="kattegat", status=SiteStatus.ACTIVE)
    make_short_link(site, code="abc", language="ar")
    activity = make_series(make_activity(site, slug="koffie")).activity
    make_short_link(site, code="def", kind=OF_ACTIVITY, number=activity.pk)

    first, second = (Client().get(f"/q/{code}/") for code in ("ABC", "def"))

    assert (first.status_code, first["Location"], first.cookies) == (302, "/ar/kattegat/", {})
    assert (second.status_code, second["Location"]) == (302, "/kattegat/activiteit/koffie/")
    assert "Cookie" not in first.get("Vary", "")


def test_a_code_survives_that_its_place_and_its_activity_go_elsewhere():
    site = make_site(slug="kattegat", status=SiteStatus.ACTIVE)
    activity = make_series(make_activity(site, slug="koffie")).activity
    make_short_link(site, code="def", kind=OF_ACTIVITY, number=activity.pk)

    rename_address(site, slug="de-stek", by=None)
    assert Client().get("/q/def/")["Location"] == "/de-stek/activiteit/koffie/"

    Series.objects.update(is_undone=True)  # taken back: its page is gone, its poster may hang
    assert Client().get("/q/def/")["Location"] == "/de-stek/"
    Series.objects.update(is_undone=False, is_published=False)
    assert Client().get("/q/def/")["Location"] == "/de-stek/"
    Series.objects.all().delete()
    activity.delete()
    assert Client().get("/q/def/")["Location"] == "/de-stek/"


def test_a_code_nobody_knows_is_a_friendly_page():
    response = Client().get("/q/zzzzzzz/")

    assert response.status_code == 404
    assert read(response).one("h1").text == "Deze code kennen we niet"


@pytest.mark.parametrize("status", [SiteStatus.STARTING, SiteStatus.STOPPED])
def test_a_code_of_a_place_that_does_not_run_says_so_in_the_language_of_its_paper_and_not_which(status):
    site = make_site(status=status, name="De Poort", slug="poort")
    for language in ("nl", "ar"):
        make_short_link(site, code=f"abc{language}", language=language)

    dutch, arabic = (Client().get(f"/q/abc{language}/") for language in ("nl", "ar"))

    assert (dutch.status_code, arabic.status_code) == (404, 404)
    assert read(dutch).one("h1").text == "Deze plek staat nu niet op de website"
    assert read(arabic).one("html").attributes == {"lang": "ar", "dir": "rtl"}
    assert arabic["Content-Language"] == "ar"
    assert "/ar/" in read(arabic).links().values()
    assert not {"De Poort", "poort"} & set(dutch.content.decode().split())


def test_what_is_printed_is_the_code_and_the_page_itself_where_there_is_none():
    site = make_site(slug="kattegat")
    make_short_link(site, code="abc", language="fr")

    assert printed_address(site, "fr") == f"{settings.STEK_BASE_URL}/q/abc/"
    assert printed_address(site, "nl") == f"{settings.STEK_BASE_URL}/kattegat/"


def test_codes_are_of_the_place_that_was_asked():
    give_short_links(make_site(slug="een"))

    assert Site.objects.get(slug="een").short_links.count() == LANGUAGES
    assert not ShortLink.objects.at(make_site(slug="ander")).exists()
