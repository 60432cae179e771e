"""What other rooms add to a report: released figures and not one signal more, dossiers and who owes an answer, key moments."""

from __future__ import annotations

import pytest

from signals.models import ReleasedCell
from sites.enums import RoleKind
from sites.models import Partnership
from stek.steering.actions.freezing import freeze
from stek.steering.periods import Period
from tests.desk import client_of
from tests.factories.signals import make_dossier, make_dossier_step, make_release, make_signal, make_theme
from tests.factories.sites import make_person
from tests.reading import Node, read
from tests.rows import day
from tests.steering.views.test_figures_page import PAGE, named
from tests.steering.world import TEN_OCTOBER, a_summer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TEN_OCTOBER, tick=False)


@pytest.fixture
def kempen() -> Partnership:
    return a_summer()


@pytest.fixture
def member(kempen):
    return client_of(make_person(RoleKind.STEERING, partnership=kempen))


def part(client, code: str, path: str = PAGE) -> Node:
    return named(read(client.get(path)).one("main"), "section", f"{code}-part")


def rows(section: Node) -> list[list[str]]:
    return [[cell.text for cell in row.all("th", "td")] for row in section.all("tr")][1:]


def released(kempen, *, here_only: int | None = None, other: int | None = None):
    """A total and one cell of two that may be seen, and a theme of which nothing may; or the cell of a place, and the other total, too."""
    here = kempen.sites.get(slug="hier")
    codes = ["wonen-x", "geld-x"]
    for code, name in zip(codes, ("Wonen hier", "Geldzorgen"), strict=True):
        make_theme(code=code, names={"nl": name, "fr": f"{name} (fr)"})
    themes = [{"code": code, "names": {"nl": code}, "under": code} for code in codes]
    release = make_release(here, themes=themes)
    for code, site, value in (
        ("wonen-x", "", 12), ("wonen-x", "hier", here_only), ("geld-x", "", other), ("geld-x", "hier", None),
    ):  # fmt: skip
        ReleasedCell.objects.create(release=release, year=2023, first=3, last=3, theme=code, site=site, value=value)
    return release


def test_signals_are_released_figures_and_what_is_hidden_stays_hidden(kempen, member):
    released(kempen)
    for _one in range(7):
        make_signal(kempen.sites.get(slug="daar"))

    section = part(member, "signals")

    assert section.one("h2").text == "Wonen hier: het vaakst gesignaleerd, 12 keer"
    assert rows(section) == [["Wonen hier", "12", "–", "–"], ["Geldzorgen", "–", "–", "–"]]
    assert "zodat niemand te herkennen is" in section.text
    assert part(member, "signals", "/fr" + PAGE).one("h2").text.startswith("Wonen hier (fr)")


@pytest.mark.parametrize(
    ("here_only", "other", "title"),
    [
        (None, None, "Signalen per thema"),
        (9, None, "Wonen hier: het vaakst gesignaleerd, 9 keer"),
        (9, 10, "Signalen per thema"),  # all of the other theme may be from here
    ],
)
def test_title_of_one_place_claims_only_what_was_published_of_it(kempen, member, here_only, other, title):
    released(kempen, here_only=here_only, other=other)

    titles = [part(member, "signals", f"{PAGE}?plek={place}").one("h2").text for place in ("hier", "daar")]
    sheets = member.get(f"{PAGE}?plek=hier&als=csv").content.decode().splitlines()

    assert titles == [title, "Signalen per thema"]
    assert title in sheets


def test_without_a_release_not_one_signal_shows(kempen, member):
    for _one in range(9):
        make_signal(kempen.sites.get(slug="hier"))

    section = part(member, "signals")

    assert rows(section) == []
    assert "zodra de cijfers van deze periode vrijgegeven zijn" in section.text


def test_frozen_report_keeps_its_released_figures_without_what_was_hidden(kempen, member):
    released(kempen)
    report = freeze(kempen, Period.parse("2023-K3"), by=None)

    kept = report.figures["parts"]["signals"]

    assert [(row["code"], row["total"], row["by_site"]) for row in kept["rows"]] == [
        ("wonen-x", 12, [None]), ("geld-x", None, [None]),
    ]  # fmt: skip
    assert rows(part(member, "signals", PAGE + "verslag/")) == [
        ["Wonen hier", "12", "–", "–"],
        ["Geldzorgen", "–", "–", "–"],
    ]


def test_who_owes_an_answer_stands_in_the_title_and_first(kempen, member):
    here = kempen.sites.get(slug="hier")
    late, later, done = (make_dossier(here, title=title) for title in ("Te laat", "Nog tijd", "Klaar"))
    for dossier, status, due in (
        (late, "raised", "2023-10-01"), (later, "raised", "2023-12-01"), (done, "solved", None),
    ):  # fmt: skip
        dossier.steps.update(
            status=status,
            due_on=due and day(due),
            day=day("2023-08-01"),
            addressee="Gemeente Elders",
            answer="",
            answered_on=None,
        )
        type(dossier).objects.filter(pk=dossier.pk).update(status=status)

    section = part(member, "dossiers")

    assert section.one("h2").text == "Gemeente Elders is ons al te lang een antwoord schuldig"
    assert rows(section) == [
        ["Te laat", "Gemeente Elders", "Aangekaart", "1 augustus 2023", "1 oktober 2023, te laat"],
        ["Nog tijd", "Gemeente Elders", "Aangekaart", "1 augustus 2023", "1 december 2023"],
        ["Klaar", "Gemeente Elders", "Opgelost", "1 augustus 2023", ""],
    ]


def test_two_who_owe_an_answer_are_counted(kempen, member):
    here = kempen.sites.get(slug="hier")
    for who in ("Gemeente Elders", "De vervoersmaatschappij"):
        dossier = make_dossier(here, title=who)
        dossier.steps.update(
            due_on=day("2023-10-01"), day=day("2023-08-01"), addressee=who, answer="", answered_on=None, status="raised"
        )
        type(dossier).objects.filter(pk=dossier.pk).update(status="raised")

    assert part(member, "dossiers").one("h2").text == "2 dossiers wachten te lang op een antwoord"


def test_who_was_asked_before_it_was_refused_owes_nothing_when_it_is_raised_elsewhere(kempen, member):
    dossier = make_dossier(kempen.sites.get(slug="hier"), title="De bus", status="analysed")
    for status, who, due in (("raised", "Gemeente Elders", "2023-09-01"), ("refused", "", None), ("raised", "De provincie", "2023-12-01")):  # fmt: skip
        make_dossier_step(dossier, status=status, addressee=who, day=day("2023-08-01"), due_on=due and day(due))

    section = part(member, "dossiers")

    assert section.one("h2").text == "1 dossier wacht op een antwoord"
    assert rows(section) == [["De bus", "De provincie", "Aangekaart", "1 augustus 2023", "1 december 2023"]]


def test_key_moments_of_the_period_and_those_to_come(member):
    assert rows(part(member, "moments")) == [
        ["1 september 2023", "Hier", "De keuken is klaar"], ["1 november 2023 (gepland)", "Daar", "Een nieuwe deur"],
    ]  # fmt: skip
    assert rows(part(member, "moments", PAGE + "?plek=daar")) == [
        ["1 november 2023 (gepland)", "Daar", "Een nieuwe deur"]
    ]
