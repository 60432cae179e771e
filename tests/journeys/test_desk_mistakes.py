"""The coordinator's pages as they are after a button: with what is wrong, before it is done, and when somebody else was first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from activities.actions.closure import close
from activities.actions.occurrence import move
from activities.actions.series import start_series
from activities.models import Series
from sites.enums import RoleKind
from sites.models import Site, User
from tests.browser import findings, findings_in_the_dark, press, sticks_out
from tests.factories.activities import make_activity, make_plan, make_type, series_fields
from tests.factories.partners import make_engagement, make_membership, make_organisation
from tests.factories.sites import make_person, make_place, make_site
from tests.journeys.conftest import listen, serious
from tests.offer import date_of, offer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

DESK, SMALL = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# Sixty letters without a place to break, as a title may be.
LONG = "Ontmoetingsnamiddagenvoorbereidingsvergadering" + "x" * 14
FRENCH = {"nl": "", "fr": "/fr"}
# Own words of ours that stand in the page outside of what is marked as Dutch, each text once.
TEXTS = """() => {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = new Set();
  while (walk.nextNode()) {
    const one = walk.currentNode, words = one.textContent.trim().replace(/\\s+/g, " ");
    if (/[a-z]{2,} +[a-z]{2,}/.test(words) && !one.parentElement.closest("main [lang], textarea, option")) found.add(words);
  }
  return [...found];
}"""
# Links of the summary that lead nowhere, fields that are wrong without saying so, and errors of which no field says that it has them.
UNTOLD = """() => [
  ...[...document.querySelectorAll(".errors a")].filter((one) => !document.querySelector(one.getAttribute("href"))),
  ...[...document.querySelectorAll(".bad :is(input, select, textarea):not([type=hidden])")].filter((one) =>
    one.getAttribute("aria-invalid") !== "true" && !one.closest("fieldset")),
  ...[...document.querySelectorAll(".err")].filter((one) => one.id && !document.querySelector(`[aria-describedby~="${one.id}"]`)),
].map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(dt.datetime(2023, 10, 10, 7, tzinfo=dt.UTC))


@pytest.fixture
def site() -> Site:
    """With a kitchen, a kind of activity, and a plan."""
    site = make_site(slug="hier", name="Hier")
    make_place(site, name="Keuken", kind="room")
    make_plan(site)
    make_type(code="proef", names={"nl": "Proef", "fr": "Essai", "en": "Trial"})
    return site


@pytest.fixture
def caw(site):
    caw = make_organisation(name="CAW")
    make_engagement(site, organisation=caw)
    return caw


@pytest.fixture
def coffee(site, caw) -> Series:
    """Every Monday from 10 to 12 in the kitchen, by CAW, of which a worker has a key."""
    make_membership(site, user=make_person(RoleKind.PARTNER_WORKER, site=site), organisation=caw)
    kitchen = site.places.get(name="Keuken")
    return offer(site, LONG, organisers=[caw], place=kitchen)


@pytest.fixture
def draft(site, caw) -> Series:
    return start_series(
        make_activity(site), by=None, publish=False, proposed_by=caw, **series_fields(title="Yoga", weekday=4)
    )


@pytest.fixture
def window_of(new_context, live_server) -> Iterator[Callable[[User], Page]]:
    complaints: list[str] = []

    def window_of(person: User) -> Page:
        client = Client()
        client.force_login(person)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = new_context(base_url=live_server.url, viewport=DESK, reduced_motion="reduce")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        window = context.new_page()
        listen(window, complaints)
        return window

    yield window_of
    assert [one for one in serious(complaints) if "409" not in one] == []


@pytest.fixture
def window(window_of, site) -> Page:
    return window_of(make_person(RoleKind.COORDINATOR, site=site))


def fill(window: Page, values: dict[str, str]) -> None:
    """As a browser would that lets every mistake through. Of what is ticked or chosen `value` says which; none is no tick."""
    window.evaluate("document.querySelectorAll('form').forEach((one) => { one.noValidate = true; })")
    for name, value in values.items():
        field = window.locator(f"main [name='{name}']")
        kind = field.first.evaluate("one => one.type")
        if kind in {"radio", "checkbox"}:
            field.and_(window.locator(f"[value='{value}']")).check() if value else field.uncheck()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)


def send(window: Page, path: str, values: dict[str, str]) -> None:
    assert window.goto(path).status == 200
    fill(window, values)
    press(window.locator("main form[method=post] button[type=submit]").first)


def hard_to_use(window: Page, language: str, *, colours: bool = True) -> list[str]:
    """For who uses ears, the night, a small screen or large letters. Words are longer in French, and colours the same: as they are on the
    other pages of one test.
    """
    wrong = window.evaluate(UNTOLD)
    if language == "nl":
        wrong += (
            [*findings(window), *findings_in_the_dark(window)]
            if colours
            else findings(window, without=["color-contrast"])
        )
    window.set_viewport_size(SMALL)
    wrong += sticks_out(window)
    window.set_viewport_size(DESK)
    window.evaluate("document.documentElement.style.fontSize = '200%'")
    wrong += sticks_out(window)
    window.evaluate("document.documentElement.style.fontSize = ''")
    return wrong


def in_both(pages: dict[str, dict[str, list[str]]]) -> dict[str, list[str]]:
    """What a page says in the same words in Dutch and in French."""
    assert all(len(texts) > 1 for of_language in pages.values() for texts in of_language.values())
    return {name: same for name in pages["nl"] if (same := sorted({*pages["nl"][name]} & {*pages["fr"][name]}))}


HOURS = {"begin": "16:00", "end": "13:00"}
TELEPHONE = "Bel 0470 12 34 56"


def mistakes(coffee: Series, draft: Series) -> dict[str, dict[str, str]]:
    """Address -> what is filled in there, and is wrong."""
    monday = f"planner/datum/{date_of(coffee, '2023-10-16').uuid}/"
    agreement, activity = f"planner/afspraak/{coffee.pk}/", f"planner/activiteit/{coffee.activity_id}/"
    return {
        "planner/nieuw/": {"title": TELEPHONE, "price_kind": "fixed", "first_day": "", **HOURS},
        monday: {"scope": "from", "since": "", "day": "", "reason": "", **HOURS},
        f"{monday}afzeggen/": {"note": TELEPHONE},
        f"{monday}op-pad/": {"note": TELEPHONE, "begin_1": "16:00", "end_1": "13:00"},
        agreement: {"price_kind": "fixed", "price": "", "since": "", "reason": TELEPHONE, **HOURS},
        f"{agreement}stoppen/": {"last_day": "", "reason": ""},
        f"{agreement}woorden/": {"title": "", "description_fr": "Sans titre", "reason": ""},
        activity: {"meet": "", "learn": "", "politicise": "", "refer": ""},
        f"planner/ontwerp/{draft.pk}/weg/": {"reason": ""},
        "planner/seizoen/": {"weeks": "0"},
        "planner/datums/": {"lines": f"31/2/2024; 10:00\n{LONG * 3}; x\n12/10/2023; 16:00; 13:00; Soep"},
        "plannen/nieuw/": {"title": "", "note": TELEPHONE},
        "sluitingen/nieuw/": {"first_day": "2023-11-05", "last_day": "2023-10-23", "reason": ""},
    }


def test_pages_with_mistakes_are_for_everyone(window, site, coffee, draft):
    wrong, texts = {}, {"nl": {}, "fr": {}}
    for language, prefix in FRENCH.items():
        for path, values in mistakes(coffee, draft).items():
            send(window, f"{prefix}/beheer/hier/{path}", values)
            assert window.locator(".errors li").count() > 0, path
            colours = not texts[language]
            texts[language][path] = window.evaluate(TEXTS)
            if found := hard_to_use(window, language, colours=colours):
                wrong[f"{prefix} {path}"] = found

    assert wrong == {}
    assert in_both(texts) == {}


def test_a_proposal_with_mistakes_is_for_everyone(window_of, site, coffee):
    worker = window_of(User.objects.get(roles__kind=RoleKind.PARTNER_WORKER))
    texts: dict[str, dict[str, list[str]]] = {"nl": {}, "fr": {}}
    for language, prefix in FRENCH.items():
        send(worker, f"{prefix}/beheer/hier/planner/voorstel/", {"title": TELEPHONE, "first_day": "", **HOURS})
        texts[language]["proposal"] = worker.evaluate(TEXTS)

        assert worker.locator(".errors li").count() > 3
        assert hard_to_use(worker, language) == []
    assert in_both(texts) == {}


def previews(coffee: Series) -> dict[str, dict[str, str]]:
    """Address -> what is filled in there, and makes the page say all it can."""
    site = coffee.activity.site
    kitchen = str(site.places.get(name="Keuken").pk)
    monday = f"planner/datum/{date_of(coffee, '2023-10-16').uuid}/"
    soup = offer(site, "Soep", weekday=1, activity=make_activity(site, combined_with=coffee.activity))
    type_code = str(coffee.activity.type_id)
    new = {"title": LONG, "type": type_code, "functions": "meet", "often": "weekly", "first_day": "2023-10-16"}
    return {
        "planner/nieuw/": new | {"begin": "11:00", "end": "13:00", "place": kitchen},
        f"{monday}?dag=2023-10-19": {"scope": "from", "reason": LONG},
        f"planner/datum/{date_of(soup, '2023-10-17').uuid}/": {
            "scope": "this", "day": "2023-10-16", "begin": "11:00", "end": "13:00", "place": kitchen,
        },
        f"{monday}afzeggen/": {"note": LONG},
        f"{monday}te-gast/": {},
        f"planner/afspraak/{coffee.pk}/stoppen/": {"last_day": "2023-10-12", "reason": LONG},
        "planner/datums/": {
            "title": LONG, "type": type_code, "functions": "meet", "lines": "12/10/2023; 10:00; 12:00\n13/10/2023",
        },
        "sluitingen/nieuw/?dag=2023-10-16&tot=2023-11-05": {"reason": LONG},
    }  # fmt: skip


@pytest.mark.prove
def test_previews_are_for_everyone(window, site, coffee):
    wrong, texts = {}, {"nl": {}, "fr": {}}
    pages = previews(coffee)
    for language, prefix in FRENCH.items():
        for path, values in pages.items():
            send(window, f"{prefix}/beheer/hier/{path}", values)
            assert window.locator("button[name=zeker]").count() > 0, path
            if window.locator("#samen").count():
                press(window.locator("button[name=zeker]").first)  # forgotten: the page says so
                assert window.locator(".bad").count() == 1
            texts[language][path] = window.evaluate(TEXTS)
            if found := hard_to_use(window, language):
                wrong[f"{prefix} {path}"] = found

    assert wrong == {}
    assert in_both(texts) == {}


def test_what_somebody_else_did_meanwhile_is_for_everyone(window, site, coffee):
    monday = date_of(coffee, "2023-10-16")
    plan = site.plans.get()
    wrong, texts = {}, {"nl": {}, "fr": {}}
    for number, (language, prefix) in enumerate(FRENCH.items(), start=1):
        send(window, f"{prefix}/beheer/hier/planner/datum/{monday.uuid}/", {"scope": "this", "day": "2023-10-20"})
        move(monday, by=None, day=dt.date(2023, 10, 16 + number), begin=monday.begin, end=monday.end, note=LONG)
        press(window.locator("button[name=zeker]").first)
        assert window.locator(".errors").count() == 1
        texts[language]["date"] = window.evaluate(TEXTS)
        wrong[f"{prefix} date"] = hard_to_use(window, language)

        assert window.goto(f"{prefix}/beheer/hier/plannen/{plan.pk}/").status == 200
        type(plan).objects.filter(pk=plan.pk).update(note=LONG + str(number))
        fill(window, {"note": "Anders"})
        press(window.locator("main form[method=post] button[type=submit]").first)
        assert window.locator(".errors").count() == 1
        texts[language]["plan"] = window.evaluate(TEXTS)
        wrong[f"{prefix} plan"] = hard_to_use(window, language)

    assert {name: found for name, found in wrong.items() if found} == {}
    assert in_both(texts) == {}


def test_pages_that_no_link_leads_to_are_for_everyone(window, site, coffee, draft):
    """A draft with its kitchen taken, a plan, and a closure that is lifted."""
    Series.objects.filter(pk=draft.pk).update(place=coffee.place, weekday=0, begin=dt.time(11), end=dt.time(13))
    closure = close(
        by=None, partnership=site.partnership, site=site, first_day=dt.date(2023, 10, 16), last_day=dt.date(2023, 10, 29),
        reason=LONG,
    )  # fmt: skip
    wrong, texts = {}, {"nl": {}, "fr": {}}
    for language, prefix in FRENCH.items():
        for path in (f"planner/ontwerp/{draft.pk}/", f"sluitingen/{closure.pk}/open/", "planner/2023-W42/", "plannen/"):
            assert window.goto(f"{prefix}/beheer/hier/{path}").status == 200
            if "ontwerp" in path:
                press(window.locator("main form[method=post] button[type=submit]").first)
                assert window.locator("#samen").count() == 1
            colours = not texts[language]
            texts[language][path] = window.evaluate(TEXTS)
            if found := hard_to_use(window, language, colours=colours):
                wrong[f"{prefix} {path}"] = found

    assert wrong == {}
    assert in_both(texts) == {}
