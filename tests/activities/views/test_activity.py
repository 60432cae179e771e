"""One activity: what it is, for whom, what it costs, the next dates, how to get there."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from activities.actions.closure import close
from activities.actions.occurrence import cancel, move
from activities.actions.series import change_dates, change_from, end_series
from activities.enums import Frequency, Part
from sites.actions import schedule_changed
from sites.enums import Precision
from tests.demo import K, W
from tests.factories.activities import make_activity, make_text
from tests.factories.partners import make_organisation
from tests.factories.sites import make_home_address, make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import json_ld, read


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return read(response)


def dates_on(page):
    """Each next date as it stands under "Wanneer?"."""
    return [item.text for item in page.one("main").all("li") if re.match(r"\w+dag \d+ \w+", item.text)]


def facts(page):
    """Question -> answer."""
    return {dt_.text: dd.text for dt_, dd in zip(page.all("dt"), page.all("dd"), strict=True)}


def test_forms_help_in_kattegat(demo, client):
    page = page_of(client, f"/{W}/activiteit/koffie-en-formulieren/")

    assert page.one("h1").text == "Koffie en Formulieren"
    assert [text.removesuffix(" namiddag uur nog niet bekend") for text in dates_on(page)] == [
        "donderdag 12 oktober 2023", "donderdag 19 oktober 2023", "donderdag 26 oktober 2023", "donderdag 2 november 2023",
    ]  # fmt: skip
    assert facts(page)["Met wie"].startswith("CAW")
    assert facts(page)["’t Kattegat, Wuustwezel"] == "adres nog niet bekend"


@pytest.mark.parametrize(("prefix", "language"), [("/fr", "fr"), ("/en", "en")])
def test_title_in_the_language_of_the_address(demo, client, prefix, language):
    dutch = page_of(client, f"/{W}/activiteit/koffie-en-formulieren/").one("h1")
    page = page_of(client, f"{prefix}/{W}/activiteit/koffie-en-formulieren/")

    assert page.one("html").attributes["lang"] == language
    assert "lang" not in page.one("h1").attributes
    assert page.one("h1").text != dutch.text


def test_every_activity_of_the_demonstration_has_its_page(demo, client):
    for site in (K, W):
        found = set()
        for week in ("2022-W16", "2022-W40", "2023-W05", "2023-W41"):
            found |= {a for a in page_of(client, f"/{site}/week/{week}/").links().values() if "/activiteit/" in a}
        assert len(found) >= 8
        for address in found:
            page = page_of(client, address)
            assert len(page.all("h1")) == 1
            assert "Prijs" in facts(page)


def test_activity_without_a_day_says_how_often_and_since_when(demo, client):
    text = page_of(client, f"/{W}/activiteit/open-leersalon/").one("main").text

    assert "elke week, dag nog niet bekend. Vanaf najaar 2023." in text
    assert dates_on(page_of(client, f"/{W}/activiteit/open-leersalon/")) == []


@pytest.mark.parametrize(
    "address", [f"{K}/{slug}" for slug in ("rap-op-stap", "winkeltje", "uitpas")] + [f"{W}/de-voorkempen"]
)
def test_activity_that_nobody_wrote_down_the_beginning_of_does_not_say_since_when(demo, client, address):
    site, slug = address.split("/")
    text = page_of(client, f"/{site}/activiteit/{slug}/").one("main").text

    assert "elke week, dag nog niet bekend. Vraag het ons." in text
    assert "2023" not in text


def test_beginning_is_that_of_the_first_agreement_however_often_it_changed_since(demo, client):
    text = page_of(client, f"/{K}/activiteit/samen-koken-samen-eten/").one("main").text

    assert "elke maand, dag nog niet bekend. Vanaf 7 maart 2023." in text


def test_activity_of_another_place_is_not_found(demo, client):
    assert client.get(f"/{W}/activiteit/uitpas/").status_code == 404
    assert client.get(f"/{K}/activiteit/uitpas/").status_code == 200


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False) as clock:
        site, other = make_site(slug="hier"), make_site(slug="elders")
        make_home_address(site, place=make_place(site, name="De zaal", address="Kerkstraat 1", by_bus="Lijn 776"))
        offer(other, "Van elders", weekday=3, activity=make_activity(other, slug="koffie"))
        site.clock = clock
        yield site


@pytest.fixture
def coffee(site):
    return offer(site, weekday=3, activity=make_activity(site, slug="koffie"))


def test_next_dates_say_what_changed(client, coffee):
    cancel(date_of(coffee, "2023-10-12"), by=None, note="Ziek.")
    move(date_of(coffee, "2023-10-19"), by=None, day=dt.date(2023, 10, 20), part=Part.EVENING)

    dates = dates_on(page_of(client, "/hier/activiteit/koffie/"))

    assert dates[0].startswith("donderdag 12 oktober 2023")
    assert "Gaat niet door" in dates[0]
    assert "Ziek." in dates[0]
    assert dates[1].startswith("vrijdag 20 oktober 2023 avond uur nog niet bekend")
    assert dates[2] == "donderdag 26 oktober 2023 10.00 tot 12.00 uur"


def test_how_to_get_there(client, coffee):
    answers = facts(page_of(client, "/hier/activiteit/koffie/"))

    assert (
        answers["De zaal, " + coffee.activity.site.municipality.name]
        == "Kerkstraat 1 Toon op een kaart (andere website)"
    )
    assert answers["Met de bus"] == "Lijn 776"


def test_it_tells_the_agreement_that_holds_today(client, site, coffee):
    change_from(coffee, dt.date(2023, 11, 1), by=None, title="Thee", organisers=[make_organisation(name="SAAMO")])

    before = page_of(client, "/hier/activiteit/koffie/").one("h1").text
    site.clock.move_to(dt.datetime(2023, 11, 1, 9, tzinfo=dt.UTC))
    after = page_of(client, "/hier/activiteit/koffie/")

    assert (before, after.one("h1").text) == ("Koffie", "Thee")
    assert facts(after)["Met wie"] == "SAAMO"


def test_next_dates_go_on_under_the_agreement_that_follows(client, coffee):
    change_from(coffee, dt.date(2023, 10, 25), by=None, weekday=4)

    assert [date.split(" 2023")[0] for date in dates_on(page_of(client, "/hier/activiteit/koffie/"))] == [
        "donderdag 12 oktober", "donderdag 19 oktober", "vrijdag 27 oktober", "vrijdag 3 november",
    ]  # fmt: skip


def test_between_two_agreements_the_next_one_is_told(client, coffee):
    november = change_from(coffee, dt.date(2023, 11, 1), by=None, title="Thee")
    end_series(coffee, dt.date(2023, 10, 9), by=None)

    page = page_of(client, "/hier/activiteit/koffie/")

    assert page.one("h1").text == november.title
    assert dates_on(page)[0].startswith("donderdag 2 november 2023")


def test_once_that_is_past_says_when_it_was(client, site):
    offer(
        site, "Brunch", activity=make_activity(site, slug="brunch"), frequency=Frequency.ONCE, weekday=None,
        first_day=dt.date(2023, 10, 6),
    )  # fmt: skip

    text = page_of(client, "/hier/activiteit/brunch/").one("main").text

    assert "Dit is voorbij. Het was op 6 oktober 2023." in text


@pytest.fixture
def brunch(site):
    """Once, on Saturday 14 October; two weeks on it is past."""
    activity = make_activity(site, slug="brunch")
    return offer(
        site, "Brunch", activity=activity, frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2023, 10, 14)
    )


def when_it_was(client, site):
    site.clock.move_to(dt.datetime(2023, 10, 28, 9, tzinfo=dt.UTC))
    text = page_of(client, "/hier/activiteit/brunch/").one("main").text
    return text.partition("Dit is voorbij. ")[2].partition(" Goed om te weten")[0]


def test_once_that_was_moved_says_when_it_was_held(client, site, brunch):
    move(date_of(brunch, "2023-10-14"), by=None, day=dt.date(2023, 10, 15), note="De zaal was bezet.")

    assert when_it_was(client, site) == "Het was op 15 oktober 2023."


def test_once_that_was_cancelled_was_not_held(client, site, brunch):
    cancel(date_of(brunch, "2023-10-14"), by=None, note="Lies is ziek.")

    assert when_it_was(client, site) == "Het was gepland op 14 oktober 2023, maar ging niet door. Lies is ziek."


def test_once_on_a_day_that_was_closed_was_not_held(client, site, brunch):
    close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 10, 14), last_day=dt.date(2023, 10, 14),
    )  # fmt: skip

    assert when_it_was(client, site) == "Het was gepland op 14 oktober 2023, maar ging niet door. Werken"


def test_once_that_was_withdrawn_was_not_held(client, site, brunch):
    change_dates(brunch, by=None, remove=[dt.date(2023, 10, 14)])

    assert when_it_was(client, site) == "Het was gepland op 14 oktober 2023, maar ging niet door."


def test_once_that_is_known_in_part_is_told_as_exactly_as_it_is_known(client, site):
    offer(
        site, "Brunch", activity=make_activity(site, slug="brunch"), frequency=Frequency.ONCE, weekday=None,
        first_day=dt.date(2023, 10, 1), first_day_precision=Precision.MONTH,
    )  # fmt: skip

    assert when_it_was(client, site) == "Het was op oktober 2023."


def test_agreement_that_ended_is_over(client, site, coffee):
    end_series(coffee, dt.date(2023, 10, 13), by=None)
    site.clock.move_to(dt.datetime(2023, 12, 1, 9, tzinfo=dt.UTC))

    page = page_of(client, "/hier/activiteit/koffie/")

    assert dates_on(page) == []
    assert "Dit is voorbij." in page.text


def test_unpublished_activity_is_not_found(client, site):
    offer(site, "Geheim", activity=make_activity(site, slug="geheim"), publish=False)

    assert client.get("/hier/activiteit/geheim/").status_code == 404


def test_untranslated_words_say_that_they_are_dutch(client, coffee):
    assert page_of(client, "/fr/hier/activiteit/koffie/").one("h1").attributes["lang"] == "nl"
    make_text(coffee, language="fr", title="Café")
    schedule_changed(coffee.activity.site_id)
    heading = page_of(client, "/fr/hier/activiteit/koffie/").one("h1")
    assert (heading.text, heading.attributes) == ("Café", {})


def test_json_ld_holds_the_dates_that_are_shown(client, coffee):
    days = [event["startDate"][:10] for event in json_ld(page_of(client, "/hier/activiteit/koffie/"))["@graph"]]

    assert days == ["2023-10-12", "2023-10-19", "2023-10-26", "2023-11-02"]


def test_as_many_queries_for_one_date_as_for_a_hundred(client, site, coffee, django_assert_num_queries):
    once = offer(
        site, "Brunch", activity=make_activity(site, slug="brunch"), frequency=Frequency.ONCE, weekday=None,
        first_day=dt.date(2023, 10, 20),
    )  # fmt: skip
    assert (once.occurrences.count(), coffee.occurrences.count() > 90) == (1, True)

    for slug in ("brunch", "koffie"):
        with django_assert_num_queries(8):
            page_of(client, f"/hier/activiteit/{slug}/")
        schedule_changed(site.pk)


@pytest.mark.parametrize("address", ["/hier/", "/hier/activiteit/koffie/"])
def test_way_to_ask_is_there_to_touch(client, site, coffee, address):
    assert "Een vraag?" not in page_of(client, address).one("main").text
    contact = "SAAMO, 03 123 45 67 of +32 (0)470/12.34.56, stek@voorbeeld.example <b>elke dag</b> 2023-10-10"
    type(site).objects.filter(pk=site.pk).update(contact=contact)
    schedule_changed(site.pk)

    page = page_of(client, address)

    assert contact in page.one("main").text
    assert {words: link for words, link in page.links().items() if link.startswith(("tel:", "mailto:"))} == {
        "03 123 45 67": "tel:031234567",
        "+32 (0)470/12.34.56": "tel:+32470123456",
        "stek@voorbeeld.example": "mailto:stek@voorbeeld.example",
    }


@pytest.mark.parametrize(
    ("slug", "doubtful"), [("uitpas", True), ("ontmoetingsmoment", True), ("kruideniertje", False)]
)
def test_what_must_be_checked_says_so(demo, client, slug, doubtful):
    (card,) = [
        item for item in page_of(client, f"/{K}/").all("h4") if item.links().get(item.text, "").endswith(f"/{slug}/")
    ]

    assert ("nog na te kijken" in card.up("li").text) is doubtful
    assert ("nog na te kijken" in page_of(client, f"/{K}/activiteit/{slug}/").one("main").text) is doubtful


def test_outing_to_a_place_of_which_only_the_name_is_known(demo, client):
    page = page_of(client, f"/{W}/activiteit/uitstap-boerenijsje/")

    assert facts(page)["Boerenijsje"] == "adres nog niet bekend"
    assert "Boerenijsje, Wuustwezel" not in page.text
