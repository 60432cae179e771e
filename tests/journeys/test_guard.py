"""Help with free text while somebody types; without a script the form says the same."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import findings, press, sticks_out
from tests.demo import K

from .test_desk import DESK, PHONE, button, enter
from .test_slow_phone import SLOW

# What the browser does with what the guard saw; the guard knows no database.
pytestmark = pytest.mark.once

NEW = f"/beheer/{K}/sleutelmomenten/nieuw/"


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/fr", "fr")])
def test_a_hint_comes_while_typing_and_goes_when_the_name_does(open_window, screen, prefix, language):
    window = open_window(**screen)
    enter(window)
    window.goto(prefix + NEW)

    window.fill("#id_text", "Zoulikha kookt voor ons")
    expect(window.locator(".guard mark")).to_have_text("Zoulikha")
    assert findings(window) == []
    assert not sticks_out(window)

    window.fill("#id_text", "Een buur kookt voor ons")
    expect(window.locator(".guard")).to_have_count(0)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_a_name_that_is_a_service_is_kept_after_one_tick(open_window, has_script):
    window = open_window(java_script_enabled=has_script, **PHONE)
    enter(window)
    window.goto(NEW)
    title = f"Fatima kookt {'met' if has_script else 'zonder'} script"

    window.fill("#id_text", title)
    window.fill("#id_day", "2023-10-09")
    press(button(window, "nl", "Bewaar"))
    expect(window.locator(".guard mark")).to_have_text("Fatima")
    assert findings(window) == [] if has_script else True
    window.check(".guard input")
    press(button(window, "nl", "Bewaar"))

    expect(window.locator("main")).to_contain_text(title)


def test_rewriting_selects_the_words_that_were_seen(open_window):
    window = open_window(**PHONE)
    enter(window)
    window.goto(NEW)

    window.fill("#id_text", "Anne-taart, zegt Anne uit de straat")
    window.get_by_role("button", name="Herschrijf dit stuk").click()
    window.keyboard.type("een buur")

    expect(window.locator("#id_text")).to_have_value("Anne-taart, zegt een buur uit de straat")


def test_without_script_there_is_no_button_that_does_nothing(open_window):
    window = open_window(java_script_enabled=False, **PHONE)
    enter(window)
    window.goto(NEW)
    window.fill("#id_text", "Zoulikha kookt voor ons")
    window.fill("#id_day", "2023-10-09")
    press(button(window, "nl", "Bewaar"))

    expect(window.locator(".guard mark")).to_have_text("Zoulikha")
    expect(window.locator("[data-rewrite]")).to_be_hidden()


def test_number_of_somebody_is_pointed_at_before_the_server_answers(open_window):
    """And when it never does: slow 3G takes longer for one question than anybody waits."""
    window = open_window(**PHONE)
    enter(window)
    window.goto("/signalen/nieuw/")
    window.route("**/taal-hulp/", lambda route: route.abort())
    window.locator("details.more summary").click()

    window.fill("#id_text", "Op 12/10/2023 om 13.30 en 9/11/2023 om 8.00 was het loket dicht.")
    window.fill("#id_idea", "Bel mij op 0470 12 34 56.")

    expect(window.locator("#div_id_idea .guard.is-block")).to_contain_text("een nummer of adres van iemand?")
    expect(window.locator(".guard")).to_have_count(1)  # days and hours are none


def test_name_is_asked_about_at_once_where_the_answer_takes_long(open_window):
    """A place that stands on the page and a service in capitals are none."""
    window = open_window(**PHONE)
    enter(window)
    asked = window.locator(".guard", has_text="de naam van iemand?")
    window.route("**/taal-hulp/", lambda route: None)
    session = window.context.new_cdp_session(window)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    window.goto("/signalen/nieuw/")
    window.fill("#id_text", "Op maandag is het loket van het OCMW naast Kantine Bezemheide dicht.")
    window.wait_for_timeout(300)
    assert asked.count() == 0
    window.fill("#id_text", "Het loket stuurt Zoulikha altijd weg.")

    expect(asked).to_be_visible()
    assert (findings(window), sticks_out(window)) == ([], [])
