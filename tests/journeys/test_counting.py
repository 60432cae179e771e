"""Counting on a telephone: with thumbs, without a script, and without a connection, which loses nothing and counts nothing twice."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser import findings, findings_in_the_dark, press, sticks_out, until
from tests.demo import K, W

from .conftest import listen, serious
from .test_behind_the_door import enter
from .test_desk import DESK, PHONE, button

# What a browser says of a connection that is not there, and of an answer that says no.
EXPECTED = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED", "status of 409", "status of 422")
WORKER = f"partner/{W}"
FORMS = "Koffie en Formulieren, donderdag 5 oktober"
PEOPLE, WAITING = "#id_people", "[data-waiting]"


@pytest.fixture
def open_telephone(new_context, served):
    """A window that may lose its connection."""
    complaints = []

    def open_telephone(**options) -> Page:
        window = new_context(base_url=served.address, **PHONE | options).new_page()
        listen(window, complaints)
        return window

    yield open_telephone
    assert [one for one in serious(complaints) if not any(words in one for words in EXPECTED)] == []


def unfold(window: Page) -> None:
    """What was counted already is folded away."""
    for summary in window.locator("main summary").all():
        summary.click()


def to_the_form(window: Page, date: str) -> str:
    """From a coordinator's page of counts to one of its dates, as its link is called; the address of its form."""
    window.goto(f"/beheer/{W}/tellingen/")
    unfold(window)
    press(window.get_by_role("link", name=date))
    return window.url


def kept_at(window: Page, address: str) -> str:
    window.goto(address)
    return window.input_value(PEOPLE)


@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/fr", "fr")])
def test_without_a_script_a_number_is_typed_on_the_pad(open_telephone, prefix, language):
    window = open_telephone(java_script_enabled=False)
    enter(window, WORKER, prefix)

    unfold(window)
    press(window.locator("main a[href*='/tellen/']").first)
    expect(window.locator("[data-step]").first).to_be_hidden()
    expect(window.locator(WAITING)).to_be_hidden()
    window.fill(PEOPLE, "7" if language == "nl" else "8")
    press(button(window, language, "Bewaar"))

    expect(window.locator(".told")).to_contain_text("7" if language == "nl" else "8")


def test_with_thumbs_from_ones_own_page(open_telephone):
    window = open_telephone()
    enter(window, f"partner/{K}")

    press(window.get_by_role("link", name=f"Tel {FORMS}"))
    more = window.get_by_role("button", name="één meer: Hoeveel mensen kwamen er langs?")
    fewer = window.get_by_role("button", name="één minder: Hoeveel mensen kwamen er langs?")
    fewer.click()
    expect(window.locator(PEOPLE)).to_have_value("0")
    for _tap in range(5):
        more.click()
    fewer.click()
    press(button(window, "nl", "Bewaar"))

    expect(window.locator(".told")).to_have_text("Bewaard: 4 mensen.")
    expect(window.locator("main")).to_contain_text("Alles van de laatste zeven dagen is geteld. Bedankt!")


def test_without_a_connection_it_waits_in_sight_and_leaves_by_itself(open_telephone):
    window = open_telephone()
    enter(window, f"coordinator/{W}")
    address = to_the_form(window, FORMS)
    window.fill(PEOPLE, "21")

    window.context.set_offline(True)
    button(window, "nl", "Bewaar").click()
    expect(window.locator(WAITING)).to_contain_text("21 mensen")
    expect(window.locator(WAITING)).to_contain_text("Nog geen verbinding.")
    expect(window.locator(PEOPLE)).to_have_value("21")
    window.context.set_offline(False)

    expect(window.locator(WAITING)).to_contain_text("Verstuurd en bewaard.")
    assert kept_at(window, address) == "21"
    expect(window.locator(WAITING)).to_be_hidden()


@pytest.mark.once
def test_it_waits_over_a_closed_page_for_its_own_writer_only(open_telephone):
    window, tries = open_telephone(), []
    telephone = window.context
    enter(window, f"coordinator/{W}")
    address = to_the_form(window, FORMS)

    def no_network(route):
        if route.request.method != "POST":
            route.continue_()
            return
        tries.append(route.request.url)
        route.abort()

    telephone.route(address, no_network)
    window.fill(PEOPLE, "22")
    button(window, "nl", "Bewaar").click()
    expect(window.locator(WAITING)).to_contain_text("22 mensen")
    window.close()
    window = telephone.new_page()

    enter(window, WORKER)  # somebody else, on the same telephone
    window.goto("/mijn/")
    expect(window.locator(WAITING)).to_be_hidden()
    assert (kept_at(window, address) == "22", tries) == (False, [address])
    telephone.unroute(address)
    enter(window, f"coordinator/{W}")
    window.goto(f"/beheer/{W}/")

    expect(window.locator(".told")).to_have_text("Bewaard: 22 mensen.")
    assert kept_at(window, address) == "22"


def test_an_answer_that_was_lost_on_the_way_counts_once(open_telephone):
    window = open_telephone()
    enter(window, f"coordinator/{W}")
    address = to_the_form(window, FORMS)
    before = window.request.get(f"/beheer/{W}/geschiedenis/").text().count("mensen:")
    window.fill(PEOPLE, "23")

    def swallow(route):
        route.fetch()  # it arrives …
        route.abort()  # … and nobody hears so

    window.route(address, lambda route: swallow(route) if route.request.method == "POST" else route.continue_())
    button(window, "nl", "Bewaar").click()
    expect(window.locator(WAITING)).to_contain_text("23 mensen")
    window.unroute(address)
    window.get_by_role("button", name="Probeer nu").click()

    expect(window.locator(WAITING)).to_contain_text("Verstuurd en bewaard.")
    assert kept_at(window, address) == "23"
    assert window.request.get(f"/beheer/{W}/geschiedenis/").text().count("mensen:") == before + 1


def test_somebody_counted_meanwhile_and_both_numbers_stand_there(open_telephone):
    first, second = open_telephone(), open_telephone()
    enter(first, f"coordinator/{W}")
    enter(second, f"coordinator/{W}")
    address = to_the_form(first, "Ontmoetingsmoment, maandag 9 oktober")
    second.goto(address)

    second.context.set_offline(True)
    second.fill(PEOPLE, "12")
    button(second, "nl", "Bewaar").click()
    first.fill(PEOPLE, "14")
    press(button(first, "nl", "Bewaar"))
    second.context.set_offline(False)
    expect(second.locator(WAITING)).to_contain_text("Iemand anders telde intussen ook.")
    assert (findings(second), sticks_out(second)) == ([], [])
    press(second.get_by_role("button", name="Bekijk en verstuur"))

    expect(second.locator(".sides")).to_contain_text("Staat er nu 14")
    expect(second.locator(".sides")).to_contain_text("Jij 12")
    press(button(second, "nl", "Bewaar"))
    expect(second.locator(WAITING)).to_be_hidden()
    assert kept_at(second, address) == "12"


@pytest.mark.once
def test_who_was_signed_out_meanwhile_loses_nothing(open_telephone):
    window = open_telephone()
    enter(window, f"coordinator/{W}")
    address = to_the_form(window, FORMS)
    window.fill(PEOPLE, "31")

    kept = window.context.cookies()
    window.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    button(window, "nl", "Bewaar").click()
    expect(window.locator(WAITING)).to_contain_text("31 mensen")
    expect(window.locator(WAITING)).to_contain_text("Meld je opnieuw aan.")
    window.context.add_cookies(kept)
    window.goto(f"/beheer/{W}/tellingen/")

    expect(window.locator(".told")).to_have_text("Bewaard: 31 mensen.")
    assert kept_at(window, address) == "31"


@pytest.mark.once
def test_signing_out_first_sends_what_waits_and_says_what_would_be_lost(open_telephone):
    window = open_telephone()
    enter(window, f"coordinator/{W}")
    address = to_the_form(window, FORMS)
    window.route(address, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    window.fill(PEOPLE, "32")
    button(window, "nl", "Bewaar").click()
    expect(window.locator(WAITING)).to_contain_text("32 mensen")

    window.goto("/account/afmelden/")
    expect(window.locator(WAITING)).to_contain_text("Meld je nu af, dan is dit weg.")
    window.unroute(address)
    window.get_by_role("button", name="Probeer nu").click()

    expect(window.locator(".told")).to_have_text("Bewaard: 32 mensen.")
    expect(window.locator(WAITING)).to_be_hidden()
    assert kept_at(window, address) == "32"


def answered_by_the_worker(window):
    """A page that was still loading when the worker began to work is not the worker's; the next one is."""
    window.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    window.reload()
    assert window.evaluate("() => navigator.serviceWorker.controller !== null")


@pytest.mark.once
def test_signing_out_without_a_connection_says_what_would_be_lost_and_then_leaves_nothing(open_telephone):
    window = open_telephone()
    enter(window, f"coordinator/{W}")
    to_the_form(window, FORMS)
    answered_by_the_worker(window)
    window.fill(PEOPLE, "33")
    window.context.set_offline(True)
    button(window, "nl", "Bewaar").click()
    expect(window.locator(WAITING)).to_contain_text("33 mensen")

    window.goto("/account/afmelden/")
    expect(window.locator("[data-unsent]")).to_contain_text("Wis je alles, dan is die weg.")
    window.get_by_role("button", name="Wis alles hier").click()

    expect(window.locator("main")).to_contain_text("Alles is gewist.")
    expect(window.locator("[data-unsent]")).to_be_hidden()
    assert window.evaluate("localStorage.length") == 0


@pytest.mark.once
def test_signing_out_leaves_what_somebody_else_counted_on_this_device(open_telephone):
    window = open_telephone()
    enter(window, f"coordinator/{W}")
    address = to_the_form(window, FORMS)
    answered_by_the_worker(window)
    window.route(address, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    window.fill(PEOPLE, "34")
    button(window, "nl", "Bewaar").click()
    expect(window.locator(WAITING)).to_contain_text("34 mensen")
    window.evaluate(FROM_SOMEBODY_ELSE)

    window.goto("/account/afmelden/")
    expect(window.locator("[data-others]")).to_contain_text("een telling van iemand anders. Die blijft hier")
    button(window, "nl", "Ja, meld me af").click()

    expect(window.locator(".told")).to_contain_text("Je bent afgemeld.")
    assert window.evaluate("JSON.parse(localStorage.getItem('stek-counts')).map((one) => one.owner)") == ["ander"]
    until(window, "(await caches.keys()).every((name) => !name.includes('pages'))")


# What waits here, once more, of another account.
FROM_SOMEBODY_ELSE = """() => {
    const [mine] = JSON.parse(localStorage.getItem("stek-counts"));
    localStorage.setItem("stek-counts", JSON.stringify([mine, { ...mine, owner: "ander" }]));
}"""


@pytest.mark.once
def test_what_waits_can_be_thrown_away_after_a_second_thought(open_telephone):
    window = open_telephone()
    enter(window, f"coordinator/{W}")
    to_the_form(window, FORMS)
    window.fill(PEOPLE, "99")
    window.context.set_offline(True)
    button(window, "nl", "Ging niet door").click()
    expect(window.locator(WAITING)).to_contain_text("Ging niet door")

    window.get_by_role("button", name="Gooi weg").click()
    expect(window.locator(WAITING)).to_be_visible()
    window.get_by_role("button", name="Zeker weg? Dan is dit getal verloren.").click()

    expect(window.locator(WAITING)).to_be_hidden()
    assert window.evaluate("localStorage.getItem('stek-counts')") == "[]"


@pytest.mark.once
@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/fr", "fr")])
def test_drawings_fit_and_can_be_read_small_large_and_in_the_dark(open_window, prefix, language):
    window = open_window(viewport=DESK["viewport"], reduced_motion="reduce")
    enter(window, f"coordinator/{W}", prefix)
    window.goto(f"{prefix}/beheer/{W}/tellingen/")
    addresses = [one.get_attribute("href") for one in window.locator("main a[href*='/tellingen/']").all()]

    assert len(addresses) >= 4
    for address in addresses if language == "nl" else addresses[:2]:
        window.set_viewport_size({"width": 320, "height": 640})
        window.goto(address)
        assert (sticks_out(window), findings(window), findings_in_the_dark(window)) == ([], [], []), address
        beyond = window.evaluate(
            """() => [...document.querySelectorAll('svg.chart text')].filter((one) => {
              const box = one.getBoundingClientRect(), frame = one.closest('svg').getBoundingClientRect();
              return box.right > frame.right + 1 || box.left < frame.left - 1 || box.height < 11;
            }).map((one) => one.textContent)"""
        )
        assert beyond == [], address
        window.set_viewport_size(DESK["viewport"])
        window.evaluate("document.documentElement.style.fontSize = '200%'")
        assert sticks_out(window) == [], address
