"""On a French or English page, names and words that nobody translated say that they are Dutch."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine

from activities.actions.closure import close
from activities.actions.occurrence import cancel, move, open_anyway
from tests.demo import K
from tests.factories.activities import make_activity, make_stop
from tests.factories.sites import make_home_address, make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import read


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False):
        site = make_site(slug="hier", name="Hier")
        make_home_address(site, place=make_place(site, name="Oude zaal"), since=dt.date(2022, 1, 1))
        new = make_place(
            site,
            name="Nieuwe zaal",
            address="Kerkstraat 1",
            by_bus="Lijn 776",
            by_ride="Bel ons",
            facilities="Geen trap",
        )
        make_home_address(site, place=new, since=dt.date(2023, 10, 2))
        offer(site, weekday=3, activity=make_activity(site, slug="koffie"))
        offer(make_site(slug="elders"), "Van elders", weekday=3)
        yield site


def main(client, address):
    page = read(client.get(address))
    return page.all("header") + page.all("main")


def dutch_on(client, address):
    """Words that are marked, in the wall and the main part of the page."""
    return {node.text for part in main(client, address) for node in part if node.attributes.get("lang") == "nl"}


@pytest.mark.parametrize("prefix", ["/fr", "/en"])
def test_names_of_places(client, site, prefix):
    make_stop(date_of(site.activities.get().series.get(), "2023-10-12"), place=make_place(site, name="Boerenijsje"))

    assert {"Nieuwe zaal", "Oude zaal", "Boerenijsje"} <= dutch_on(client, f"{prefix}/hier/")
    assert dutch_on(client, "/hier/") == set()


@pytest.mark.parametrize("prefix", ["/fr", "/en"])
def test_how_to_get_there(client, site, prefix):
    words = {"Nieuwe zaal", "Kerkstraat 1", "Lijn 776", "Bel ons", "Geen trap"}

    assert words <= dutch_on(client, f"{prefix}/hier/activiteit/koffie/")


def test_reasons_and_notes_that_were_not_translated(client, site):
    cancel(date_of(site.activities.get().series.get(), "2023-10-12"), by=None, note="Lies is ziek.")
    close(
        by=None, partnership=site.partnership, site=site, reason="Verbouwing",
        first_day=dt.date(2023, 10, 10), last_day=dt.date(2023, 10, 10),
    )  # fmt: skip

    assert {"Lies is ziek.", "Verbouwing"} <= dutch_on(client, "/fr/hier/")
    assert "Verbouwing" in dutch_on(client, "/fr/")
    machines = json.loads(client.get("/hier/week/2023-W41.json?taal=fr").content)
    assert machines["days"][3]["items"][0]["note"].startswith("Lies is ziek. ")
    assert b"bdi" not in client.get("/hier/agenda.ics?taal=fr").content


def test_reason_within_a_sentence_of_ours(client, site):
    """Of a date that is opened anyway, and of one that moved to a closed day."""
    series = site.activities.get().series.get()
    for reason, day in {"Grote kuis": 12, "Verbouwing": 20}.items():
        close(
            by=None, partnership=site.partnership, site=site, reason=reason,
            first_day=dt.date(2023, 10, day), last_day=dt.date(2023, 10, day),
        )  # fmt: skip
    open_anyway(date_of(series, "2023-10-12"), by=None)
    move(date_of(series, "2023-10-19"), by=None, day=dt.date(2023, 10, 20))

    for reason, number in {"Grote kuis": 41, "Verbouwing": 42}.items():
        page = read(client.get(f"/fr/hier/week/2023-W{number}/"))
        marked = [p for p in page.one("main").all("p") if reason in p.text and p.text != reason]
        assert [span.text for p in marked for span in p.all("bdi")] == [reason]
        machines = client.get(f"/hier/week/2023-W{number}.json?taal=fr").content.decode()
        assert reason in machines
        assert "bdi" not in machines
    assert b"bdi" not in client.get("/hier/agenda.ics?taal=fr").content


def test_place_before_the_move_in_the_demonstration(demo, client):
    assert "vorige plek (adres niet bekend)" in dutch_on(client, f"/fr/{K}/week/2022-W16/")
