"""The screen in the hall when the website goes away and comes back; hours of it in a moment, by the browser's own clock."""

import datetime as dt

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page

from activities.actions.occurrence import cancel
from tests.factories.sites import make_site
from tests.offer import date_of, offer

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db]

NINE = dt.datetime(2023, 10, 11, 7, tzinfo=dt.UTC)  # in Brussels
ADDRESS = "http://hall.example/hier/scherm/"


class Website:
    """Answers the browser without a server: what the test client was told last, until it is `away`."""

    def __init__(self, page: Page, clock) -> None:
        self.page, self.clock, self.away, self.status, self.asked = page, clock, False, 200, 0
        self.pass_by(minutes=0)
        page.route("**/*", self.answer)

    def pass_by(self, minutes: int) -> None:
        """Time on both sides; the answers are waited for. They are made here: within the browser's loop there is no database."""
        self.clock.shift(minutes * 60)
        self.body = Client().get("/hier/scherm/").content
        if minutes:
            self.page.clock.run_for(minutes * 60_000)
            self.page.wait_for_timeout(50)

    def answer(self, route) -> None:
        path = route.request.url.removeprefix("http://hall.example")
        if path.startswith("/static/"):
            route.fulfill(path=finders.find(path.removeprefix("/static/")))
            return
        self.asked += 1
        if self.away:
            route.abort("connectionrefused")
        else:
            route.fulfill(status=self.status, body=self.body, content_type="text/html; charset=utf-8")


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as clock:
        yield clock


@pytest.fixture
def coffee(clock):
    return offer(make_site(slug="hier", name="Hier"), "Koffie", weekday=2, first_day=dt.date(2023, 10, 4))


def looks(page: Page) -> tuple[str, bool, bool]:
    """The hour it says it knows, whether it says that there is no connection, whether it says what is open now."""
    stand = page.locator(".stand").inner_text().removeprefix("Stand van ").split(" uur")[0]
    return stand, page.locator(".lost").is_visible(), page.locator(".when").is_visible()


def test_screen_keeps_what_it_knows_and_says_since_when(page: Page, coffee, clock):
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    website = Website(page, clock)
    page.clock.install()
    page.goto(ADDRESS)
    assert looks(page) == ("9.00", False, True)

    website.pass_by(minutes=1)
    assert looks(page) == ("9.01", False, True)

    website.away = True
    website.pass_by(minutes=30)
    assert looks(page) == ("9.01", True, True)
    assert (
        page.locator(".lost").inner_text()
        == "Geen verbinding met de website. Dit is de stand van woensdag 11 oktober, 9.01 uur."
    )
    assert page.locator("h3").all_inner_texts() == ["Koffie"]
    website.pass_by(minutes=60)  # it has begun: what was "today from ten" is no longer said
    assert looks(page) == ("9.01", True, False)
    assert website.asked > 20

    website.away, website.status = False, 502  # the proxy is back before the website is
    website.pass_by(minutes=1)
    assert looks(page) == ("9.01", True, False)

    website.status = 200
    cancel(date_of(coffee, "2023-10-11"), by=None, note="Ziek")
    website.pass_by(minutes=1)
    assert looks(page) == ("10.33", False, True)
    assert page.locator(".badge").all_inner_texts() == ["Gaat niet door"]
    assert wrong == []
