"""A place within another website, on a screen in its hall, and as a text to spread."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from activities.actions.occurrence import cancel
from tests.factories.activities import make_activity, make_type
from tests.factories.partners import make_engagement, make_organisation
from tests.factories.sites import make_home_address, make_municipality, make_place, make_site
from tests.offer import date_of, offer
from tests.reading import read, titles

pytestmark = pytest.mark.django_db

SUNDAY = dt.datetime(2023, 10, 15, 7, tzinfo=dt.UTC)  # 9 o'clock in Brussels
RLM, LRI, FSI, PDI = "\u200f", "\u2066", "\u2068", "\u2069"


@pytest.fixture
def site():
    """Coffee on Wednesdays and Sundays, one of them cancelled; another place is busy too."""
    with time_machine.travel(SUNDAY, tick=False) as clock:
        site = make_site(
            slug="hier", name="Hier", municipality=make_municipality(name="Kalmthout"), contact="Bel 03 123 45 67"
        )
        make_home_address(site, place=make_place(site, name="De oude school", address="Dorpsstraat 1", kind="house"))
        caw = make_organisation(name="CAW", code="caw")
        make_engagement(site, organisation=caw)
        kind = make_type(names={"nl": "Ontmoeting", "ar": "لقاء"})
        few = {"first_day": dt.date(2023, 10, 1), "last_day": dt.date(2023, 10, 29), "organisers": [caw]}
        coffee = offer(site, "Koffie", activity=make_activity(site, type=kind, slug="koffie"), weekday=2, **few)
        offer(site, "Brunch", activity=make_activity(site, slug="brunch"), weekday=6, **few)
        cancel(date_of(coffee, "2023-10-25"), by=None, note="Ziek")
        offer(make_site(slug="elders"), "Van elders", weekday=6, first_day=dt.date(2023, 10, 1))
        site.clock = clock
        yield site


def get(path, **query):
    response = Client().get(path, query)
    assert response.status_code == 200
    return response


def text_of(page, name):
    (area,) = [node for node in page.all("textarea") if node.attributes["id"] == name]
    assert "readonly" in area.attributes
    return "".join(area.children).strip("\n")


# --- The frame


def test_frame_shows_seven_days_from_today_also_on_a_sunday(site):
    assert titles(read(get("/hier/inbedden/"))) == {"zondag": ["Brunch"], "woensdag": ["Koffie"]}
    site.clock.move_to(SUNDAY + dt.timedelta(days=8))
    assert titles(read(get("/hier/inbedden/"))) == {"woensdag": ["Koffie"], "zondag": ["Brunch"]}


def test_other_websites_may_frame_this_page_and_no_other(site):
    policies = {
        path: get(path)["Content-Security-Policy"]
        for path in ("/hier/inbedden/", "/ar/hier/inbedden/", "/hier/", "/hier/scherm/")
    }

    assert [policy.split("frame-ancestors ")[1] for policy in policies.values()] == ["*", "*", "'none'", "'none'"]
    assert get("/hier/scherm/")["X-Frame-Options"] == "DENY"
    framed = get("/hier/inbedden/")
    assert not framed.has_header("X-Frame-Options")
    again = Client().get("/hier/inbedden/", headers={"If-None-Match": framed["ETag"]})
    assert (again.status_code, "frame-ancestors *" in again["Content-Security-Policy"]) == (304, True)


def test_frame_needs_no_script_and_leads_out_of_itself(site):
    page = read(get("/ar/hier/inbedden/"))

    assert (page.all("script"), page.all("form")) == ([], [])
    assert page.one("base").attributes == {"target": "_blank"}
    within = [link.attributes["href"] for link in page.all("a") if link.attributes.get("target") == "_self"]
    assert [path for path in within if path != "#main" and not path.endswith("/hier/inbedden/")] == []
    assert len(within) == 12


def test_language_may_be_asked_for_at_the_end(site):
    response = Client().get("/hier/inbedden/", {"taal": "ar"})

    assert (response.status_code, response["Location"]) == (302, "/ar/hier/inbedden/")
    assert [Client().get("/hier/inbedden/", {"taal": word}).status_code for word in ("nl", "xx", "")] == [200] * 3


def test_lines_to_paste_show_the_frame_in_the_asked_language(site, settings):
    page = read(get("/fr/hier/delen/website/", taal="ar"))
    lines = text_of(page, "lines")

    assert f'<iframe src="{settings.STEK_BASE_URL}/ar/hier/inbedden/" title="' in lines
    assert f'<a href="{settings.STEK_BASE_URL}/ar/hier/" lang="ar">' in lines
    assert page.one("iframe").attributes["src"] == "/ar/hier/inbedden/"


# --- The screen


def test_screen_tells_today_and_from_when_it_is(site):
    page = read(get("/hier/scherm/"))

    assert [item.one("h3").text for item in page.all("li")] == ["Brunch"]
    assert "zondag 15 oktober" in page.text
    assert "Stand van 9.00 uur" in page.text
    assert "Geen verbinding met de website. Dit is de stand van zondag 15 oktober, 9.00 uur." in page.text
    assert page.one("main").attributes["data-fresh"] == str(3600)  # until it begins, at ten
    assert page.one("noscript").one("meta").attributes == {"http-equiv": "refresh", "content": "120"}


def test_screen_leaves_out_what_is_over_and_then_tells_the_next_day(site):
    site.clock.move_to(dt.datetime(2023, 10, 16, 10, tzinfo=dt.UTC))
    page = read(get("/hier/scherm/"))

    assert [node.text for node in page.all("h2") if node.attributes["class"] == "later"] == ["woensdag 18 oktober"]
    assert [item.one("h3").text for item in page.all("li")] == ["Koffie"]


def test_screen_is_in_the_language_of_its_address(site):
    page = read(get("/ar/hier/scherm/"))

    assert page.one("html").attributes == {"lang": "ar", "dir": "rtl"}
    assert "9:00" in page.text


# --- The text


def test_text_for_a_group_and_for_the_magazine(site, settings):
    page = read(get("/hier/delen/2023-W43/"))

    assert text_of(page, "message") == (
        "Hier, week van 23 tot 29 oktober 2023\n\n"
        "woensdag 25 oktober\n10.00 tot 12.00 uur: Koffie\n- Gaat niet door\n- Ziek\n\n"
        "zondag 29 oktober\n10.00 tot 12.00 uur: Brunch\n\n"
        "Loop gewoon binnen, zonder in te schrijven. Niemand vraagt je naam.\n\n"
        f"{settings.STEK_BASE_URL}/hier/week/2023-W43/"
    )
    assert text_of(page, "article") == (
        "Hier, week van 23 tot 29 oktober 2023\n\n"
        "woensdag 25 oktober\n10.00 tot 12.00 uur: Koffie\n- Gaat niet door\n- Ziek\n- Gratis, met CAW\n\n"
        "zondag 29 oktober\n10.00 tot 12.00 uur: Brunch\n- Gratis, met CAW\n\n"
        "Loop gewoon binnen, zonder in te schrijven. Niemand vraagt je naam.\n\n"
        "De oude school, Dorpsstraat 1, Kalmthout\nEen vraag? Bel 03 123 45 67\n\n"
        f"{settings.STEK_BASE_URL}/hier/week/2023-W43/"
    )


def test_every_line_of_arabic_runs_to_the_left_and_names_stand_apart(site, settings):
    page = read(get("/hier/delen/2023-W42/", taal="ar"))
    *lines, address = text_of(page, "message").split("\n")

    assert address == f"{settings.STEK_BASE_URL}/ar/hier/week/2023-W42/"
    assert {line[0] for line in lines if line} == {RLM}
    (coffee,) = [line for line in lines if "Koffie" in line]
    assert f"لقاء ({FSI}Koffie{PDI})" in coffee
    assert f"{LRI}10:00{PDI}" in coffee
    (area,) = [node for node in page.all("textarea") if node.attributes["id"] == "message"]
    assert (area.attributes["lang"], area.attributes["dir"]) == ("ar", "auto")  # each line by its own first mark


def test_page_to_share_is_of_this_week_and_of_no_week_that_is_not_there(site):
    assert text_of(read(get("/hier/delen/")), "message").endswith("/hier/")
    assert Client().get("/hier/delen/2019-W01/").status_code == 404
    assert Client().get("/ar/hier/delen/")["Location"] == "/hier/delen/"


@pytest.mark.parametrize("path", ["/hier/delen/", "/hier/delen/2023-W42/", "/hier/delen/website/"])
def test_who_spreads_a_text_reads_that_its_language_was_not_read_through(site, path):
    """What is spread has no foot that says so."""
    said = {
        code: "nog niet nagelezen" in read(get(path, taal=code)).one("main").text
        for code in ("nl", "fr", "en", "ar", "uk")
    }

    assert said == {"nl": False, "fr": False, "en": False, "ar": True, "uk": True}
