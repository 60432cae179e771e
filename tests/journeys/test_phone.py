"""STEK on a telephone: read without the internet, wiped when somebody signs out, and nobody else's to read; words beside the mail."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from sites.views.phone import _code
from stek.pages import release
from tests.browser import findings, findings_in_the_dark, press, sticks_out, until
from tests.demo import K, W
from tests.factories.push import Browser
from tests.journeys.test_behind_the_door import enter

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
JEF, ANA = f"vrijwilliger/{K}", f"vrijwilliger/{W}"
KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("stek pages"));
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map((one) => new URL(one.url).pathname).sort();
}"""
# Of the browser without its window: it asks nobody, shows no notification and knows no push service.
PERMITTED = """(() => {
  Object.defineProperty(Notification, "permission", { get: () => "granted" });
  Notification.requestPermission = async () => "granted";
  const kept = () => JSON.parse(localStorage.getItem("subscription"));
  const found = () => kept() && {
    endpoint: kept().endpoint, toJSON: kept, unsubscribe: async () => localStorage.removeItem("subscription"),
  };
  PushManager.prototype.getSubscription = async () => found();
  PushManager.prototype.subscribe = async (asked) => {
    if (!asked.userVisibleOnly || asked.applicationServerKey.length !== 65) throw new Error();
    localStorage.setItem("subscription", JSON.stringify(SUBSCRIPTION));
    return found();
  };
})()"""


@pytest.fixture
def phone(new_context, served):
    """A telephone; at the end its scripts may not have failed, whatever became of the network."""
    wrong: list[str] = []

    def phone(word: str = "", prefix: str = "", **options) -> Page:
        page = new_context(base_url=served.address, **PHONE, **options).new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
        if word:
            arrive(page, word, prefix)
        return page

    yield phone
    assert wrong == []


def arrive(page: Page, word: str, prefix: str = "") -> None:
    """As an example person, until their page is kept."""
    enter(page, word, prefix)
    until(page, f"(await ({KEPT})()).includes('{prefix}/mijn/')")


def kept(page: Page) -> list[str]:
    return page.evaluate(KEPT)


def looks_wrong(page: Page) -> list[str]:
    page.set_viewport_size({"width": 320, "height": 640})
    wrong = sticks_out(page)
    page.set_viewport_size(PHONE["viewport"])
    return [*wrong, *findings(page), *findings_in_the_dark(page)]


@pytest.mark.parametrize(
    ("prefix", "told", "later", "missing"),
    [
        ("", "Je hebt nu geen internet. Stand van 10 oktober 2023, 9.", "Kan pas als je weer internet hebt.", "Geen internet"),
        ("/fr", "Vous n’avez pas internet pour le moment. Situation du 10 octobre 2023", "Possible dès", "Pas d’internet"),
    ],
    ids=["nl", "fr"],
)  # fmt: skip
def test_shifts_are_read_without_the_internet_and_nothing_can_be_sent(phone, prefix, told, later, missing):
    page = phone(JEF, prefix)
    hello, shift = page.locator("h1").inner_text(), page.locator(".next .d").inner_text()
    take = page.locator(".shift button").first
    expect(take).to_be_enabled()

    # In the middle of a page …
    page.context.set_offline(True)
    expect(page.locator("[data-offline]")).to_contain_text(told)
    expect(take).to_be_disabled()
    page.context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_empty()
    expect(take).to_be_enabled()

    # … and opened without.
    page.context.set_offline(True)
    page.goto(f"{prefix}/mijn/")
    assert (page.locator("h1").inner_text(), page.locator(".next .d").inner_text()) == (hello, shift)
    expect(page.locator("[data-offline]")).to_contain_text(told)
    expect(page.locator("[data-later]").first).to_contain_text(later)
    for control in [*page.locator("main button[type=submit]").all(), *page.locator("main [data-online]").all()]:
        expect(control).to_be_disabled()
    take.dispatch_event("click")
    page.locator("main [data-online]").first.dispatch_event("click")
    expect(page.locator("[data-offline]")).to_be_focused()
    assert page.url.endswith(f"{prefix}/mijn/")
    assert looks_wrong(page) == []

    # What was not seen before says so; the same in another language leads to what there is.
    page.goto(f"{prefix}/mijn/hulp/")
    expect(page.locator("h1")).to_have_text(missing)
    assert looks_wrong(page) == []
    page.goto("/en/mijn/")
    assert (urlsplit(page.url).path, page.locator("h1").inner_text()) == (f"{prefix}/mijn/", hello)

    page.context.set_offline(False)
    expect(page.locator("html[data-kept]")).to_have_count(0)
    expect(take).to_be_enabled()


def test_network_that_is_slow_or_a_website_that_is_ill_gives_what_was_kept(phone):
    page = phone(JEF)
    page.context.route("**/mijn/", lambda route: route.fulfill(status=503, body="ziek"))
    page.goto("/mijn/")
    expect(page.locator("[data-offline]")).to_contain_text("De website antwoordt nu niet.")
    page.context.unroute_all()

    # The patience of the worker, without waiting for it.
    page.context.service_workers[0].evaluate("() => { self.setTimeout = (work) => queueMicrotask(work); }")
    page.context.route("**/mijn/", lambda route: (time.sleep(0.5), route.continue_()))
    page.goto("/mijn/")
    expect(page.locator("[data-offline]")).to_contain_text("De website antwoordt nu niet.")


def nothing_opens(page: Page) -> None:
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/mijn/")


def test_nothing_can_be_read_after_signing_out(phone):
    page = phone(JEF)
    page.goto("/account/afmelden/")
    press(page.locator("main form button"))

    page.go_back()
    page.wait_for_load_state()
    assert "/account/aanmelden/" in page.url
    assert page.evaluate("caches.keys()") in ([], ["stek state"])
    page.goto("/")  # a page that brings no worker
    nothing_opens(page)


def test_signing_out_without_the_internet_wipes_at_once_and_signs_out_later(phone):
    page = phone(JEF)
    page.context.set_offline(True)
    page.goto("/mijn/")
    page.locator(".menu a", has_text="Afmelden").click()
    page.locator("[data-wipe]").click()
    expect(page.locator("[data-wiped-here] p")).to_be_visible()
    assert (kept(page), looks_wrong(page)) == ([], [])
    page.goto("/mijn/")
    expect(page.locator("[data-wiped-here] p")).to_be_visible()

    page.context.set_offline(False)
    page.goto("/mijn/beurten/")
    assert "/account/aanmelden/" in page.url
    assert kept(page) == []


def test_another_person_on_the_telephone_sees_nothing_of_the_first(phone):
    page = phone(JEF)
    page.goto("/mijn/beurten/mijn/")
    until(page, f"(await ({KEPT})()).length === 2")

    arrive(page, ANA)
    until(page, f"(await ({KEPT})()).length === 1")
    page.context.set_offline(True)
    page.goto("/mijn/beurten/mijn/")
    expect(page.locator("h1")).to_have_text("Geen internet")
    page.goto("/mijn/")
    expect(page.locator("h1")).to_have_text("Dag Ana")


def test_session_that_ended_takes_what_was_kept_along(phone):
    page = phone(JEF)
    page.context.clear_cookies()  # as when it is ended on another device
    page.goto("/mijn/")
    until(page, f"(await ({KEPT})()).length === 0")

    page.context.set_offline(True)
    page.goto("/mijn/")
    expect(page.locator("h1")).to_have_text("Geen internet")


def test_nothing_but_shifts_is_kept(phone):
    page = phone(f"coordinator/{W}")
    for path in ["/signalen/nieuw/", "/signalen/", f"/beheer/{W}/", f"/beheer/{W}/rooster/", "/account/gegevens/", "/mijn/hulp/",
                 "/mijn/agenda/", f"/{W}/", "/demo/mail/", "/mijn/beurten/", "/mijn/?x=1"]:  # fmt: skip
        page.goto(path)
    until(page, f"(await ({KEPT})()).includes('/mijn/beurten/')")

    assert kept(page) == ["/mijn/", "/mijn/beurten/"]
    held = page.evaluate("caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))"
                         ".then((found) => found.flat().length)")  # fmt: skip
    assert held == len(json.loads(page.request.get("/sw.js").text().split("\n")[0][13:-1])["shell"]) + 2 + 1


@pytest.mark.once
def test_new_release_takes_the_place_of_the_old_one_and_keeps_what_was_seen(new_context):
    with website(_code()) as site:
        page = new_context(base_url=site.address).new_page()
        page.goto("/mijn/")
        page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)")
        page.goto("/mijn/")
        until(page, f"(await ({KEPT})()).length === 1")

        site.code, site.words = site.code.replace(release(), "next"), "nieuwe"
        page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
        until(page, "(await caches.keys()).filter((name) => name.includes(' next')).length === 2")
        until(page, f"(await ({KEPT})()).length === 1")

        assert (
            page.evaluate(f"caches.keys().then((names) => names.filter((name) => name.includes('{release()}')))") == []
        )
        page.context.set_offline(True)
        page.goto("/mijn/")
        expect(page.locator("h1")).to_have_text("nieuwe /mijn/")


@pytest.mark.once
def test_what_was_kept_too_long_is_gone_and_a_signal_is_never_kept_whatever_its_page_says(new_context):
    with website(_code()) as site:
        page = new_context(base_url=site.address).new_page()
        page.goto("/mijn/")
        page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)")
        page.goto("/mijn/")
        page.goto("/signalen/nieuw/")
        page.goto("/mijn/")
        assert kept(page) == ["/mijn/"]
        page.context.set_offline(True)
        page.goto("/mijn/")
        expect(page.locator("h1")).to_have_text("oude /mijn/")

        page.context.service_workers[0].evaluate("() => { const now = Date.now(); Date.now = () => now + 61_000; }")
        page.goto("/mijn/")

        expect(page.locator("h1")).to_have_text("oude /offline/")
        assert kept(page) == []


class Website:
    """As much of a website as the worker knows of: itself, a page that may be kept, and files."""

    def __init__(self, code: str) -> None:
        self.code, self.words, self.address = code, "oude", ""


@contextmanager
def website(code: str) -> Iterator[Website]:
    site = Website(code)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if self.path == "/sw.js" else "text/html")
            if self.path in {"/mijn/", "/signalen/nieuw/"}:
                self.send_header("Stek-Reader", "a")
                self.send_header("Stek-Keep", str(int(time.time()) + 60))
            self.end_headers()
            body = site.code if self.path == "/sw.js" else f"<html lang=nl><h1>{site.words} {self.path}</h1>"
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


def test_words_come_on_the_telephone_of_who_asked_and_lead_to_their_page(phone):
    page, browser = phone(JEF), Browser()
    given = {"endpoint": browser.endpoint, "keys": {name: browser.form[name] for name in ("p256dh", "auth")}}
    page.add_init_script(PERMITTED.replace("SUBSCRIPTION", json.dumps(given)))
    page.goto("/mijn/telefoon/")
    assert looks_wrong(page) == []
    press(page.get_by_role("button", name="Zet meldingen aan op dit toestel"))
    expect(page.locator("main h3")).to_have_text("Dit toestel")
    assert looks_wrong(page) == []

    # What the worker shows of what we send (tests/stek/push/test_sending.py reads that).
    said = {"text": "Morgen heb je een beurt.", "path": "/mijn/beurten/mijn/", "tag": "a1", "lang": "nl"}
    shown = push(page.context, page, said)
    assert shown[0] == "STEK"
    assert {name: shown[1][name] for name in ("body", "tag", "lang", "data")} == {
        "body": said["text"], "tag": "a1", "lang": "nl", "data": said["path"],
    }  # fmt: skip
    with page.expect_navigation(url=re.compile(re.escape(said["path"]))):
        page.context.service_workers[0].evaluate(
            "data => self.dispatchEvent(Object.assign(new Event('notificationclick'), "
            "{ notification: { data, close() {} }, waitUntil() {} }))",
            said["path"],
        )

    # Somebody else on this telephone: the server forgets it, and the browser lets go.
    enter(page, ANA)
    until(page, "localStorage.getItem('subscription') === null")
    enter(page, JEF)
    page.goto("/mijn/telefoon/")
    expect(page.locator("main h3")).to_have_count(0)


def push(context: BrowserContext, page: Page, said: dict[str, str]) -> list:
    """Deliver it as the browser's own push service would; what the worker asked to be shown."""
    worker, registrations = context.service_workers[0], []
    worker.evaluate("() => { registration.showNotification = async (...shown) => { self.shown = shown; }; }")
    tools = context.new_cdp_session(page)
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"]))
    tools.send("ServiceWorker.enable")
    page.wait_for_timeout(50)
    where = {"origin": page.evaluate("location.origin"), "registrationId": registrations[0]["registrationId"]}
    tools.send("ServiceWorker.deliverPushMessage", {**where, "data": json.dumps(said)})
    for _ in range(100):
        if shown := worker.evaluate("self.shown"):
            return shown
        page.wait_for_timeout(20)
    raise AssertionError("Nothing was shown.")


@pytest.mark.once
def test_without_a_script_there_is_no_button_that_does_nothing(phone):
    page = phone(java_script_enabled=False)
    enter(page, JEF)
    press(page.get_by_role("link", name="STEK op je telefoon"))

    expect(page.locator("h1")).to_have_text("Op je telefoon")
    expect(page.get_by_text("De mails komen altijd.")).to_be_visible()
    expect(page.locator("main button:visible")).to_have_count(0)
    expect(page.locator(".errors:visible")).to_have_count(0)
