"""Somebody registers for an outing without an account, waits, comes with fewer and cancels; the coordinator sees it come and go."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from activities.demo.outing import GROUPS, PLACES
from stek.form_key import SOON
from tests.browser import findings, findings_in_the_dark, press, sticks_out
from tests.demo import W

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PATH = f"/{W}/activiteit/voorbeeld-uitstap-naar-de-dierentuin/"
TAKEN = sum(people for _nickname, people, _contact in GROUPS)


def is_fit(window: Page) -> None:
    """On the screen it is on, on a small one, for ears and in the dark."""
    size = window.viewport_size
    assert [*findings(window), *findings_in_the_dark(window), *sticks_out(window)] == []
    window.set_viewport_size({"width": 320, "height": 640})
    assert sticks_out(window) == []
    window.set_viewport_size(size)


def fill_in(window: Page, name: str, people: int) -> None:
    window.locator("#id_nickname").fill(name)
    window.locator("#id_people").select_option(str(people))
    time.sleep(SOON)  # as long as somebody needs to type


@pytest.mark.parametrize(
    ("size", "prefix", "script", "name"),
    [(PHONE, "", False, "Ada"), (DESK, "/fr", True, "Inès")],
    ids=["phone-nl-without-script", "desk-fr"],
)
def test_from_the_activity_to_a_place_and_back(open_window, size, prefix, script, name):
    somebody = open_window(viewport=size, java_script_enabled=script, reduced_motion="reduce")
    coordinator = open_window(viewport=DESK)
    coordinator.goto("/demo/")
    press(coordinator.locator(f"form[action='/demo/als/coordinator/{W}/'] button"))

    # All places that are left are four; six do not fit, and wait.
    somebody.goto(f"{prefix}{PATH}")
    expect(somebody.locator(".seats b")).to_contain_text(re.compile(rf"{PLACES - TAKEN}\b.*{PLACES}"))
    assert somebody.context.cookies() == []
    press(somebody.locator(".seats .btn"))
    if script:
        is_fit(somebody)
    fill_in(somebody, name, 6)
    press(somebody.locator("main form .btn").first)
    press(somebody.locator("button[name=lijst]"))
    if script:
        is_fit(somebody)
    own = somebody.url
    code = somebody.locator(".secret").inner_text()

    # The coordinator sees them wait, and why places stay free.
    coordinator.goto(f"/beheer/{W}/inschrijvingen/")
    press(coordinator.locator("main .desk-rows a.btn").first)
    expect(coordinator.locator("main")).to_contain_text(f"1. {name} · 6 mensen")
    expect(coordinator.locator("main")).to_contain_text(
        "Er zijn 4 plaatsen vrij, en de eerste op de lijst is met 6 mensen."
    )

    # With four they go along at once; nobody else can, and the page says so to everybody.
    press(somebody.locator("button[value=fewer]"))
    expect(somebody.locator(".slip .d")).to_contain_text(re.compile(rf"^4 .* · {name}$"))
    other = open_window(viewport=PHONE, java_script_enabled=False)
    other.goto(PATH)
    expect(other.locator(".seats b")).to_have_text("Volzet. Je kan op de wachtlijst.")

    # At home, with the code from paper, they cancel; looking did nothing.
    other.goto(f"{prefix}/{W}/plaats/")
    other.locator("#id_code").fill(f" {code.lower()} ")
    press(other.locator("main form button"))
    assert other.url == own
    other.locator("details").last.locator("summary").click()
    press(other.locator("button[value=leave]"))
    coordinator.reload()
    expect(coordinator.locator("main")).not_to_contain_text(name)
    expect(coordinator.locator(".tally dd").first).to_contain_text(str(TAKEN))
    somebody.goto(own)
    expect(somebody.locator("main .lead")).to_be_visible()
    assert somebody.locator(".secret").count() == 0


def test_pages_of_the_desk_are_for_everyone(open_window):
    window = open_window(viewport=PHONE, reduced_motion="reduce")
    window.goto("/demo/")
    press(window.locator(f"form[action='/demo/als/coordinator/{W}/'] button"))
    window.goto(f"/beheer/{W}/inschrijvingen/")
    press(window.locator("main .desk-rows a.btn").first)
    here = window.url

    for more in ("", "plaatsen/", "lijst/", "vrij/"):
        window.goto(here + more)
        is_fit(window)
