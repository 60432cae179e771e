"""A coordinator moves a block: by mouse, by finger, by keys; and the week stays readable however full it is."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from activities.actions.closure import close
from activities.enums import Part
from activities.models import Occurrence
from sites.enums import RoleKind
from tests.browser import findings, press, sticks_out, walk_by_keyboard
from tests.factories.activities import make_activity, make_text
from tests.factories.partners import make_organisation
from tests.factories.sites import make_person, make_site
from tests.journeys.conftest import listen, serious
from tests.offer import offer

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"width": 1280, "height": 900}
LONG_PRESS = 600  # the page waits 400 ms
# 60 letters, as long as a French title gets, and words that are hard to break.
FRENCH = "Accompagnement administratif : permanence sociale et juridiq"
# Blocks whose words do not fit in them; and those that lie over another one.
CLIPPED = """() => [...document.querySelectorAll(".blk")].filter((one) =>
  one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1
  || [...one.children].some((part) => {
    const [inner, outer] = [part.getBoundingClientRect(), one.getBoundingClientRect()];
    return part.tagName !== "BUTTON" && inner.width > 1 && (inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1);
  })).map((one) => one.textContent.trim().slice(0, 60))"""
COVERED = """() => {
  const boxes = [...document.querySelectorAll(".blk")].map((one) => one.getBoundingClientRect());
  return boxes.filter((one, n) => boxes.some((other, m) => m > n
    && one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1)).length;
}"""
NARROWEST = "() => Math.min(...[...document.querySelectorAll('.blk .name')].map((one) => one.clientWidth))"


@pytest.fixture(autouse=True)
def clock(time_machine):
    """A week ahead of what is planned, and running: sessions and cookies live by it too."""
    time_machine.move_to(dt.datetime(2023, 10, 10, 7, tzinfo=dt.UTC))


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def coffee(site):
    """Every Monday from 13.00 to 16.30."""
    return offer(
        site, "Koffie", weekday=0, begin=dt.time(13), end=dt.time(16, 30), organisers=[make_organisation(name="CAW")]
    )


@pytest.fixture
def sewing(site):
    """Every Thursday, somewhere in the afternoon."""
    return offer(site, "Naaien", weekday=3, begin=None, end=None, part=Part.AFTERNOON)


@pytest.fixture
def at_desk(new_context, live_server, site):
    """Make a window of the coordinator, which at the end may not have complained."""
    complaints: list[str] = []
    person = make_person(RoleKind.COORDINATOR, site=site)

    def at_desk(**options) -> Page:
        client = Client()
        client.force_login(person)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = new_context(base_url=live_server.url, **{"viewport": DESK, "reduced_motion": "reduce"} | options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        window = context.new_page()
        listen(window, complaints)
        return window

    yield at_desk
    assert serious(complaints) == []


def planner(window: Page, week: str = "2023-W42", prefix: str = "") -> Page:
    assert window.goto(f"{prefix}/beheer/hier/planner/{week}/").status == 200
    return window


def block(window: Page, title: str):
    return window.locator(".blk", has_text=title).first


def middle(window: Page, date: str, row: str) -> tuple[float, float]:
    """Of the hour line `row` in the column of a day."""
    day, line = window.locator(f"[data-date='{date}']").bounding_box(), window.locator(f".hr.{row}").bounding_box()
    return day["x"] + day["width"] / 2, line["y"] + 4


def arrived(window: Page, series, slot: str) -> dict[str, str]:
    """What the page that changes a date was asked for."""
    uuid = Occurrence.objects.get(series=series, original_date=slot).uuid
    window.wait_for_url(f"**/beheer/hier/planner/datum/{uuid}/**")
    return {name: value for name, (value,) in parse_qs(urlsplit(window.url).query).items()}


def test_mouse_takes_a_block_to_another_day_and_hour(at_desk, coffee):
    window = planner(at_desk())
    box = block(window, "Koffie").bounding_box()

    window.mouse.move(box["x"] + 60, window.locator(".hr.f21").bounding_box()["y"] + 4)  # at 13.00, where it begins
    window.mouse.down()
    window.mouse.move(*middle(window, "2023-10-19", "f9"), steps=6)  # Thursday at 10.00

    expect(window.locator("[data-live]")).to_have_text("Koffie naar donderdag 19 oktober, 10.00 tot 13.30 uur.")
    expect(block(window, "Koffie")).to_have_class("blk fn-meet f21 t35 of1 at1 can-move is-held")
    expect(window.locator("[data-date='2023-10-19'] .target.f9.t23 .slip")).to_be_visible()
    window.mouse.up()
    assert arrived(window, coffee, "2023-10-16") == {"dag": "2023-10-19", "begin": "10:00", "einde": "13:30"}
    assert Occurrence.objects.filter(is_changed=True).count() == 0


def test_mouse_pulls_the_lower_edge_to_make_it_longer(at_desk, coffee):
    window = planner(at_desk())
    box = block(window, "Koffie").bounding_box()

    window.mouse.move(box["x"] + 60, box["y"] + box["height"] - 4)
    window.mouse.down()
    x, y = middle(window, "2023-10-16", "f37")
    window.mouse.move(x, y, steps=6)  # into the quarter that begins at 17.00
    window.mouse.up()

    assert arrived(window, coffee, "2023-10-16") == {"dag": "2023-10-16", "begin": "13:00", "einde": "17:15"}


@pytest.mark.once
def test_block_without_an_hour_moves_by_parts_of_the_day(at_desk, sewing):
    window = planner(at_desk())
    box = block(window, "Naaien").bounding_box()

    window.mouse.move(box["x"] + 60, box["y"] + 90)
    window.mouse.down()
    window.mouse.move(*middle(window, "2023-10-17", "f41"), steps=6)
    window.mouse.up()

    assert arrived(window, sewing, "2023-10-19") == {"dag": "2023-10-17", "deel": "evening"}


@pytest.mark.once
def test_dropped_on_another_week_it_keeps_its_day_and_hour(at_desk, coffee):
    window = planner(at_desk())
    box, week = block(window, "Koffie").bounding_box(), window.locator("[data-weeks='1']").bounding_box()

    window.mouse.move(box["x"] + 60, box["y"] + 40)
    window.mouse.down()
    window.mouse.move(week["x"] + 20, week["y"] + 10, steps=6)
    expect(window.locator("[data-weeks='1']")).to_have_class("is-target")
    window.mouse.up()

    assert arrived(window, coffee, "2023-10-16") == {"dag": "2023-10-23", "begin": "13:00", "einde": "16:30"}


def test_dropped_where_it_was_or_given_up_nothing_happens(at_desk, coffee):
    window = planner(at_desk())
    address, box = window.url, block(window, "Koffie").bounding_box()

    for give_up in (True, False):
        window.mouse.move(box["x"] + 60, box["y"] + 40)
        window.mouse.down()
        window.mouse.move(*middle(window, "2023-10-19", "f9"), steps=4)
        if give_up:
            window.keyboard.press("Escape")
        else:
            window.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
        window.mouse.up()

        expect(window.locator(".target, .is-held")).to_have_count(0)
        expect(window.locator("[data-live]")).to_have_text("Koffie blijft staan.")
    assert window.url == address


@pytest.mark.once
def test_click_opens_the_page_that_changes_it(at_desk, coffee):
    window = planner(at_desk())

    with window.expect_navigation():
        block(window, "Koffie").click(position={"x": 60, "y": 60})

    assert arrived(window, coffee, "2023-10-16") == {}


class Finger:
    """One finger on the glass, as the browser itself sees it."""

    def __init__(self, window: Page) -> None:
        self.session = window.context.new_cdp_session(window)

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        self.session.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        )

    def down(self, point: tuple[float, float]) -> None:
        self._send("touchStart", point)

    def move(self, start: tuple[float, float], goal: tuple[float, float], steps: int = 6) -> None:
        for step in range(1, steps + 1):
            self._send("touchMove", tuple(a + (b - a) * step / steps for a, b in zip(start, goal, strict=True)))

    def up(self) -> None:
        self._send("touchEnd")


def test_finger_that_presses_long_takes_the_block_along(at_desk, coffee):
    window = planner(at_desk(has_touch=True))
    box = block(window, "Koffie").bounding_box()
    start, goal = (
        (box["x"] + 60, window.locator(".hr.f21").bounding_box()["y"] + 4),
        middle(window, "2023-10-18", "f17"),
    )

    finger = Finger(window)
    finger.down(start)
    window.wait_for_timeout(LONG_PRESS)
    finger.move(start, goal)
    finger.up()

    assert arrived(window, coffee, "2023-10-16") == {"dag": "2023-10-18", "begin": "12:00", "einde": "15:30"}


@pytest.mark.once
def test_finger_that_moves_at_once_scrolls_the_page_and_moves_nothing(at_desk, coffee):
    window = planner(at_desk(has_touch=True, viewport={"width": 1280, "height": 600}))
    address, box = window.url, block(window, "Koffie").bounding_box()
    x, y = box["x"] + 60, min(box["y"] + 60, 560)

    finger = Finger(window)
    finger.down((x, y))
    finger.move((x, y), (x, y - 240), steps=8)
    finger.up()

    window.wait_for_function("scrollY > 50")
    expect(window.locator(".target, .is-held")).to_have_count(0)
    assert window.url == address


KEYS = [
    (["m", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"], {"dag": "2023-10-19", "begin": "13:00", "einde": "16:30"}),
    (["m", "4", "Shift+ArrowUp", "Shift+ArrowUp", "Shift+ArrowUp", "ArrowUp", "Enter"], {"dag": "2023-10-19", "begin": "09:45", "einde": "13:15"}),
    (["m", "PageDown", "ArrowRight", "Enter"], {"dag": "2023-10-24", "begin": "13:00", "einde": "16:30"}),
    (["m", "+", "+", "-", "Enter"], {"dag": "2023-10-16", "begin": "13:00", "einde": "16:45"}),
    (["Tab", "Enter", "ArrowRight", "ArrowDown", "Enter"], {"dag": "2023-10-17", "begin": "13:15", "einde": "16:45"}),
]  # fmt: skip

FIELDS = {"dag": "day", "begin": "begin", "einde": "end"}  # of the page that changes a date


@pytest.mark.parametrize(("keys", "place"), KEYS, ids=["day", "day-and-hour", "week", "longer", "by-the-handle"])
def test_keys_take_a_block_along_in_eight_or_fewer(at_desk, coffee, keys, place):
    window = planner(at_desk())
    block(window, "Koffie").locator("a").focus()

    for key in keys:
        window.keyboard.press(key)

    assert len(keys) <= 8
    assert arrived(window, coffee, "2023-10-16") == place
    asked = {name: window.locator(f"#id_{field}").input_value()[:10] for name, field in FIELDS.items()}
    assert asked == place


@pytest.mark.once
def test_keys_move_what_has_no_hour_by_parts_of_the_day(at_desk, sewing):
    window = planner(at_desk())
    block(window, "Naaien").locator("a").focus()

    for key in ("m", "ArrowLeft", "ArrowUp"):
        window.keyboard.press(key)

    said = "Naaien naar woensdag 18 oktober, voormiddag. Pijlen verplaatsen, + en − maken langer of korter."
    expect(window.locator("[data-live]")).to_contain_text(said)
    assert window.locator("[data-live]").get_attribute("role") == "status"
    window.keyboard.press("Enter")
    assert arrived(window, sewing, "2023-10-19") == {"dag": "2023-10-18", "deel": "morning"}


@pytest.mark.once
def test_escape_and_walking_on_leave_everything_where_it_is(at_desk, coffee):
    window = planner(at_desk())
    address = window.url

    for leave in ("Escape", "Tab"):
        block(window, "Koffie").locator("a").focus()
        for key in ("m", "ArrowRight", leave):
            window.keyboard.press(key)
        expect(window.locator(".target, .is-held")).to_have_count(0)
        expect(window.locator("[data-live]")).to_have_text("Koffie blijft staan.")
    assert window.url == address


@pytest.mark.once
def test_empty_places_are_one_stop_of_the_keyboard_and_arrows_go_on_from_there(at_desk, coffee):
    window = planner(at_desk())

    stops = [one["address"] for one in walk_by_keyboard(window) if "/planner/nieuw/?" in (one["address"] or "")]
    window.locator("[data-cell]").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        window.keyboard.press(key)
    with window.expect_navigation():
        window.keyboard.press("Enter")

    assert stops == ["/beheer/hier/planner/nieuw/?dag=2023-10-16&deel=morning"]
    assert window.url.endswith("/planner/nieuw/?dag=2023-10-18&deel=afternoon")


def test_without_a_script_the_same_is_a_form_away(at_desk, coffee):
    window = planner(at_desk(java_script_enabled=False))

    expect(window.locator("[data-take]").first).to_be_hidden()
    press(block(window, "Koffie").locator("a"))

    assert window.locator("main form[method=post]").count() > 0
    assert arrived(window, coffee, "2023-10-16") == {}


def fourteen(site, weekdays: list[int]) -> None:
    """Fourteen series that overlap on each of these days, with a French title of 60 letters."""
    for number in range(14):
        for weekday in weekdays:
            activity = make_activity(
                site, **{"meet": False, ("meet", "learn", "politicise", "refer")[number % 4]: True}
            )
            begin = dt.time(9 + number // 4, 15 * (number % 4))
            series = offer(
                site,
                f"Reeks {number}",
                activity=activity,
                weekday=weekday,
                begin=begin,
                end=dt.time(14),
                organisers=[make_organisation(name="Centre public d’action sociale")],
            )
            make_text(series, title=FRENCH)


@pytest.mark.once
@pytest.mark.parametrize("weekdays", [[2], [0, 2, 4]], ids=["on-one-day", "on-three-days"])
def test_fourteen_at_once_stay_readable_at_1000_pixels(at_desk, site, weekdays, tmp_path):
    fourteen(site, weekdays)
    window = planner(at_desk(viewport={"width": 1000, "height": 900}), prefix="/fr")

    assert len(FRENCH) == 60
    assert window.locator(".blk").count() == 14 * len(weekdays)
    assert (window.evaluate(CLIPPED), window.evaluate(COVERED), sticks_out(window)) == ([], 0, [])
    assert window.evaluate(NARROWEST) >= 60
    window.set_viewport_size(DESK)
    assert (window.evaluate(CLIPPED), window.evaluate(COVERED), sticks_out(window)) == ([], 0, [])


@pytest.mark.once
def test_small_screens_and_large_letters_get_a_list_with_the_same_ways_on(at_desk, site, coffee, sewing):
    window = planner(at_desk(viewport={"width": 320, "height": 640}), prefix="/fr")

    for size, letters in (((320, 640), ""), ((320, 640), "200%"), ((1280, 900), "200%"), ((880, 900), "")):
        window.set_viewport_size({"width": size[0], "height": size[1]})
        window.evaluate("(size) => { document.documentElement.style.fontSize = size; }", letters)
        assert (sticks_out(window), window.evaluate(CLIPPED)) == ([], []), size
        expect(window.locator(".axis").first).to_be_hidden()
        expect(window.get_by_role("link", name="Nouvelle activité")).to_have_count(8)
    press(block(window, "Koffie").locator("a"))
    assert arrived_in_french(window, coffee)


def arrived_in_french(window: Page, series) -> bool:
    uuid = Occurrence.objects.get(series=series, original_date="2023-10-16").uuid
    return urlsplit(window.url).path == f"/fr/beheer/hier/planner/datum/{uuid}/"


@pytest.mark.once
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_serious_in_light_or_dark_nor_while_moving(at_desk, site, coffee, sewing, width):
    closed = dt.date(2023, 10, 20)
    offer(site, "Zonder dag", weekday=None)
    offer(site, "Dicht", weekday=4)
    close(by=None, partnership=site.partnership, site=site, first_day=closed, last_day=closed, reason="Vloer")
    window = planner(at_desk(viewport={"width": width, "height": 900}))

    for scheme in ("light", "dark"):
        window.emulate_media(color_scheme=scheme)
        assert findings(window) == []
    if width == 1280:
        block(window, "Koffie").locator("a").focus()
        window.keyboard.press("m")
        assert findings(window) == []
