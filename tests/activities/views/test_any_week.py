"""Any week of the two places, as visitors read it: what stood in the report stands on the page, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from activities.models import Text
from tests.demo import K, W
from tests.factories.sites import make_site
from tests.offer import TUESDAY, offer
from tests.reading import cards, read, titles, wall

# Source S1, 4.2, "Vast wekelijks aanbod in beide gemeenten najaar 2023": (words in the title or among who is there).
TABLE = {
    K: [
        "’t Kruideniertje", "’t Winkeltje", "Rap op Stap", "Ontmoetingsmoment", "Koffie en Formulieren",
        "Open Leersalon", "UiTPAS", "De Voorkempen",
    ],
    W: ["De Cirkel", "Fietsbieb", "Rap op Stap", "Ontmoetingsmoment", "Koffie en Formulieren", "Open Leersalon", "De Voorkempen"],
}  # fmt: skip
ELSEWHERE = {K: ["Fietsbieb", "De Cirkel"], W: ["’t Winkeltje", "’t Kruideniertje", "UiTPAS"]}


def week_page(client, site, week, language=""):
    response = client.get(f"{language}/{site}/week/{week}/")
    assert response.status_code == 200
    return read(response)


# --- The weekly offer of autumn 2023


def test_week_41_of_kantine_bezemheide(demo, client):
    assert titles(week_page(client, K, "2023-W41")) == {
        "dinsdag": ["Ontmoetingsmoment", "Open Leersalon"],
        "donderdag": ["Koffie en Formulieren", "Sociale kruidenier ’t Kruideniertje"],
        "Ook elke week": ["Rap op Stap", "Sociale dienst De Voorkempen", "Tweedehandswinkel ’t Winkeltje", "UiTPAS"],
        "Ook, maar minder vaak": ["Samen koken, samen eten"],
    }


def test_week_41_of_kattegat(demo, client):
    assert titles(week_page(client, W, "2023-W41")) == {
        "maandag": ["Ontmoetingsmoment"],
        "donderdag": ["Koffie en Formulieren", "Sociale kruidenier De Cirkel"],
        "Ook elke week": ["Fietsbieb", "Open Leersalon", "Rap op Stap", "Sociale dienst De Voorkempen"],
    }


@pytest.mark.parametrize("site", [K, W])
def test_every_row_of_the_report_stands_there_and_none_of_the_other_place(demo, client, site):
    page = week_page(client, site, "2023-W41")
    words = [card.text for card in cards(page)]

    assert [row for row in TABLE[site] if not any(row in text for text in words)] == []
    assert [row for row in ELSEWHERE[site] if row in page.text] == []
    assert len([card for card in cards(page) if card.under != "Ook, maar minder vaak"]) == len(TABLE[site])


@pytest.mark.parametrize("site", [K, W])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_same_lines_in_french_and_english(demo, client, site, language):
    dutch, other = (cards(week_page(client, site, "2023-W41", prefix)) for prefix in ("", f"/{language}"))
    translated = dict(Text.objects.filter(language=language).values_list("series__title", "title"))

    # Within a list titles are in the order of the language.
    assert sorted(card.title for card in other) == sorted(translated[card.title] for card in dutch)


@pytest.mark.parametrize("site", [K, W])
def test_price_stands_with_every_line_and_no_hour_is_made_up(demo, client, site):
    prices = ("Gratis", "Je betaalt wat je koopt", "Vraag de prijs ter plaatse")

    for card in cards(week_page(client, site, "2023-W41")):
        assert any(price in card.text for price in prices), card.text
        assert "nog niet bekend" in card.text, card.text
        assert "uur" not in card.text.replace("uur nog niet bekend", "").split(), card.text


def test_partner_is_named_with_what_it_offers(demo, client):
    found = {card.title: card.text for card in cards(week_page(client, W, "2023-W41"))}

    assert "CAW" in found["Koffie en Formulieren"]
    assert "SAAMO" in found["Ontmoetingsmoment"]
    assert "Ligo" in found["Open Leersalon"]


# --- Koffie en Formulieren in Wuustwezel: Monday until 6 February 2023, Thursday from the 9th


def test_forms_help_is_on_monday_then_on_both_then_on_thursday(demo, client):
    def forms_help(week):
        return {c.under: c.text for c in cards(week_page(client, W, week)) if c.title == "Koffie en Formulieren"}

    before, change, after = (forms_help(f"2023-W0{number}") for number in (5, 6, 7))

    assert list(before) == ["maandag"]
    assert list(change) == ["maandag", "donderdag"]
    assert list(after) == ["donderdag"]
    assert "Laatste keer op maandag" in change["maandag"]
    assert "donderdag 9 februari" in change["maandag"]
    assert "Nieuwe dag" in change["donderdag"]
    assert "Vroeger op maandag" in change["donderdag"]
    for text in (before["maandag"], after["donderdag"]):
        assert "Laatste keer" not in text
        assert "Nieuwe dag" not in text


# --- Easter Monday 2022


def test_easter_monday_names_the_holiday_closes_the_ordinary_and_opens_the_brunch(demo, client):
    found = {}
    for site in (K, W):
        page = week_page(client, site, "2022-W16")
        (monday,) = [node for node in page.all("section") if node.all("h3") and node.all("h3")[0].text == "maandag"]
        assert "Paasmaandag" in monday.text
        found[site] = {c.title: c.text for c in cards(page) if c.under == "maandag"}

    told = {
        site: {t: [w for w in ("Toch open", "Dicht") if w in text] for t, text in on.items()}
        for site, on in found.items()
    }
    assert [t for on in told.values() for t, words in on.items() if words == ["Toch open"]] == brunches(told)
    assert brunches(told)
    assert told[W]["Ontmoetingsmoment"] == ["Dicht"]
    assert "Volgende keer: maandag 25 april." in found[W]["Ontmoetingsmoment"]


def brunches(told):
    return [title for on in told.values() for title in on if "brunch" in title.lower()]


# --- What any week page holds


def test_front_says_that_it_was_so_then_and_leads_to_this_week(demo, client):
    past, coming = week_page(client, W, "2023-W05"), week_page(client, W, "2023-W45")

    assert "Zo was het toen" in wall(past)
    assert "30 januari tot 5 februari 2023" in wall(past)
    assert "Vandaag" not in wall(past)
    assert "Zo is het dan" in wall(coming)
    assert f"/{W}/" in past.all("header")[0].links().values()


def test_house_of_those_days_and_the_move_of_july_2022(demo, client):
    places = {}
    for week in ("2022-W25", "2022-W26", "2022-W27", "2022-W40"):
        page = week_page(client, K, week)
        places[week] = ("vorige plek" in wall(page), "verhuisd naar Kantine Bezemheide" in page.text)

    assert places == {
        "2022-W25": (True, False),
        "2022-W26": (True, False),  # the move itself, on Friday
        "2022-W27": (False, True),
        "2022-W40": (False, False),
    }
    assert "Vanaf vrijdag 1 juli zijn we in Kantine Bezemheide." in wall(week_page(client, K, "2022-W26"))


def test_week_pages_lead_to_their_neighbours_in_the_same_language(demo, client):
    for prefix in ("", "/fr", "/en"):
        links = list(week_page(client, W, "2023-W41", prefix).one("main").links().values())
        assert links[:2] == [f"{prefix}/{W}/week/2023-W40/", f"{prefix}/{W}/week/2023-W42/"]


def test_first_and_last_week_lead_one_way_only(demo, client):
    def neighbours(week):
        return [
            link.attributes["href"].split("/")[-2]
            for link in week_page(client, W, week).one("main").all("a")
            if link.attributes.get("rel") in {"prev", "next"}
        ]

    assert neighbours("2024-W41") == ["2024-W40", "2024-W42"]
    assert neighbours("2024-W42") == ["2024-W41"]
    first = earliest_week(client)
    assert len(neighbours(first)) == 1
    assert neighbours(first) > [first]


def earliest_week(client):
    """The week that a page far too early leads to."""
    response = client.get(f"/{W}/week/1999-W01/")
    (link,) = [a for a in read(response).one("main").links().values() if "/week/" in a]
    return link.split("/")[-2]


@pytest.mark.parametrize(("week", "nearest"), [("1999-W01", None), ("2024-W43", "2024-W42"), ("2050-W10", "2024-W42")])
def test_week_outside_what_is_known_is_not_found_and_leads_to_the_nearest(demo, client, week, nearest):
    response = client.get(f"/fr/{W}/week/{week}/")

    page = read(response)
    links = list(page.one("main").links().values())
    assert response.status_code == 404
    assert len(page.all("h1")) == 1
    assert links[0] == f"/fr/{W}/week/{nearest or earliest_week(client)}/"
    assert f"/fr/{W}/" in links
    assert client.get(links[0]).status_code == 200


def test_week_that_does_not_exist_is_not_found(demo, client):
    for week in ("2023-W53", "2023-W00", "2023-W54", "0000-W01", "9999-W52"):
        response = client.get(f"/{W}/week/{week}/")
        assert (response.status_code, len(read(response).all("h1"))) == (404, 1)


@pytest.mark.django_db
def test_week_53_stands_between_week_52_and_the_first(client):
    site = make_site(slug="nieuw")
    with time_machine.travel(dt.datetime(2020, 12, 29, 9, tzinfo=dt.UTC)):
        offer(site, weekday=6, first_day=dt.date(2020, 12, 1))
        page = week_page(client, "nieuw", "2020-W53")

        assert titles(page) == {"zondag": ["Koffie"]}
        assert "28 december 2020 tot 3 januari 2021" in page.text
        assert list(page.one("main").links().values())[:2] == ["/nieuw/week/2020-W52/", "/nieuw/week/2021-W01/"]


@pytest.mark.django_db
def test_site_without_an_offer_has_this_week_and_the_next_ones_only(client):
    make_site(slug="leeg")
    with time_machine.travel(TUESDAY):
        assert client.get("/leeg/").status_code == 200
        statuses = [client.get(f"/leeg/week/{week}/").status_code for week in ("2023-W40", "2023-W41", "2023-W42")]

    assert statuses == [404, 200, 200]


@pytest.mark.parametrize(
    ("week", "says_so"), [("2023-W35", True), ("2023-W41", True), ("2023-W47", True), ("2023-W49", False)]
)
def test_what_just_began_says_since_when_as_exactly_as_it_is_known(demo, client, week, says_so):
    shown = {card.title: card.text for card in cards(week_page(client, W, week))}

    assert ("Vanaf najaar 2023." in shown["Open Leersalon"]) is says_so
    assert "Vanaf" not in shown["Sociale dienst De Voorkempen"]
