"""From an address to a running site: what was once printed leads there for ever."""

from __future__ import annotations

import pytest
import time_machine

from sites.actions import rename_address
from sites.enums import SiteStatus
from tests.factories.activities import make_activity
from tests.factories.sites import make_site
from tests.offer import TUESDAY, offer
from tests.reading import read

PAGES = [
    "/{}/", "/{}/week/2023-W41/", "/{}/activiteit/koffie/", "/{}/partners/", "/{}/sleutelmomenten/",
    "/{}/agenda.ics", "/{}/week/2023-W41.json",
]  # fmt: skip


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False):
        site, other = make_site(slug="oud"), make_site(slug="elders")
        for one in (site, other):
            offer(one, activity=make_activity(one, slug="koffie"))
        yield site


@pytest.mark.parametrize("page", PAGES)
def test_old_address_redirects_for_ever_with_path_and_question(client, site, page):
    rename_address(site, slug="nieuw", by=None)

    for old in ("oud",):
        response = client.get(page.format(old) + "?taal=fr&van=poster%20a")
        assert (response.status_code, response["Location"]) == (301, page.format("nieuw") + "?taal=fr&van=poster%20a")
    assert client.get(page.format("nieuw")).status_code == 200
    assert client.get(page.format("elders")).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "/{}/week/2023-W41.pdf", "/{}/ideeen/geef/", "/fr/{}/inbedden/"])
def test_a_browser_asks_again_where_an_old_address_leads(client, site, page):
    """One that kept it would go round in circles once the place takes its former address again."""
    rename_address(site, slug="nieuw", by=None)

    assert client.get(page.format("oud"))["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("prefix", ["/fr", "/en"])
def test_language_is_kept(client, site, prefix):
    rename_address(site, slug="nieuw", by=None)

    assert client.get(f"{prefix}/oud/week/2023-W41/")["Location"] == f"{prefix}/nieuw/week/2023-W41/"


def test_twice_renamed_leads_straight_to_the_last_address(client, site):
    for slug in ("tussen", "nieuw"):
        rename_address(site, slug=slug, by=None)

    assert [client.get(f"/{slug}/")["Location"] for slug in ("oud", "tussen")] == ["/nieuw/", "/nieuw/"]


def test_address_that_comes_back_is_a_page_again(client, site):
    for slug in ("nieuw", "oud"):
        rename_address(site, slug=slug, by=None)

    assert client.get("/oud/").status_code == 200
    assert client.get("/nieuw/")["Location"] == "/oud/"


def test_only_the_first_word_is_replaced(client, site):
    offer(site, activity=make_activity(site, slug="oud"))
    rename_address(site, slug="nieuw", by=None)

    assert client.get("/oud/activiteit/oud/")["Location"] == "/nieuw/activiteit/oud/"


def test_links_on_the_page_carry_the_new_address_at_once(client, site):
    assert "/oud/partners/" in read(client.get("/oud/")).links().values()
    rename_address(site, slug="nieuw", by=None)

    links = read(client.get("/nieuw/")).links().values()

    assert "/nieuw/partners/" in links
    assert [link for link in links if "oud" in link] == []


@pytest.mark.parametrize("status", sorted(set(SiteStatus.values) - {SiteStatus.ACTIVE}))
@pytest.mark.parametrize("page", PAGES)
def test_site_that_does_not_run_is_nowhere(client, site, status, page):
    rename_address(site, slug="nieuw", by=None)
    site.refresh_from_db()
    site.status = status
    site.save()

    answers = [
        client.get(prefix + page.format(slug)).status_code for slug in ("oud", "nieuw") for prefix in ("", "/fr")
    ]

    assert answers == [404, 404, 404, 404]


def test_site_that_does_not_run_stands_on_no_other_page(client, site):
    site.status = SiteStatus.STARTING
    site.save()

    for address in ("/", "/gegevens/", "/elders/"):
        assert "/oud/" not in client.get(address).content.decode()


def test_unknown_site_is_not_found_with_a_way_back(client, site):
    response = client.get("/fr/nergens/")

    page = read(response)
    assert (response.status_code, len(page.all("h1"))) == (404, 1)
    assert "/fr/" in page.one("main").links().values()
