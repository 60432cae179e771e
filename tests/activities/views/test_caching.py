"""Kept bodies: sent again without work, never a moment longer than they are true, and the same from every process."""

from __future__ import annotations

import datetime as dt
import gzip
import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from activities import standing
from activities.actions.closure import close
from activities.actions.occurrence import cancel, restore
from activities.actions.series import change_from, end_series
from activities.models import Series
from sites.actions import rename_address
from sites.models import Site
from tests.factories.activities import make_activity, make_text
from tests.factories.sites import make_home_address, make_site
from tests.offer import TUESDAY, date_of, offer

KEPT = [
    "/hier/", "/fr/hier/", "/hier/week/2023-W41/", "/hier/activiteit/koffie/", "/hier/partners/",
    "/hier/sleutelmomenten/", "/hier/agenda.ics", "/hier/week/2023-W41.json",
]  # fmt: skip
WITH_DATES = [
    "/hier/",
    "/en/hier/",
    "/hier/week/2023-W41/",
    "/hier/activiteit/koffie/",
    "/hier/agenda.ics",
    "/hier/week/2023-W41.json",
]


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False) as clock:
        site, other = make_site(slug="hier"), make_site(slug="elders")
        for one in (site, other):
            make_home_address(one)
            offer(one, activity=make_activity(one, slug="koffie"), weekday=3)
        site.clock = clock
        yield site


@pytest.fixture
def thursday(site):
    return date_of(series_of(site), "2023-10-12")


def series_of(site):
    return Series.objects.get(activity__site=site)


# --- The reader has it already


@pytest.mark.parametrize("address", KEPT)
def test_reader_who_has_it_gets_304_without_a_body(client, site, address):
    first = client.get(address)
    tag = first["ETag"]

    second = client.get(address, headers={"If-None-Match": tag})

    assert re.fullmatch(r'W/"[0-9a-f]{24}"', tag)
    assert (second.status_code, second.content, second["ETag"]) == (304, b"", tag)
    assert second["Cache-Control"] == first["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


@pytest.mark.parametrize("address", KEPT)
def test_compressed_and_plain_are_the_same_words_under_the_same_tag(client, site, address):
    plain, zipped = client.get(address), client.get(address, headers={"Accept-Encoding": "br, gzip"})

    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["ETag"] == plain["ETag"]
    assert "Accept-Encoding" in plain["Vary"]


def test_reader_who_refuses_compression_gets_none(client, site):
    assert "Content-Encoding" not in client.get("/hier/", headers={"Accept-Encoding": "identity, gzip;q=0"})


@pytest.mark.parametrize("address", KEPT)
def test_head_tells_the_same_without_the_body(client, site, address):
    get, head = client.get(address), client.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]


@pytest.mark.parametrize("address", KEPT)
def test_each_language_has_a_tag_of_its_own(client, site, address):
    address = address.removeprefix("/fr")
    is_data = address.endswith((".ics", ".json"))
    make_text(series_of(site), language="fr", title="Café")

    tags = {client.get(one)["ETag"] for one in (address, f"{address}?taal=fr" if is_data else f"/fr{address}")}

    assert len(tags) == 2


# --- Kept


@pytest.mark.parametrize("address", KEPT)
def test_second_request_costs_one_query_at_most(client, site, address, django_assert_max_num_queries):
    first = client.get(address)

    with django_assert_max_num_queries(1):
        second = client.get(address)
    with django_assert_max_num_queries(1):
        third = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (second.content, third.status_code) == (first.content, 304)


@pytest.mark.parametrize("address", WITH_DATES)
def test_change_shows_at_once(client, site, thursday, address):
    before = client.get(address)
    cancel(thursday, by=None, note="Ziek")
    cancelled = client.get(address, headers={"If-None-Match": before["ETag"]})
    restore(thursday, by=None)
    restored = client.get(address)

    assert cancelled.status_code == 200
    assert b"Ziek" in cancelled.content
    assert b"Ziek" not in before.content + restored.content


CHANGES = {
    "close": lambda site: close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 10, 10), last_day=dt.date(2023, 10, 14),
    ),
    "close all": lambda site: close(
        by=None, partnership=site.partnership, site=None, reason="Werken",
        first_day=dt.date(2023, 10, 10), last_day=dt.date(2023, 10, 14),
    ),
    "new agreement": lambda site: offer(site, "Soep", activity=make_activity(site), weekday=4),
    "end": lambda site: end_series(series_of(site), dt.date(2023, 10, 10), by=None),
    "change": lambda site: change_from(series_of(site), dt.date(2023, 10, 11), by=None, title="Thee", weekday=4),
    "rename": lambda site: rename_address(site, slug="ginder", by=None),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_every_kind_of_change_shows_at_once_and_only_at_its_site(client, site, change):
    def bodies():
        here = Site.objects.get(pk=site.pk).slug
        return client.get(f"/{here}/").content, client.get("/elders/").content

    before = bodies()
    CHANGES[change](site)
    after = bodies()

    assert (after[0] == before[0], after[1] == before[1]) == (False, True)


# --- Several processes, each with a memory of its own


@pytest.fixture
def processes(settings):
    """Answer as one of two processes, each with a cache of its own."""
    plain = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

    def answer(process, address):
        settings.CACHES = {"default": {**plain, "LOCATION": f"process {process}"}}
        return Client().get(address)

    yield answer
    for process in "ab":
        settings.CACHES = {"default": {**plain, "LOCATION": f"process {process}"}}
        cache.clear()


@pytest.mark.parametrize("address", WITH_DATES)
def test_two_processes_never_disagree(processes, site, thursday, address):
    def both():
        return [processes(process, address).content for process in ("a", "b")]

    first = both()
    cancel(thursday, by=None, note="Ziek")
    cancelled = both()
    restore(thursday, by=None)
    restored = [processes(process, address).content for process in ("b", "a")]

    assert len(set(first)) == len(set(cancelled)) == len(set(restored)) == 1
    assert b"Ziek" in cancelled[0]


def test_process_that_never_asked_before_answers_like_the_others(processes, site, thursday):
    processes("a", "/hier/")
    cancel(thursday, by=None, note="Ziek")
    standing.forget()

    assert processes("b", "/hier/").content == processes("a", "/hier/").content


# --- Until it is no longer true


def test_body_ends_at_the_next_begin_and_end(client, site, django_assert_max_num_queries):
    offer(site, weekday=1, begin=dt.time(10), end=dt.time(12))
    words = {}

    for time in ("07:59:59", "08:00:00", "09:59:59", "10:00:00", "21:59:59", "22:00:00"):
        site.clock.move_to(dt.datetime.fromisoformat(f"2023-10-10T{time}+00:00"))
        text = client.get("/hier/").content.decode()
        words[time] = [
            w for w in ("Vandaag open van", "Nu open", "Vandaag niet meer open", "Vandaag dicht") if w in text
        ]
        with django_assert_max_num_queries(1):
            assert client.get("/hier/").content.decode() == text

    assert words == {
        "07:59:59": ["Vandaag open van"],
        "08:00:00": ["Nu open"],
        "09:59:59": ["Nu open"],
        "10:00:00": ["Vandaag niet meer open"],
        "21:59:59": ["Vandaag niet meer open"],
        "22:00:00": ["Vandaag dicht"],  # midnight in Brussels
    }


@pytest.mark.parametrize("address", ["/hier/activiteit/koffie/", "/hier/agenda.ics", "/hier/week/2023-W41.json"])
def test_other_bodies_end_at_midnight_there(client, site, address):
    site.clock.move_to(dt.datetime(2023, 10, 12, 21, 59, tzinfo=dt.UTC))
    end_series(series_of(site), dt.date(2023, 10, 11), by=None)
    before = client.get(address).content
    site.clock.move_to(dt.datetime(2023, 10, 12, 22, 0, tzinfo=dt.UTC))

    if "activiteit" in address:
        assert client.get(address).status_code == 200
    else:
        assert client.get(address).content != before


def test_week_now_is_another_week_on_monday(client, site):
    site.clock.move_to(dt.datetime(2023, 10, 15, 21, 59, tzinfo=dt.UTC))
    assert "9 tot 15 oktober 2023" in client.get("/hier/").content.decode()
    site.clock.move_to(dt.datetime(2023, 10, 15, 22, 0, tzinfo=dt.UTC))
    assert "16 tot 22 oktober 2023" in client.get("/hier/").content.decode()


def test_what_is_not_found_is_not_kept(client, site):
    assert client.get("/hier/activiteit/soep/").status_code == 404
    offer(site, "Soep", activity=make_activity(site, slug="soep"))
    assert client.get("/hier/activiteit/soep/").status_code == 200
