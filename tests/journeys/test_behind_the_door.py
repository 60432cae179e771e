"""What coordinators and administrators can reach, page by page; and one key from its invitation to its end."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils.translation import override
from playwright.sync_api import Page

from tests.addresses import BEHIND_A_RIGHT
from tests.browser import UNREACHED, findings, findings_in_the_dark, press, sticks_out, walk_by_keyboard
from tests.demo import W
from tests.journeys.letters import Letters, code, link

LINK, HREF = re.compile(r'<a\b[^>]*href="/[^>]*>'), re.compile(r'href="([^"]*)"')
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# Buttons of a form, and pages of rows that the demonstration has none of: no link leads there.
NOT_LINKED = [
    "activities:accept_idea", "activities:away_shifts", "activities:back_again", "activities:discard_draft",
    "activities:draft", "activities:go_first", "activities:hand_over", "activities:hang_paper", "activities:is_told",
    "activities:lift_closure", "activities:propose", "activities:spot_away", "activities:stop", "activities:take_off",
    "partners:add_existing", "partners:add_new", "partners:come_back", "partners:decision", "partners:decision_away", "partners:finish",
    "partners:invite_candidate", "partners:invited", "partners:network_invited", "partners:point", "partners:point_away",
    "partners:take_on", "signals:again",
    "signals:switch_theme", "signals:take_back", "sites:check", "sites:home", "sites:language_help", "sites:message_again",
    "sites:network_message_again", "sites:pushes_off", "sites:pushes_on", "sites:remove_home", "sites:reopen_site", "sites:telephone_here",
]  # fmt: skip

# Cells of a table that are higher than ten lines: words that stand letter under letter.
STACKED = """() => [...document.querySelectorAll("tbody :is(td, th)")].filter((one) => one.offsetHeight > 240)
  .map((one) => `${one.offsetHeight}: ${one.dataset.head || ""} ${one.textContent.trim().slice(0, 40)}`)"""
# Words that were broken in two: a cell with one word that is higher than a line.
BROKEN = """() => [...document.querySelectorAll("tbody :is(td, th)")].filter((one) => {
    const text = document.createRange();
    text.selectNodeContents(one);
    return one.textContent.trim() && !/[\\s-]/.test(one.textContent.trim()) && text.getBoundingClientRect().height > 40;
  }).map((one) => one.textContent.trim())"""


def enter(window: Page, word: str, prefix: str = "") -> None:
    """Through the door of the demonstration."""
    window.goto(f"{prefix}/demo/")
    press(window.locator(f"form[action='{prefix}/demo/als/{word}/'] button"))


def kind_of(path: str, language: str) -> str | None:
    """Which kind of page an address is; None for one that is public or not a page."""
    with override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    return match.view_name if getattr(match.func, "right", None) else None


def pages_behind(
    window: Page,
    start: list[str],
    language: str,
    look: Callable[[int], list] | None = None,
    *,
    part: int = 0,
    of: int = 1,
) -> tuple[dict[str, str], dict[str, list]]:
    """Kind of page -> the first address of it that links lead to; and of addresses what is wrong, says who may look at each while it is open.

    Without somebody who looks, pages are read and not drawn; who looks may look at one `part` of so many `of`.
    """
    found: dict[str, str] = {}
    wrong: dict[str, list] = {}
    waiting = list(start)
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path, language)
        if kind is None or kind in found:
            continue
        is_drawn = look is not None and len(found) % of == part
        response = window.goto(path) if is_drawn else window.request.get(path)
        assert response.status == 200, path
        found[kind] = path
        links = [tag for tag in LINK.findall(response.text()) if " download" not in tag]
        waiting += [urlsplit(HREF.findall(tag)[0]).path for tag in links]
        if look and is_drawn and (some := look(len(found) // of)):
            wrong[path] = some
    return found, wrong


def starts(word: str) -> list[str]:
    """Where somebody begins to walk: who has no desk has only their own page."""
    return ["/mijn/"] if word.startswith("vrijwilliger") else ["/mijn/", "/beheer/"]


def too_wide(window: Page) -> list:
    """For who uses a small screen or large letters."""
    window.set_viewport_size({"width": 320, "height": 640})
    wrong = sticks_out(window)
    window.set_viewport_size(DESK)
    window.evaluate("document.documentElement.style.fontSize = '200%'")
    return wrong + sticks_out(window)


def out_of_reach(window: Page, *, closely: bool) -> list:
    """For who uses ears; closely: also for who uses a keyboard, sees colours badly, or looks at it at night."""
    if not closely:
        return findings(window, without=["color-contrast"])
    unringed = [one for one in walk_by_keyboard(window) if not (one["ringed"] and one["shown"])]
    # Of a row of choices Tab reaches one, arrows the others.
    unreached = [one for one in window.evaluate(UNREACHED) if 'type="radio"' not in one]
    return [*findings(window), *findings_in_the_dark(window), *unreached, *unringed]


def walk(
    window: Page, word: str, *, closely: int, part: int = 0, of: int = 1
) -> tuple[dict[str, str], dict[str, list]]:
    """Behind the door of `word`, where one page of so many `of` is looked at, and one of these so many at `closely`."""

    def look(number: int) -> list:
        window.set_viewport_size(PHONE)
        wrong = out_of_reach(window, closely=number % closely == 0) + too_wide(window)
        window.set_viewport_size(PHONE)
        return wrong

    enter(window, word)
    return pages_behind(window, starts(word), "nl", look, part=part, of=of)


@pytest.mark.once
def test_links_lead_to_every_page_behind_a_right(open_window):
    window = open_window()
    found: set[str] = set()
    for word in (f"coordinator/{W}", f"vrijwilliger/{W}", "beheerder"):
        enter(window, word)
        found |= pages_behind(window, starts(word), "nl")[0].keys()

    with override("nl"):
        all_kinds = {kind for one in BEHIND_A_RIGHT if one.is_dutch and (kind := _kind(one))}
    unfound = all_kinds - found
    missed, linked_after_all = unfound - set(NOT_LINKED), set(NOT_LINKED) - unfound
    assert (missed, linked_after_all) == (set(), set())


@pytest.mark.once
@pytest.mark.parametrize(
    ("word", "closely", "part", "of"),
    [(f"coordinator/{W}", 4, 0, 3), (f"coordinator/{W}", 4, 1, 3), (f"coordinator/{W}", 4, 2, 3), (f"vrijwilliger/{W}", 1, 0, 1)],
)  # fmt: skip
def test_pages_are_for_everyone(open_window, word, closely, part, of):
    """In parts, which take a quarter of a minute each. Colours come from one list, and what a keyboard meets from a few kinds of lists and forms."""
    window = open_window(viewport=PHONE, reduced_motion="reduce")

    found, wrong = walk(window, word, closely=closely, part=part, of=of)

    assert len(found) > 7
    assert wrong == {}


@pytest.mark.prove
@pytest.mark.parametrize("word", [f"coordinator/{W}", "beheerder"])
def test_every_page_is_for_everyone_looked_at_closely(open_window, word):
    found, wrong = walk(open_window(viewport=PHONE, reduced_motion="reduce"), word, closely=1)

    assert len(found) > 7
    assert wrong == {}


@pytest.mark.prove
def test_every_page_fits_in_french_too(open_window):
    window = open_window(viewport=DESK)
    enter(window, f"coordinator/{W}", "/fr")
    found, wrong = pages_behind(window, ["/fr/mijn/", "/fr/beheer/"], "fr", lambda number: too_wide(window))

    assert len(found) > 12
    assert wrong == {}


@pytest.mark.once
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_tables_of_the_steering_group_are_legible_on_a_small_telephone(open_window, prefix):
    window = open_window(viewport={"width": 360, "height": 780})
    enter(window, "stuurgroep", prefix)

    for path in ("/stuurgroep/cijfers/noorderkempen/2023-K3/", "/stuurgroep/geld/"):
        window.goto(f"{prefix}{path}")
        assert (window.evaluate(STACKED), window.evaluate(BROKEN)) == ([], []), path


def _kind(address) -> str | None:
    filled = address.fill(**{name: W if name == "slug" else "1" for name in address.parameters})
    return kind_of(filled, "nl")


@pytest.mark.parametrize(
    ("size", "prefix", "script", "name"),
    [(PHONE, "", False, "nl"), (DESK, "/fr", True, "fr")],
    ids=["phone-nl-without-script", "desk-fr"],
)
def test_a_key_from_invitation_to_end(open_window, served, size, prefix, script, name):
    letters = Letters(served.log.parent / "mail")
    address = f"werker.{name}@voorbeeld.example"
    coordinator = open_window(viewport=size, java_script_enabled=script)
    worker = open_window(viewport=size, java_script_enabled=script)

    # Invited …
    enter(coordinator, f"coordinator/{W}", prefix)
    coordinator.goto(f"{prefix}/beheer/{W}/mensen/")
    coordinator.locator("input[name=kind][value=partner_worker]").check()
    choice = coordinator.locator("select[name=organisation] option", has_text="CAW")
    coordinator.locator("select[name=organisation]").select_option(choice.first.get_attribute("value"))
    coordinator.locator("input[name=email]").fill(address)
    if name == "fr":
        coordinator.locator("input[name=language][value=fr]").check()
    press(coordinator.locator("main form button.btn").last)

    # … says yes with a code from the mail …
    worker.goto(urlsplit(letters.newest(address, link)).path)
    press(worker.locator("button[value=join]"))
    worker.locator("#id_code").fill(letters.newest(address, code))
    press(worker.locator("main button[type=submit]").first)
    press(worker.locator("button[value=join]"))

    # … works …
    worker.goto(f"{prefix}/mijn/")
    assert worker.locator("main .dates li").count() == 4
    assert worker.context.request.get(f"{prefix}/beheer/{W}/").status == 403

    # … and stops today: tomorrow nothing opens, and the history says so.
    coordinator.goto(f"{prefix}/beheer/{W}/mensen/")
    row = coordinator.locator("li", has_text=address)
    press(row.locator("a").last)
    coordinator.locator("input[name=on]").fill("2023-10-10")
    press(coordinator.locator("main form button.btn").last)
    press(coordinator.locator("main form button.btn").first)
    coordinator.goto(f"{prefix}/beheer/{W}/mensen/")
    assert "10 " in coordinator.locator("li", has_text=address).first.locator("strong").inner_text()
