"""`/beheer/<slug>/planner/`: the week of a place for who plans it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.occurrence import cancel
from activities.actions.series import start_series
from activities.actions.steps import take_step
from activities.models import Step
from sites.enums import RoleKind, SiteStatus
from tests.desk import at_desk, client_of, words
from tests.factories.activities import make_activity, make_text, series_fields
from tests.factories.partners import make_organisation
from tests.factories.sites import make_closure, make_person, make_site
from tests.offer import date_of, offer
from tests.reading import Node, read
from tests.weeks import make_busy_site

pytestmark = pytest.mark.django_db

HERE = "/beheer/hier/planner/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)  # a Tuesday


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


@pytest.fixture(autouse=True)
def elsewhere():
    """Another place, busy every day: none of it may show but for who plans there too."""
    return make_busy_site()


def classes(node: Node) -> set[str]:
    return set(node.attributes.get("class", "").split())


def blocks(page: Node) -> list[Node]:
    return [node for node in page.all("li") if "blk" in classes(node)]


def days(page: Node) -> dict[str, Node]:
    return {node.attributes["data-date"]: node for node in page.all("section") if "data-date" in node.attributes}


def test_this_week_shows_its_dates_where_they_are_held(site):
    series = offer(site, weekday=3, organisers=[make_organisation(name="CAW")])

    page = read(at_desk(site).get(HERE))

    (block,) = blocks(page)
    assert page.one("h1").text == "Week 41, Hier 9 tot 15 oktober 2023"
    assert block.up("section") is days(page)["2023-10-12"]
    assert block.text == "ontmoeten Koffie CAW 10.00 tot 12.00 uur Verplaats Koffie"
    assert {"fn-meet", "f9", "t17", "of1", "at1", "can-move"} <= classes(block)
    assert block.links() == {"Koffie": f"{HERE}datum/{date_of(series, '2023-10-12').uuid}/"}
    assert {name: block.attributes[f"data-{name}"] for name in ("day", "begin", "end", "part")} == {
        "day": "2023-10-12", "begin": "10:00", "end": "12:00", "part": "",
    }  # fmt: skip


def test_positions_are_classes_and_nothing_is_inline(site):
    for number in range(6):
        offer(site, f"Reeks {number}", weekday=3)

    page = read(at_desk(site).get(HERE))

    assert [
        node for node in page if "style" in node.attributes or any(name.startswith("on") for name in node.attributes)
    ] == []
    assert page.all("style") == []
    assert [node.attributes["src"] for node in page.all("script")] == ["/static/stek/planner.js"]


def test_every_place_of_the_grid_has_its_rule_in_the_stylesheet(settings):
    css = (settings.BASE_DIR / "static/stek/planner.css").read_text()

    rules = dict(re.findall(r"\.([ft]\d+) { (grid-row-(?:start|end): \d+) }", css))
    expected = {f"f{n}": f"grid-row-start: {n + 2}" for n in range(57)}
    expected |= {f"t{n}": f"grid-row-end: {n + 2}" for n in range(1, 58)}
    assert rules == expected
    for number in range(1, 5):
        assert all(f".of{number}" + (f".at{lane}" if number > 1 else "") in css for lane in range(1, number + 1))
    assert all(f".{kind}{units} {{" in css for kind in "wn" for units in (2, 4, 8, 12, 16))


def test_empty_place_leads_to_something_new_there_without_a_stop_for_every_key(site):
    page = read(at_desk(site).get(HERE))

    cells = [link for link in page.all("a") if "cell" in classes(link)]
    assert len(cells) == 18  # Monday is past
    assert {link.attributes["tabindex"] for link in cells} == {"-1"}
    assert cells[1].text == "Nieuwe activiteit op dinsdag 10 oktober, namiddag"
    assert cells[1].attributes["href"] == f"{HERE}nieuw/?dag=2023-10-10&deel=afternoon"
    assert page.links()["Nieuwe activiteit"] == f"{HERE}nieuw/"


def test_past_week_is_read_only_and_says_so(site):
    offer(site)

    page = read(at_desk(site).get(f"{HERE}2023-W40/"))

    (block,) = blocks(page)
    assert block.links() == {}
    assert "data-block" not in block.attributes
    assert "Deze week is voorbij. Wat gebeurd is, verandert niet meer." in page.one("main").text


def test_other_weeks_are_a_tap_away_as_far_as_there_are_any(site):
    offer(site, first_day=dt.date(2023, 10, 2))
    client = at_desk(site)

    assert read(client.get(HERE)).links()["week 40"] == f"{HERE}2023-W40/"
    first, last = read(client.get(f"{HERE}2023-W40/")), read(client.get(f"{HERE}2024-W42/"))
    assert [name for name in first.links() if name.startswith("week ")] == ["week 41"]
    assert [name for name in last.links() if name.startswith("week ")] == ["week 41"]
    assert [client.get(f"{HERE}{iso}/").status_code for iso in ("2023-W39", "2024-W43")] == [404, 404]


@pytest.mark.parametrize(
    ("typed", "week", "said"),
    [
        ("2023-01-01", "Week 1,", "Dit is de eerste week die er is."),
        ("2030-01-01", "Week 42,", "Verder dan deze week plannen we nog niet."),
        ("2023-02-30", "Week 41,", "Kies een dag die bestaat."),
        ("morgen", "Week 41,", "Kies een dag die bestaat."),
        ("", "Week 41,", "Kies een dag die bestaat."),
    ],
)
def test_day_that_cannot_be_shown_is_refused_in_words(site, typed, week, said):
    offer(site, first_day=dt.date(2023, 1, 2))

    page = read(at_desk(site).get(HERE, {"dag": typed}))

    assert page.one("h1").text.startswith(week)
    assert [node.text for node in page.all("p") if node.attributes.get("role") == "alert"] == [said]


def test_day_leads_to_its_week(site):
    response = at_desk(site).get(HERE, {"dag": "2023-11-01"})

    assert (response.status_code, response["Location"]) == (302, f"{HERE}2023-W44/")


def test_who_plans_for_one_place_is_offered_no_other(site, elsewhere):
    response = at_desk(site).get(f"{HERE}2023-W41/", {"naast": "1"})

    assert "elders" not in response.content.decode().lower()
    assert "Naast elkaar" not in words(response)


def test_two_places_are_a_tap_away_and_stand_under_each_other(site, elsewhere):
    offer(site, weekday=3)
    client = at_desk(site, elsewhere)

    links = read(client.get(f"{HERE}2023-W42/")).links()
    assert links[elsewhere.name] == "/beheer/elders/planner/2023-W42/"
    page = read(client.get(links["Naast elkaar"]))

    assert [heading.text for heading in page.all("h2")] == ["Hier", elsewhere.name]
    assert [len(blocks(section)) for section in page.all("section") if "plan" in classes(section)] == [1, 7]
    ids = [node.attributes["id"] for node in page if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    assert page.links()["week 43"].endswith("2023-W43/?naast=1")


def test_what_just_changed_can_be_undone_with_one_button(site, elsewhere):
    for place, title in ((site, "Koffie"), (elsewhere, "Elders")):
        date = date_of(offer(place, title, weekday=3), "2023-10-12")
        take_step(date.series.activity, lambda date=date: cancel(date, by=None), verb="cancel")
    step = Step.objects.get(activity__site=site)

    page = read(at_desk(site).get(HERE))

    (form,) = [form for form in page.all("form") if form.attributes["method"] == "post"]
    assert form.attributes["action"] == f"{HERE}stap/{step.uuid}/terug/"
    assert form.up("li").text == "Datum afgezegd: Koffie Maak ongedaan: Koffie"
    assert [one.attributes["name"] for one in form.all("input")] == ["csrfmiddlewaretoken"]


def test_closed_today_and_draft_are_said_in_words(site):
    make_closure(site, first_day=dt.date(2023, 10, 12), last_day=dt.date(2023, 10, 12), reason="Vloer")
    start_series(make_activity(site), by=None, publish=False, **series_fields(title="Yoga", weekday=4))

    page = read(at_desk(site).get(HERE))

    assert days(page)["2023-10-12"].one("header").text == "12 donderdag do Dicht: Vloer Doe open: donderdag 12 oktober"
    assert days(page)["2023-10-10"].one("header").text == (
        "10 dinsdag di vandaag niets geplandSluit dinsdag 10 oktober"
    )
    (draft,) = blocks(page)
    assert draft.text.startswith("Ontwerp ontmoeten Yoga geen organisator")
    assert {"is-draft", "fn-meet"} <= classes(draft)


def doors(page: Node) -> dict[str, str]:
    """Day -> where its head leads to."""
    links = {date: day.one("header").links() for date, day in days(page).items()}
    return {date: address for date, found in links.items() for address in found.values()}


def test_every_day_from_today_on_can_be_shut_and_what_a_closure_shut_be_opened(site):
    offer(site)
    site.closed_on_holidays = True
    site.save()
    closure = make_closure(site, first_day=dt.date(2023, 10, 30), last_day=dt.date(2023, 10, 31), reason="Vloer")
    make_closure(site, first_day=dt.date(2023, 10, 9), last_day=dt.date(2023, 10, 9), reason="Voorbij")
    client = at_desk(site)

    page = read(client.get(f"{HERE}2023-W44/"))

    shut, lift = "/beheer/hier/sluitingen/nieuw/?dag=", f"/beheer/hier/sluitingen/{closure.pk}/open/?dag="
    assert doors(page) == {
        "2023-10-30": f"{lift}2023-10-30", "2023-10-31": f"{lift}2023-10-31",
        "2023-11-02": f"{shut}2023-11-02", "2023-11-03": f"{shut}2023-11-03",
        "2023-11-04": f"{shut}2023-11-04", "2023-11-05": f"{shut}2023-11-05",
    }  # fmt: skip
    assert page.one("main").links()["Sluit enkele dagen"] == f"{shut}2023-10-30&tot=2023-11-05"
    assert list(doors(read(client.get(HERE)))) == [f"2023-10-{day}" for day in range(10, 16)]  # Monday is past
    past = read(client.get(f"{HERE}2023-W40/"))
    assert (len(days(past)), doors(past)) == (7, {})
    assert past.one("main").links()["Sluit enkele dagen"] == "/beheer/hier/sluitingen/"


def test_closure_of_all_places_is_lifted_by_who_may_close_them_all(site):
    beside = make_site(slug="ernaast", partnership=site.partnership)
    offer(site)
    closure = make_closure(
        partnership=site.partnership, first_day=dt.date(2023, 10, 16), last_day=dt.date(2023, 10, 16)
    )
    monday = "2023-10-16"

    assert monday not in doors(read(at_desk(site).get(f"{HERE}2023-W42/")))
    both = doors(read(at_desk(site, beside).get(f"{HERE}2023-W42/")))
    assert both[monday] == f"/beheer/hier/sluitingen/{closure.pk}/open/?dag={monday}"


def test_date_on_a_holiday_is_opened_with_one_tap(site):
    site.closed_on_holidays = True
    site.save()
    on_all_saints = date_of(offer(site, weekday=2), "2023-11-01")

    (block,) = blocks(read(at_desk(site).get(f"{HERE}2023-W44/")))

    assert block.links() == {
        "Koffie": f"{HERE}datum/{on_all_saints.uuid}/",
        "Open toch: Koffie": f"{HERE}datum/{on_all_saints.uuid}/open/",
    }


def test_in_french_every_word_of_ours_is_french(site):
    make_text(offer(site, weekday=3), title="Café")
    offer(site, "Enkel Nederlands", weekday=4)

    page = read(at_desk(site).get(f"/fr{HERE}"))

    assert page.one("h1").text == "Semaine 41, Hier du 9 au 15 octobre 2023"
    assert [
        link.attributes.get("lang", "fr") for link in page.all("a") if link.text in {"Café", "Enkel Nederlands"}
    ] == ["fr", "nl"]
    assert "Demi-journées par fonction" in page.one("main").text
    assert blocks(page)[0].links()["Café"].startswith(f"/fr{HERE}datum/")


def test_place_that_is_still_starting_can_be_planned_and_leads_to_no_public_page(site):
    site.status = SiteStatus.STARTING
    site.save()

    page = read(at_desk(site).get(HERE))

    assert "/hier/week/2023-W41/" not in page.links().values()


def test_desk_has_a_door_to_it_for_who_plans_and_not_for_who_runs_the_network(site):
    administrator = client_of(make_person(RoleKind.ADMINISTRATOR))

    assert read(at_desk(site).get("/beheer/hier/")).links()["Planner"] == HERE
    assert HERE not in read(administrator.get("/beheer/hier/")).links().values()


def test_page_of_many_dates_costs_as_many_queries_as_one_of_one(site):
    offer(site, weekday=3, organisers=[make_organisation()])
    client = at_desk(site)
    client.get(HERE)
    with CaptureQueriesContext(connection) as few:
        client.get(HERE)
    for number in range(20):
        offer(site, f"Reeks {number}", weekday=number % 7, organisers=[make_organisation()])
    client.get(HERE)

    with CaptureQueriesContext(connection) as many:
        page = read(client.get(HERE))

    assert len(blocks(page)) == 21
    assert len(many) == len(few)
