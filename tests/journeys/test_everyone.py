"""Every public page, for everyone: small screen, large letters, keyboard, no script, dark, on paper, for axe."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser import UNREACHED, findings, findings_in_the_dark, sticks_out, walk_by_keyboard, weight
from tests.demo import K, W
from tests.test_doors import PAGES

# Of looks only: what stands on these pages is asked elsewhere, on every database.
pytestmark = pytest.mark.once

# Every kind of page in its own language, and weeks with all that can happen in them.
EVENTFUL = [
    f"/{K}/",
    f"/{K}/week/2022-W16/",
    f"/{W}/week/2023-W06/",
    f"/{K}/week/2022-W27/",
    f"/{K}/activiteit/samen-koken-samen-eten/",
]
# What somebody unfolds, what a screen says once it lost its connection, the line around a button that a script brings.
FOLDED_OR_BY_SCRIPT = "details > :not(summary), details > :not(summary) *, .lost, p:has(> button[hidden]:only-child)"
MISSING = ["/nergens/", f"/{W}/week/1999-W01/"]
# In the suite: Dutch, the language with the longest words, and one that runs the other way in letters of its own. In the long proofs all of them.
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "nl"]
REST = [code for code in LANGUAGES if code not in {"fr", "ar"}]
DUTCH = [address for address in PAGES if address.split("/")[1] not in LANGUAGES]
ALL = [
    *(address for address in PAGES if address.split("/")[1] not in REST), *EVENTFUL, *MISSING,
    *(pytest.param(address, marks=pytest.mark.prove) for address in PAGES if address.split("/")[1] in REST),
]  # fmt: skip


@pytest.mark.parametrize("address", ALL)
def test_nothing_sticks_out_at_320_pixels_or_with_letters_twice_as_large(window, address):
    window.set_viewport_size({"width": 320, "height": 640})
    window.goto(address)

    at_320 = sticks_out(window)
    window.evaluate("document.documentElement.style.fontSize = '200%'")
    at_320_large = sticks_out(window)
    window.set_viewport_size({"width": 1280, "height": 800})
    at_desk_large = sticks_out(window)

    assert (at_320, at_320_large, at_desk_large) == ([], [], [])


@pytest.mark.parametrize("address", [*DUTCH, *EVENTFUL, *MISSING, f"/fr/{W}/week/2023-W41/"])
def test_axe_finds_nothing_serious_in_light_or_dark(window, address):
    window.goto(address)

    assert (findings(window), findings_in_the_dark(window)) == ([], [])


@pytest.mark.parametrize("address", [*DUTCH, f"/{K}/", "/nergens/"])
def test_keyboard_reaches_everything_and_shows_where_it_is(window, address):
    window.goto(address)

    found = walk_by_keyboard(window)

    assert found[0]["address"] == "#main"
    assert window.evaluate(UNREACHED) == []
    assert [focus for focus in found if not (focus["ringed"] and focus["shown"])] == []


@pytest.mark.parametrize("address", ["/", f"/{K}/"])
def test_skip_link_leads_past_what_is_the_same_everywhere(window, address):
    window.goto(address)
    skip = window.locator("a[href='#main']")

    window.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    window.keyboard.press("Enter")
    window.keyboard.press("Tab")

    assert window.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_without_a_script_all_words_are_there_and_no_button_that_does_nothing(open_window):
    window = open_window(java_script_enabled=False)
    hidden = {}

    by_script_only = {"/offline/", "/offline/afmelden/"}
    for address in [one for one in [*DUTCH, *EVENTFUL] if one not in by_script_only]:
        assert window.goto(address).status == 200
        words = window.locator(f":is(h1, h2, h3, h4, p, li, dt, dd, td, a, summary):not({FOLDED_OR_BY_SCRIPT})")
        hidden[address] = words.count() - words.locator("visible=true").count() + window.get_by_role("button").count()

    assert {address: number for address, number in hidden.items() if number} == {}
    assert len(hidden) > 12


@pytest.mark.parametrize("address", [f"/{K}/", f"/{W}/week/2023-W06/", f"/{W}/partners/"])
def test_on_paper_the_words_stand_without_what_cannot_be_pressed(window, address):
    window.goto(address)
    window.emulate_media(media="print")

    expect(window.locator("h1").first).to_be_visible()
    expect(window.locator(".tools, .weeknav, .langs").locator("visible=true")).to_have_count(0)
    expect(window.get_by_text("Vandaag open").locator("visible=true")).to_have_count(0)  # tomorrow it hangs there still
    paper = window.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    assert 1 <= paper.count(b"/Type /Page\n") <= 5


@pytest.mark.parametrize("address", [f"/{K}/", f"/fr/{W}/week/2023-W41/", f"/{K}/week/2022-W16/"])
def test_week_page_weighs_at_most_60_kilobytes_the_first_time(open_window, address):
    window = open_window(viewport={"width": 390, "height": 844})
    responses = []
    window.on("response", lambda response: responses.append(response))

    window.goto(address, wait_until="networkidle")
    bytes_of = weight(responses)
    for icon in window.locator("link[rel=icon]").all():
        found = window.request.get(icon.get_attribute("href"))
        bytes_of.setdefault(found.url, len(found.body()))

    assert {url.split(".")[-1] for url in bytes_of} >= {"css", "js", "svg"}
    assert sum(bytes_of.values()) <= 60_000, bytes_of
    assert {response.status for response in responses} == {200}


def test_second_page_loads_only_itself(open_window, served):
    window = open_window()
    window.goto(f"/{K}/", wait_until="networkidle")
    asked = []
    window.on("response", lambda response: asked.append(response))

    window.goto(f"/{K}/week/2023-W42/", wait_until="networkidle")

    from_network = [r.url for r in asked if r.request.sizes()["responseBodySize"] > 0]
    assert [url.removeprefix(served.address) for url in from_network] == [f"/{K}/week/2023-W42/"]
