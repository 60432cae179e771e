"""A coordinator at the desk, with a phone or a large screen, without a script, in three languages."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

from tests.browser import findings, press, sticks_out
from tests.demo import K

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}


def enter(window: Page, word: str = "coordinator") -> None:
    """Through the door of the demonstration. Without movement: axe would measure a colour half-way."""
    window.emulate_media(reduced_motion="reduce")
    window.goto("/demo/")
    address = f"/demo/als/{word}/{K}/" if word == "coordinator" else f"/demo/als/{word}/"
    press(window.locator(f"form[action='{address}'] button"))


def button(window: Page, language: str, text: str):
    with override(language):
        return window.get_by_role("button", name=gettext(text), exact=True)


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("prefix", "language", "week"), [("", "nl", "2024-W05"), ("/fr", "fr", "2024-W06")])
def test_a_week_is_closed_after_a_look_at_what_it_touches_and_opened_again(open_window, screen, prefix, language, week):
    window = open_window(java_script_enabled=False, **screen)
    enter(window)
    first, last = ("2024-01-29", "2024-02-04") if week == "2024-W05" else ("2024-02-05", "2024-02-11")

    planner = f"{prefix}/beheer/{K}/planner/{week}/"
    window.goto(planner)
    press(window.locator(f"main .acts a[href*='dag={first}']"))
    assert [window.input_value(f"#id_{name}") for name in ("first_day", "last_day")] == [first, last]
    window.fill("#id_reason", "De vloer wordt gelegd")
    press(button(window, language, "Bekijk wat wegvalt"))
    shown = window.locator("main .dates > li").count()
    expect(window.get_by_role("heading", level=1)).to_contain_text(str(shown))
    press(window.locator("button[name=zeker][value=stil]"))

    expect(window).to_have_url(re.compile(planner))
    window.goto(f"{prefix}/{K}/week/{week}/")
    expect(window.locator("main")).to_contain_text("De vloer wordt gelegd")
    window.goto(planner)
    press(window.locator(f"[data-date='{last}'] header a"))
    press(window.locator("button[name=zeker][value=stil]"))
    expect(window).to_have_url(re.compile(planner))
    window.goto(f"{prefix}/{K}/week/{week}/")
    expect(window.locator("main")).not_to_contain_text("De vloer wordt gelegd")
    assert shown > 2


@pytest.mark.once
def test_pages_of_the_network_fit_and_are_for_everyone(open_window):
    window = open_window(viewport={"width": 320, "height": 640})
    enter(window, "beheerder")

    for page in ("", "gemeente/", "samenwerking/", "plek/"):
        assert window.goto(f"/beheer/netwerk/{page}").status == 200
        assert (sticks_out(window), findings(window)) == ([], [])


def test_a_check_is_kept_and_a_mistake_in_it_loses_nothing(open_window):
    window = open_window(java_script_enabled=False, **PHONE)
    enter(window)
    window.goto(f"/beheer/{K}/nakijken/nieuw/")

    for score in window.locator("input[value=partly]").all():
        score.check()
    window.fill("#id_reachable_note", "De deur is zwaar")
    window.fill("#id_day", "2099-01-01")
    press(button(window, "nl", "Bewaar"))
    expect(window.locator("#id_day_error")).to_contain_text("Kies vandaag of vroeger.")
    expect(window.locator("#id_reachable_note")).to_have_value("De deur is zwaar")
    window.fill("#id_day", "2023-09-01")
    press(button(window, "nl", "Bewaar"))

    press(window.get_by_role("link", name="Bekijk 1 september 2023"))
    expect(window.locator("main")).to_contain_text("De deur is zwaar")
    expect(window.locator(".score").first).to_have_text("een beetje")
