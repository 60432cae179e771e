"""A week narrowed to what a visitor looks for, by links in the address: no form, no script, nothing kept."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

from activities.enums import PriceKind
from activities.wanted import FUNCTIONS, Wanted, wanted
from sites import publication
from sites.enums import FUNCTION_TERMS, Function
from tests.factories.activities import make_activity
from tests.factories.partners import make_engagement, make_organisation
from tests.factories.sites import make_home_address, make_site
from tests.offer import TUESDAY, offer
from tests.reading import read


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False):
        site = make_site(slug="hier", name="Hier")
        make_home_address(site, since=dt.date(2022, 1, 1))
        caw, ligo = make_organisation(code="caw", name="CAW"), make_organisation(code="ligo", name="Ligo")
        for one in (caw, ligo):
            make_engagement(site, organisation=one)
        offer(site, "Koffie", weekday=1, organisers=[caw], price_kind=PriceKind.FREE)
        offer(site, "Taal", weekday=2, organisers=[ligo], begin=dt.time(19), end=dt.time(21), price_kind=PriceKind.FREE,
              activity=make_activity(site, meet=False, learn=True))  # fmt: skip
        offer(site, "Winkel", weekday=3, organisers=[caw], price_kind=PriceKind.GOODS)
        offer(site, "Ergens", weekday=None, organisers=[ligo], price_kind=PriceKind.FREE)
        offer(make_site(slug="elders"), "Van elders", weekday=1)
        yield site


def titles(client, query="", path="/hier/"):
    page = read(client.get(path + query))
    return [h4.text for h4 in page.one("main").all("h4")]


def choices(client, path="/hier/"):
    """Words -> address, of what can be chosen."""
    (box,) = [one for one in read(client.get(path)).all("details") if one.attributes.get("class") == "wish"]
    return box.links()


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["Koffie", "Taal", "Winkel", "Ergens"]),
        ("?functie=leren", ["Taal"]),
        ("?functie=ontmoeten", ["Koffie", "Winkel", "Ergens"]),
        ("?wie=caw", ["Koffie", "Winkel"]),
        ("?wie=ligo", ["Taal", "Ergens"]),
        ("?gratis=1", ["Koffie", "Taal", "Ergens"]),
        ("?avond=1", ["Taal"]),
        ("?vandaag=1", ["Koffie"]),
        ("?wie=caw&gratis=1", ["Koffie"]),
        ("?functie=hulp", []),
        ("?functie=voetbal&wie=<b>&gratis=ja&avond=0", ["Koffie", "Taal", "Winkel", "Ergens"]),
    ],
)
def test_shows_what_is_asked_for_and_nothing_else(client, site, query, left):
    assert titles(client, query) == left


def test_each_choice_is_a_link_that_shows_something_and_chosen_again_takes_it_away(client, site):
    links = choices(client)

    assert list(links) == ["Vandaag", "’s Avonds", "Gratis", "Mensen ontmoeten", "Iets leren", "CAW", "Ligo"]
    assert {words: len(titles(client, path=address.split("#")[0])) for words, address in links.items()} == {
        "Vandaag": 1, "’s Avonds": 1, "Gratis": 3, "Mensen ontmoeten": 3, "Iets leren": 1, "CAW": 2, "Ligo": 2,
    }  # fmt: skip
    page = read(client.get("/hier/?gratis=1&wie=caw"))
    chosen = {
        a.text: a.attributes["href"]
        for a in page.all("a")
        if a.attributes.get("aria-current") == "true" and "hreflang" not in a.attributes
    }
    assert chosen == {"Gratis": "/hier/?wie=caw#week", "CAW": "/hier/?gratis=1#week"}
    assert "1 activiteit past bij wat je koos." in page.text
    assert page.links()["Toon alles"] == "/hier/#week"


def test_nothing_that_fits_says_so_and_leads_back(client, site):
    page = read(client.get("/hier/?functie=hulp&avond=1"))

    assert "Deze week past er niets bij wat je koos." in page.text
    assert "niets gepland" not in page.one("main").text
    assert page.links()["Toon alles"] == "/hier/#week"


def test_choice_goes_along_to_another_week_and_another_language(client, site):
    page = read(client.get("/hier/?gratis=1&functie=leren"))

    assert page.links()["Volgende week"] == "/hier/week/2023-W42/?functie=leren&gratis=1"
    assert page.links()["العربية"] == "/ar/hier/?functie=leren&gratis=1"
    assert titles(client, "?functie=leren&gratis=1", "/hier/week/2023-W42/") == ["Taal"]


def test_front_of_the_house_still_says_what_is_on_today(client, site):
    front = read(client.get("/hier/?functie=leren")).all("header")[0]

    assert "Vandaag open van 10.00 tot 12.00 uur" in front.text
    assert "Koffie" in front.text


def test_what_a_reader_put_together_is_not_kept_and_not_found_by_search_engines(client, site, monkeypatch):
    kept: list[str] = []
    listening = SimpleNamespace(get=lambda key: None, set=lambda key, body, seconds: kept.append(key))
    monkeypatch.setattr(publication, "cache", listening)

    plain = client.get("/hier/")
    assert len(kept) == 1
    narrowed = client.get("/hier/?gratis=1")

    assert len(kept) == 1
    robots = [
        [m for m in read(answer).all("meta") if m.attributes.get("name") == "robots"] for answer in (plain, narrowed)
    ]
    assert [len(found) for found in robots] == [0, 1]
    assert client.get("/hier/?gratis=1", headers={"If-None-Match": narrowed["ETag"]}).status_code == 304


def test_a_week_of_a_few_lines_has_nothing_to_choose(client, db):
    with time_machine.travel(TUESDAY, tick=False):
        site = make_site(slug="klein")
        for weekday in (1, 2, 3):
            offer(site, "Koffie", weekday=weekday)

        assert [
            one for one in read(client.get("/klein/")).all("details") if one.attributes.get("class") == "wish"
        ] == []


def test_costs_no_query_more(client, site, django_assert_num_queries):
    client.get("/hier/")
    with django_assert_num_queries(3):
        client.get("/hier/week/2023-W42/")
    with django_assert_num_queries(3):
        client.get("/hier/week/2023-W42/?gratis=1&wie=caw")


def test_words_in_the_address():
    assert wanted({}) == Wanted()
    assert not wanted({})
    assert wanted({"functie": "leren", "wie": "caw", "gratis": "1"}).query == "?functie=leren&wie=caw&gratis=1"
    assert set(FUNCTIONS.values()) == set(Function) == set(FUNCTION_TERMS)
