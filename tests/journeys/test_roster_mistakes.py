"""The pages of who helps, full and with what is wrong: for who uses ears, the night, a small screen or large letters, in two languages."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page

from activities.actions.needs import add_need
from activities.actions.shifts import sign_up, stand
from activities.actions.swaps import offer_swap
from activities.actions.volunteers import keep_volunteer
from activities.models import Series, Shift, SignUp, Swap
from sites.enums import RoleKind
from tests.browser import press
from tests.factories.partners import make_candidate, make_helper, make_volunteer
from tests.factories.sites import make_person
from tests.journeys.test_desk_mistakes import (  # noqa: F401  # fixtures are found by their name
    DESK,
    FRENCH,
    LONG,
    TELEPHONE,
    TEXTS,
    caw,
    clock,
    coffee,
    hard_to_use,
    in_both,
    send,
    site,
    window_of,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

STREET = "Kerkstraat 12"
# Words in so narrow a column that each of their lines holds a few letters only.
SQUEEZED = """() => [...document.querySelectorAll("main :is(p, h2, h3, li, label, td, th, button)")].filter((one) => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  return one.offsetParent !== null && !one.closest(".unseen") && one.textContent.trim().length > 12
    && box.width < 4.5 * parseFloat(style.fontSize);
}).map((one) => `${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture
def shift(coffee) -> Shift:  # noqa: F811
    """The first of a task with a long name, for one."""
    need = add_need(coffee, by=None, task=LONG, minimum=1, maximum=1)
    return Shift.objects.filter(need=need).order_by("occurrence__day")[0]


@pytest.fixture
def helper(site):  # noqa: F811
    helper = make_helper(site)
    helper.user.name = LONG
    helper.user.save()
    return keep_volunteer(helper, skills=["host"], languages=["ar", "tr"], takes_calls=True, may_be_pictured=True)


@pytest.fixture
def desk(window_of, site) -> Page:  # noqa: F811
    return window_of(make_person(RoleKind.COORDINATOR, site=site))


def look(window: Page, paths: list[str]) -> tuple[dict[str, list[str]], dict[str, dict[str, list[str]]]]:
    """What is hard to use on pages without their language, and what they say."""
    wrong, texts = {}, {"nl": {}, "fr": {}}
    for language, prefix in FRENCH.items():
        for path in paths:
            assert window.goto(prefix + path).status in {200, 404}, path
            colours = not texts[language]
            texts[language][path] = window.evaluate(TEXTS)
            if found := hard_to_use(window, language, colours=colours):
                wrong[prefix + path] = found
    return wrong, texts


def squeezed(window: Page, paths: list[str]) -> dict[str, list[str]]:
    """On a phone, with letters twice as large."""
    window.set_viewport_size({"width": 390, "height": 844})
    found = {}
    for path in paths:
        window.goto(path)
        window.evaluate("document.documentElement.style.fontSize = '200%'")
        found[path] = window.evaluate(SQUEEZED)
    window.set_viewport_size(DESK)
    return {path: some for path, some in found.items() if some}


def try_wrong(
    window: Page, wrongs: dict[str, dict[str, str]]
) -> tuple[dict[str, list[str]], dict[str, dict[str, list[str]]]]:
    """The same after a form was sent with what cannot be."""
    wrong, texts = {}, {"nl": {}, "fr": {}}
    for language, prefix in FRENCH.items():
        for path, values in wrongs.items():
            send(window, prefix + path, values)
            assert window.locator(".errors").count() > 0, path
            colours = not texts[language]
            texts[language][path] = window.evaluate(TEXTS)
            if found := hard_to_use(window, language, colours=colours):
                wrong[prefix + path] = found
    return wrong, texts


def test_pages_of_the_roster_are_for_everyone(desk, site, shift, helper):  # noqa: F811
    """Everybody with a long name, one who waits for an answer, one to thank, one who is new."""
    sign_up(shift, helper)
    rosa = make_volunteer(site=site, name=LONG, phone="0470 12 34 56", since=dt.date(2022, 10, 12))
    make_volunteer(site=site, name="Nieuw", since=dt.date(2023, 10, 2))
    make_candidate(site, name=LONG, phone="0470 12 34 56", email=f"{'lang' * 14}@voorbeeld.example")
    SignUp.objects.create(shift=Shift.objects.filter(need=shift.need).order_by("pk")[1], volunteer=rosa)
    desks, week = "/beheer/hier/", "2023-W42"
    paths = [
        f"{desks}rooster/{week}/", f"{desks}rooster/{week}/blad/", f"{desks}rooster/beurt/{shift.uuid}/", f"{desks}vrijwilligers/",
        f"{desks}vrijwilligers/aanmeldingen/", f"{desks}vrijwilligers/uren/", f"{desks}rooster/taak/{shift.need_id}/stop/",
    ]  # fmt: skip

    wrong, texts = look(desk, paths)

    assert wrong == {}
    assert squeezed(desk, paths) == {}
    assert in_both(texts) == {}


def test_pages_of_the_roster_with_mistakes_are_for_everyone(desk, site, shift, coffee):  # noqa: F811
    rosa = make_volunteer(site=site, name="Rosa")
    asked = {"task": TELEPHONE, "minimum": "5", "maximum": "2", "before": "999", "after": ""}
    desks = "/beheer/hier/"

    wrong, texts = try_wrong(
        desk,
        {
            f"{desks}rooster/hulp/{coffee.pk}/": asked,
            f"{desks}rooster/datum/{shift.occurrence.uuid}/": asked,
            f"{desks}rooster/taak/{shift.need_id}/": asked | {"task": ""},
            f"{desks}rooster/beurt/{shift.uuid}/": {"volunteer": ""},
            f"{desks}vrijwilligers/nieuw/": {"name": "", "phone": STREET, "since": "2023-10-10", "until": "2023-01-01"},
            f"{desks}vrijwilligers/onthaal/v{rosa.pk}/": {"talk": "2030-01-01"},
        },
    )

    assert wrong == {}
    assert in_both(texts) == {}


def test_pages_of_who_helps_are_for_everyone_also_with_what_cannot_be(window_of, site, shift, helper):  # noqa: F811
    stand(add_need(Series.objects.get(), by=None, task="Opruimen", before=-120, after=60), helper)
    other = make_helper(site)
    sign_up(shift, other)
    mine = SignUp.objects.filter(volunteer=helper).order_by("shift__occurrence__day").first().shift
    offered = offer_swap(shift, other)
    offer_swap(mine, helper, wanted=shift)
    window = window_of(helper.user)

    paths = [
        "/mijn/", "/mijn/beurten/", f"/mijn/beurten/{mine.uuid}/", f"/mijn/beurten/{mine.uuid}/ruilen/", f"/mijn/ruilen/{offered.uuid}/",
        f"/mijn/ruilen/{Swap.objects.get(place__volunteer=helper).uuid}/", "/mijn/ruilen/0b0e7c3e-9d5f-4b7e-8a43-0c5a3f6a1d11/",
    ]  # fmt: skip

    wrong, texts = look(window, paths)
    more, said = try_wrong(
        window,
        {"/mijn/hulp/": {"phone": STREET}, "/mijn/hulp/weg/": {"first_day": "2023-10-15", "last_day": "2023-10-10"}},
    )

    assert wrong | more == {}
    assert squeezed(window, [*paths, "/mijn/hulp/", "/hier/vrijwilliger-worden/"]) == {}
    assert in_both(texts) == {}
    assert in_both(said) == {}


def test_refusals_of_a_button_are_for_everyone(window_of, site, shift, helper):  # noqa: F811
    """The last place that somebody else took, while the page was open."""
    window, texts = window_of(helper.user), {"nl": {}, "fr": {}}
    for language, prefix in FRENCH.items():
        SignUp.objects.all().delete()
        window.goto(f"{prefix}/mijn/beurten/{shift.uuid}/")
        sign_up(shift, make_helper(site))
        press(window.locator("main form[method=post] button[type=submit]").first)
        assert window.locator(".errors").count() == 1
        texts[language]["full"] = window.evaluate(TEXTS)

        assert hard_to_use(window, language) == []
    assert in_both(texts) == {}


def test_page_of_who_wants_to_help_is_for_everyone(window_of, site):  # noqa: F811
    window = window_of(make_person(RoleKind.STEERING, partnership=site.partnership))
    wrong, texts = try_wrong(
        window, {"/hier/vrijwilliger-worden/": {"name": "", "phone": STREET, "email": "geen adres"}}
    )
    more, said = look(window, [f"/hier/vrijwilliger-worden/{make_candidate(site).uuid}/"])

    assert wrong | more == {}
    assert in_both(texts) == {}
    assert in_both(said) == {}
