"""This week at a site: the front of the house, and everything that can happen to a date."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings

from activities.actions.closure import close, lift
from activities.actions.occurrence import cancel, move, open_anyway, restore
from activities.actions.series import change_from, end_series
from activities.enums import Frequency, Part, PriceKind
from activities.models import ActivityType
from tests.demo import K, W
from tests.factories.activities import make_activity, make_guest, make_stop, make_text
from tests.factories.partners import make_organisation
from tests.factories.sites import make_home_address, make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import cards, read, titles, wall


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return read(response)


# --- The two places on 10 October 2023, a Tuesday


def test_kantine_is_open_this_afternoon(demo, client):
    front = wall(page_of(client, f"/{K}/"))

    assert "dinsdag 10 oktober" in front
    assert "Vandaag open in de namiddag" in front
    assert "Het juiste uur staat hier nog niet." in front
    assert "gratis binnen" in front
    assert "Kantine Bezemheide, Kalmthout" in front


def test_kantine_in_the_evening_says_when_it_opens_again(demo, client):
    demo.move_to(dt.datetime(2023, 10, 10, 18, tzinfo=dt.UTC))

    front = wall(page_of(client, f"/{K}/"))

    assert "Vandaag niet meer open" in front
    assert "Weer open op donderdag 12 oktober, namiddag." in front


def test_kattegat_has_nothing_fixed_today_and_is_surely_open_on_thursday(demo, client):
    """Four offers of each week are there on a day that nobody wrote down: it may be today."""
    front = wall(page_of(client, f"/{W}/"))

    assert "Vandaag staat er niets vast op het programma" in front
    assert "Zeker open op donderdag 12 oktober, namiddag." in front
    assert "dicht" not in front


def test_front_leads_to_what_is_on_today(demo, client):
    links = page_of(client, f"/{K}/").all("header")[0].links()

    assert {words: address for words, address in links.items() if "/activiteit/" in address} == {
        "Ontmoetingsmoment": f"/{K}/activiteit/ontmoetingsmoment/",
        "Open Leersalon": f"/{K}/activiteit/open-leersalon/",
    }


def test_front_says_where_it_is_today_when_that_is_not_in_the_house(demo, client):
    demo.move_to(dt.datetime(2023, 5, 16, 9, tzinfo=dt.UTC))

    links = page_of(client, f"/{K}/").all("header")[0].all("a")
    first, *others = [link for link in links if "/activiteit/" in link.attributes["href"]]
    assert first.text == "Kantine Bezemheide op pad In Dorpshuis Achterbroek en Dorpshuis Nieuwmoer."
    assert [one.text for one in others] == ["Ontmoetingsmoment", "Open Leersalon"]


def test_today_is_marked_and_empty_days_share_a_line(demo, client):
    page = page_of(client, f"/{K}/")
    days = {h3.text: h3.up("section").text for h3 in page.all("h3") if "day" in h3.up("section").attributes["class"]}

    assert list(days) == ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag tot zondag"]
    assert [name for name, text in days.items() if "vandaag" in text] == ["dinsdag"]
    assert [name for name, text in days.items() if "niets gepland" in text] == [
        "maandag", "woensdag", "vrijdag tot zondag",
    ]  # fmt: skip


def test_holiday_today_is_named_on_the_front(demo, client):
    demo.move_to(dt.datetime(2023, 11, 1, 9, tzinfo=dt.UTC))

    for site in (K, W):
        assert "Vandaag dicht: Allerheiligen" in wall(page_of(client, f"/{site}/"))


def test_page_offers_the_feed_in_its_language_and_what_helps(demo, client):
    for prefix, asked in (("", ""), ("/fr", "?taal=fr")):
        page = page_of(client, f"{prefix}/{K}/")
        assert {f"/{K}/agenda.ics{asked}", f"/{K}/week/2023-W41.pdf{asked}"} <= set(page.links().values())
        # Without a script they would do nothing.
        assert {button.attributes["data-helper"] for button in page.all("button")} == {"read-aloud", "share"}
        assert all("hidden" in button.attributes for button in page.all("button"))


def test_every_language_is_offered_by_its_own_name_and_the_page_says_which_it_is(demo, client):
    own_names = [
        "Français",
        "English",
        "العربية",
        "فارسی",
        "Türkçe",
        "Українська",
        "Polski",
        "Română",
        "Español",
        "Deutsch",
    ]
    codes = ["fr", "en", "ar", "fa", "tr", "uk", "pl", "ro", "es", "de"]
    addresses = {"Nederlands": f"/{W}/"} | {name: f"/{code}/{W}/" for name, code in zip(own_names, codes, strict=True)}
    for code in ("nl", *codes):
        page = page_of(client, f"/{W}/" if code == "nl" else f"/{code}/{W}/")
        chooser = page.all("details")[0]
        offered = {link.text: link for link in chooser.all("a")}

        assert page.one("html").attributes == {"lang": code, "dir": "rtl" if code in {"ar", "fa"} else "ltr"}
        assert {name: link.attributes["href"] for name, link in offered.items()} == addresses
        assert all(link.attributes["lang"] == link.attributes["hreflang"] for link in offered.values())
        current = [link.attributes["hreflang"] for link in offered.values() if "aria-current" in link.attributes]
        assert current == [code]
        assert offered[chooser.one("summary").text.split(": ")[-1]].attributes["hreflang"] == code


def test_welcome_stands_in_every_other_language_and_leads_to_the_page_in_it(demo, client):
    page = page_of(client, f"/ar/{W}/")

    (welcomes,) = [one for one in page.all("ul") if one.attributes.get("class") == "welcome"]
    told = {link.attributes["lang"]: (link.text, link.attributes["href"]) for link in welcomes.all("a")}
    assert told["nl"] == ("Welkom", f"/{W}/")
    assert told["fa"] == ("خوش آمدید", f"/fa/{W}/")
    assert set(told) == {code for code, _name in settings.LANGUAGES} - {"ar"}


# --- Everything that can happen to a date, on the page


@pytest.fixture
def site(db):
    """With hours on Thursday, beside another site that has the same."""
    with time_machine.travel(TUESDAY, tick=False) as clock:
        site, other = make_site(slug="hier"), make_site(slug="elders")
        offer(other, "Van elders", weekday=3)
        site.clock = clock
        yield site


def only(client, address="/hier/week/2023-W41/"):
    (card,) = cards(page_of(client, address))
    return card


def is_struck(card):
    return bool(card.node.all("s"))


@pytest.fixture
def thursday(site):
    return offer(site, weekday=3, begin=dt.time(13), end=dt.time(16, 30))


def test_known_hours_stand_there(client, thursday):
    assert only(client).under == "donderdag"
    assert "13.00 tot 16.30 uur" in only(client).text


def test_cancelled_stays_struck_with_the_note_and_the_next_time(client, thursday):
    cancel(date_of(thursday, "2023-10-12"), by=None, note="Lies is ziek.")

    card = only(client)

    assert [
        words
        for words in ("Gaat niet door", "Lies is ziek.", "Volgende keer: donderdag 19 oktober.")
        if words in card.text
    ]
    assert (card.under, is_struck(card)) == ("donderdag", True)


def test_restored_date_is_as_before(client, thursday):
    before = only(client).text
    restore(cancel(date_of(thursday, "2023-10-12"), by=None, note="Ziek"), by=None)

    assert only(client).text == before


def test_moved_stands_on_both_days_and_says_where_to(client, thursday):
    move(
        date_of(thursday, "2023-10-12"), by=None, day=dt.date(2023, 10, 13), begin=dt.time(9), end=dt.time(11),
        note="De zaal was bezet.",
    )  # fmt: skip

    old, new = cards(page_of(client, "/hier/week/2023-W41/"))

    assert (old.under, is_struck(old)) == ("donderdag", True)
    assert "Deze keer op vrijdag 13 oktober." in old.text
    assert (new.under, is_struck(new)) == ("vrijdag", False)
    assert "9.00 tot 11.00 uur" in new.text
    assert "Deze keer niet op donderdag 12 oktober." in new.text
    assert "De zaal was bezet." in old.text
    assert "De zaal was bezet." in new.text


def test_closed_days_name_the_reason_until_the_closure_is_lifted(client, site, thursday):
    before = only(client).text
    closure = close(
        by=None, partnership=site.partnership, site=site, reason="Schilderwerken",
        first_day=dt.date(2023, 10, 11), last_day=dt.date(2023, 10, 13),
    )  # fmt: skip

    page = page_of(client, "/hier/week/2023-W41/")
    shut = [h3.text for h3 in page.all("h3") if "Schilderwerken" in h3.up("section").text]
    card = only(client)
    lift(closure, by=None)

    assert shut == ["woensdag", "donderdag", "vrijdag"]
    assert "Dicht" in card.text
    assert "Volgende keer: donderdag 19 oktober." in card.text
    assert is_struck(card)
    assert only(client).text == before


def test_opened_anyway_says_so_beside_what_is_closed(client, site):
    offer(site, "Koffie", weekday=2)
    feast = offer(site, "Feest", frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2023, 11, 1))
    open_anyway(date_of(feast, "2023-11-01"), by=None)

    found = {card.title: card for card in cards(page_of(client, "/hier/week/2023-W44/"))}

    assert "Toch open" in found["Feest"].text
    assert "Dicht" in found["Koffie"].text
    assert {title: is_struck(card) for title, card in found.items()} == {"Feest": False, "Koffie": True}


def test_withdrawn_shows_until_it_is_past(client, site, thursday):
    end_series(thursday, dt.date(2023, 10, 11), by=None)

    assert "Gaat niet door" in only(client).text
    site.clock.move_to(dt.datetime(2023, 10, 13, 9, tzinfo=dt.UTC))
    assert cards(page_of(client, "/hier/week/2023-W41/")) == []


def test_new_day_is_told_before_and_after(client, thursday):
    change_from(thursday, dt.date(2023, 10, 13), by=None, weekday=0, reason="Op vraag van veel bezoekers.")

    before, after = only(client), cards(page_of(client, "/hier/week/2023-W42/"))

    assert "Laatste keer op donderdag" in before.text
    assert [(card.under, "Nieuwe dag" in card.text) for card in after] == [("maandag", True), ("donderdag", False)]
    assert "Op vraag van veel bezoekers." in after[0].text


def test_old_week_stays_as_it_then_was(client, site, thursday):
    site.clock.move_to(dt.datetime(2023, 10, 17, 9, tzinfo=dt.UTC))
    before = titles(page_of(client, "/hier/week/2023-W40/")), only(client, "/hier/week/2023-W40/").text
    change_from(
        thursday, dt.date(2023, 10, 25), by=None, title="Thee", weekday=4, price_kind=PriceKind.FIXED, price_cents=150
    )
    site.clock.move_to(dt.datetime(2023, 11, 20, 9, tzinfo=dt.UTC))

    assert (titles(page_of(client, "/hier/week/2023-W40/")), only(client, "/hier/week/2023-W40/").text) == before
    (tea,) = cards(page_of(client, "/hier/week/2023-W46/"))
    assert (tea.under, tea.title) == ("vrijdag", "Thee")
    assert "€ 1,50" in tea.text


def test_stops_guests_hosts_and_volunteers_are_named(client, site):
    series = offer(site, "Op de baan", weekday=3, organisers=[make_organisation(name="SAAMO")], with_volunteers=True)
    occurrence = date_of(series, "2023-10-12")
    for position, name in enumerate(["Boerenijsje", "Dorpshuis Nieuwmoer"]):
        make_stop(occurrence, place=make_place(site, name=name), position=position)
    make_guest(occurrence, make_organisation(name="Wijkgezondheidscentrum"))

    text = only(client).text

    assert "Gratis, met SAAMO en vrijwilligers" in text
    assert "In Boerenijsje en Dorpshuis Nieuwmoer." in text
    assert "Te gast: Wijkgezondheidscentrum." in text


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({"part": Part.MORNING}, "voormiddag uur nog niet bekend"),
        ({"part": Part.EVENING}, "avond uur nog niet bekend"),
        ({}, "uur nog niet bekend"),
    ],
)
def test_unknown_hour_is_never_shown_as_an_hour(client, site, hours, words):
    offer(site, weekday=3, begin=None, end=None, **hours)

    text = only(client).text

    assert text.startswith(words)
    assert re.findall(r"\d+[.:]\d\d", text) == []


def test_move_of_the_house_is_told_and_ends(client, site, thursday):
    make_home_address(site, place=make_place(site, name="De oude school"), since=dt.date(2022, 1, 1))
    make_home_address(site, place=make_place(site, name="De nieuwe zaal"), since=dt.date(2023, 10, 9))

    assert "We zijn verhuisd naar De nieuwe zaal. Vroeger: De oude school." in page_of(client, "/hier/").text
    assert "De oude school" in wall(page_of(client, "/hier/week/2023-W40/"))
    site.clock.move_to(dt.datetime(2023, 12, 12, 9, tzinfo=dt.UTC))
    assert "verhuisd" not in page_of(client, "/hier/").text


def test_what_is_an_example_says_so_and_of_what(client, site):
    offer(site, weekday=3, example_fields=["price"])

    assert "voorbeeld: prijs" in only(client).text
    assert "zo kan het zijn, het is nog niet echt" in page_of(client, "/hier/").text


def test_words_that_are_not_translated_say_in_which_language_they_are(client, site):
    meeting = ActivityType.objects.get(code="meeting")
    offer(site, "Alleen Nederlands", weekday=3, activity=make_activity(site, type=meeting))
    make_text(offer(site, "Koffie", weekday=4, activity=make_activity(site, type=meeting)), title="Café en français")

    french, arabic = (
        {h4.text: h4 for h4 in page_of(client, f"/{code}/hier/").one("main").all("h4")} for code in ("fr", "ar")
    )

    # First what kind of activity it is, which has a name in every language.
    assert french.keys() == {"Moment de rencontre Alleen Nederlands", "Café en français"}
    assert [
        one.text for one in french["Moment de rencontre Alleen Nederlands"] if one.attributes.get("lang") == "nl"
    ] == ["Alleen Nederlands"]
    assert [one for one in french["Café en français"] if "lang" in one.attributes] == []
    assert arabic.keys() == {"لقاء مفتوح Alleen Nederlands", "لقاء مفتوح Koffie"}


def test_first_visit_is_told_in_one_line_to_just_walk_in(client, site):
    (line,) = [p for p in page_of(client, "/hier/").all("p") if p.attributes.get("class") == "first"]

    assert line.text == "Eerste keer? Loop gewoon binnen, zonder in te schrijven. Niemand vraagt je naam."


def test_title_with_markup_stays_text(client, site):
    offer(site, "</script><b>Koffie & thee</b>", weekday=3)

    assert only(client).title == "</script><b>Koffie & thee</b>"


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("07:00", "Vandaag open van 10.00 tot 12.00 uur"),
        ("08:30", "Nu open, tot 12.00 uur"),
        ("10:30", "Vandaag niet meer open"),
    ],
)
def test_front_with_known_hours(client, site, time, words):
    offer(site, weekday=1)
    site.clock.move_to(dt.datetime.fromisoformat(f"2023-10-10T{time}+00:00"))

    assert words in wall(page_of(client, "/hier/"))
    assert words not in wall(page_of(client, "/elders/"))


def test_site_without_an_offer_says_so_every_day(client, site):
    page = page_of(client, "/hier/")

    assert cards(page) == []
    assert "Vandaag dicht" in wall(page)
    assert "niets gepland" in page.text


# --- Queries


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("number", [1, 20])
def test_page_takes_at_most_eight_queries_uncached(client, site, prefix, number, django_assert_max_num_queries):
    make_home_address(site)
    for index in range(number):
        series = offer(
            site, f"Koffie {index}", weekday=3, organisers=[make_organisation()], last_day=dt.date(2023, 12, 1)
        )
        make_stop(date_of(series, "2023-10-12"))
        make_text(series)
        cancel(date_of(series, "2023-10-12"), by=None)

    with django_assert_max_num_queries(8):
        page = page_of(client, f"{prefix}/hier/")

    assert len(cards(page)) == number


@pytest.mark.parametrize(
    ("weekdays", "names"),
    [
        ((1, 4), ["maandag", "dinsdag", "woensdag en donderdag", "vrijdag", "zaterdag en zondag"]),
        ((0, 1), ["maandag", "dinsdag", "woensdag tot zondag"]),
        ((1, 2, 3, 4, 5), ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]),
    ],
)
def test_empty_days_on_end_are_named_together(client, site, weekdays, names):
    for weekday in weekdays:
        offer(site, weekday=weekday)

    assert [h3.text for h3 in page_of(client, "/hier/").all("h3") if h3.up("section").all("h3") == [h3]][
        : len(names)
    ] == names


def test_words_of_one_fact_stay_one_piece(client, site):
    """A fact is a row of icon and words: loose pieces of a sentence would be set apart."""
    make_home_address(site, place=make_place(site, name="De zaal"))

    for item in page_of(client, "/fr/hier/").all("header")[0].one("ul").all("li"):
        pieces = [child for child in item.children if not isinstance(child, str) or child.strip()]
        assert len(pieces) == 2
