"""A signal on a small phone, in two languages, with a script and without: given, found again, changed, taken back, and nothing left in the window."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

from tests.browser import findings, findings_in_the_dark, press, sticks_out
from tests.demo import K

from .test_desk import PHONE

STORED = "JSON.stringify({...sessionStorage})"
SENTENCE = "De kleuterklas vraagt een toestel dat niemand heeft."


def enter(window: Page, word: str, prefix: str = "", site: str = K) -> None:
    window.emulate_media(reduced_motion="reduce")
    window.goto(f"{prefix}/demo/")
    press(window.locator(f"form[action='{prefix}/demo/als/{word}/{site}/'] button"))


def button(window: Page, language: str, text: str):
    with override(language):
        return window.get_by_role("button", name=gettext(text), exact=True)


def fill(window: Page, text: str) -> None:
    window.locator("input[name=theme]").nth(6).check()
    window.fill("#id_text", text)
    window.check("#id_consent")


@pytest.mark.parametrize(
    ("prefix", "language", "script"), [("", "nl", False), ("/fr", "fr", True)], ids=["nl-plain", "fr-script"]
)
def test_given_changed_and_taken_back(open_window, prefix, language, script):
    window = open_window(java_script_enabled=script, **PHONE)
    enter(window, "partner", prefix)
    sentence = f"{SENTENCE} ({language}, {script})"

    with override(language):
        press(window.get_by_role("link", name=gettext("Geef een signaal door")).first)
    fill(window, sentence)
    press(button(window, language, "Geef door"))
    with override(language):
        expect(window.get_by_role("heading", level=1)).to_have_text(gettext("Bedankt, het is doorgegeven"))
    assert sentence not in window.content()

    press(button(window, language, "Verander het"))
    expect(window.locator("#id_text")).to_have_value(sentence)
    window.fill("#id_text", "Nu anders gezegd.")
    press(button(window, language, "Bewaar"))
    press(button(window, language, "Verander het"))
    expect(window.locator("#id_text")).to_have_value("Nu anders gezegd.")
    press(button(window, language, "Haal het terug"))
    with override(language):
        expect(window.get_by_role("heading", level=1)).to_have_text(gettext("Je signaal is teruggehaald"))


@pytest.mark.once
def test_draft_lives_in_this_window_until_it_is_sent(open_window):
    window = open_window(**PHONE)
    enter(window, "partner")
    window.goto("/signalen/nieuw/")
    fill(window, SENTENCE)
    window.locator("details.more summary").click()
    window.fill("#id_idea", "een papieren lijst")

    window.reload()
    expect(window.locator("#id_text")).to_have_value(SENTENCE)
    expect(window.locator("#id_idea")).to_have_value("een papieren lijst")
    expect(window.locator("input[name=theme]").nth(6)).to_be_checked()
    expect(window.locator("#id_consent")).to_be_checked()
    other = window.context.new_page()
    other.goto("/signalen/nieuw/")
    expect(other.locator("#id_text")).to_have_value("")
    assert other.evaluate(STORED) == "{}"

    press(button(window, "nl", "Geef door"))
    assert SENTENCE not in window.evaluate(STORED)
    assert "papieren" not in window.evaluate(STORED)
    window.goto("/signalen/")
    press(window.locator("[data-held] button"))
    expect(window.locator("#id_text")).to_have_value(SENTENCE)
    other.goto("/signalen/")
    expect(other.locator("[data-held]")).to_be_hidden()


@pytest.mark.once
def test_signing_out_empties_the_window(open_window):
    window = open_window(**PHONE)
    enter(window, "partner")
    window.goto("/signalen/nieuw/")
    fill(window, "De wachtzaal van de dienst is te klein.")
    press(button(window, "nl", "Geef door"))
    window.goto("/signalen/nieuw/")
    window.fill("#id_text", "Nog niet gestuurd.")
    assert "Nog niet gestuurd." in window.evaluate(STORED)
    assert "stek-signal-codes" in window.evaluate(STORED)

    window.goto("/account/afmelden/")
    press(button(window, "nl", "Ja, meld me af"))

    assert window.evaluate(STORED) == "{}"


@pytest.mark.once
def test_session_that_ended_empties_the_window_at_the_door(open_window):
    window = open_window(**PHONE)
    enter(window, "partner")
    window.goto("/signalen/nieuw/")
    window.fill("#id_text", "Nog niet gestuurd.")
    window.context.clear_cookies()

    window.goto("/signalen/nieuw/")

    assert "/account/aanmelden/" in window.url
    assert window.evaluate(STORED) == "{}"


@pytest.mark.once
def test_what_is_there_already_is_counted_with_one_tap(open_window):
    window = open_window(**PHONE)
    enter(window, "partner")
    window.goto("/signalen/nieuw/")
    fill(window, "Een afspraak bij de huisarts maken kan alleen maar online, en wie belt krijgt een bandje.")
    press(button(window, "nl", "Geef door"))
    expect(window.get_by_role("heading", name="Staat het er al?")).to_be_visible()
    assert findings(window) == []

    press(window.locator("section.alike button").first)
    expect(window.get_by_role("heading", level=1)).to_have_text("Bedankt, we telden er één bij")
    assert "huisarts" not in window.evaluate(STORED)


@pytest.mark.once
def test_two_clicks_are_one_signal(open_window):
    window = open_window(**PHONE)
    enter(window, "coordinator")
    window.goto("/signalen/nieuw/")
    fill(window, "De kapper werkt niet met de kinderpas van de gemeente.")

    button(window, "nl", "Geef door").dblclick(no_wait_after=True)
    window.wait_for_load_state()

    expect(window.locator("[data-done]")).to_be_attached()
    codes = window.evaluate("JSON.parse(sessionStorage.getItem('stek-signal-codes'))")
    assert len(codes) == 1


@pytest.mark.once
@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/fr", "fr")])
def test_four_things_on_two_screens_for_everyone(open_window, prefix, language):
    window = open_window(**PHONE)
    enter(window, "partner", prefix)
    window.goto(f"{prefix}/signalen/nieuw/")

    assert button(window, language, "Geef door").bounding_box()["y"] < 2 * 844 - 48
    for path in ("/signalen/nieuw/", "/signalen/"):
        window.goto(prefix + path)
        assert findings(window) + findings_in_the_dark(window) + sticks_out(window) == []
    window.goto(f"{prefix}/signalen/nieuw/")
    window.locator("details.more summary").click()
    press(button(window, language, "Geef door"))
    assert findings(window) + findings_in_the_dark(window) + sticks_out(window) == []
    expect(window.locator("#div_id_consent .err")).to_be_visible()
    window.set_viewport_size({"width": 320, "height": 640})
    assert sticks_out(window) == []


@pytest.mark.once
def test_who_also_checks_people_reads_at_once_why_not(open_window):
    window = open_window(**PHONE)
    enter(window, "partner-controle")
    answer = window.request.get("/signalen/")

    assert answer.status == 403
    assert "Jij leest de signalen van anderen niet" in answer.text()
    assert "Geef een signaal door" in answer.text()
