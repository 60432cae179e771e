"""Through the job itself: six quarters of signals as organisations wrote them, and what somebody makes of all that was published.

The attacker holds every figure of `manage.py released_tables`, remembers what their own organisation wrote, and looks at every hidden cell.
"""

from __future__ import annotations

import json
import random
from itertools import product

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from signals.actions.releasing import release_due
from signals.attack import Figure, Knowledge
from signals.contributors import note_contribution
from signals.ledger import past_releases
from signals.models import Contribution, Release, Signal, Theme, Threshold
from signals.quarters import parse
from sites.models import Site
from tests.factories.sites import make_partnership, make_site

from .counted import QUARTERS, years

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PARTNERSHIPS = [
    pytest.param(2, id="2 partnerships"),
    pytest.param(60, id="60 partnerships", marks=pytest.mark.prove),
]


class Village:
    """A partnership of any shape, with what each of its organisations wrote in six quarters."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        names, places, self.organisations, entries = years(seed)
        themes = list(Theme.objects.in_order())
        self.theme = dict(zip(names, themes, strict=False))
        partnership = make_partnership()
        self.site = {place: make_site(partnership=partnership, name=place) for place in places}
        self.partnership = partnership
        k, is_strict = chance.choice([5, 5, 6, 8]), chance.random() < 0.3
        if (k, is_strict) != (5, False):
            Threshold.objects.create(partnership=partnership, k=k, is_strict=is_strict)
        self.wrote = {
            (when, self.theme[theme].code, self.site[place].slug, who): number
            for when, told in entries.items()
            for (theme, place, who), number in told.items()
        }

    def live(self) -> None:
        """Quarter after quarter: told, and published on its day."""
        sites = {site.slug: site for site in self.site.values()}
        themes = {theme.code: theme for theme in self.theme.values()}
        for when in QUARTERS:
            rows = []
            for (part, theme, site, who), number in self.wrote.items():
                if part == when and number:
                    rows += [self._signal(sites[site], themes[theme], when) for _ in range(number)]
                    note_contribution(who, partnership=self.partnership.pk, quarter=when, theme=themes[theme])
            Signal.objects.bulk_create(rows)
            release_due(when.release_day)

    @staticmethod
    def _signal(site: Site, theme: Theme, when) -> Signal:
        return Signal(site=site, theme=theme, year=when.year, week=when.first * 13 - 5, state="accepted", text="x")

    def of(self, who: str) -> dict:
        """What an organisation wrote: (quarter, theme, site) -> number, zero where it wrote nothing."""
        cells = product(
            QUARTERS, Theme.objects.values_list("code", flat=True), [site.slug for site in self.site.values()]
        )
        return {(when, theme, site): self.wrote.get((when, theme, site, who), 0) for when, theme, site in cells}


def figures(capsys) -> list[Figure]:
    """Every figure that is visible in the published tables, in (quarter, theme, site), with the words of the page for what is together."""
    groups = {row.period: {theme["code"]: theme["under"] for theme in row.themes} for row in Release.objects.all()}
    capsys.readouterr()
    call_command("released_tables")
    found = []
    for table in json.loads(capsys.readouterr().out)["tables"]:
        period, sites = parse(table["name"].split()[2].rstrip(",")), table["dims"]["site"]
        for cell in table["cells"]:
            key = cell["key"]
            if cell["value"] is not None:
                atoms = {
                    (when, theme, site)
                    for when in period.quarters
                    for theme, under in groups[when].items()
                    if key["theme"] in (theme, under)
                    for site in sites
                    if key.get("site") in (None, site)
                }
                found.append(Figure(frozenset(atoms), cell["value"]))
    return found


def around(cell: frozenset, own: dict, seen: list[Figure]) -> int | None:
    """What others wrote in the smallest visible figures around a cell; None where there is none. That much may be known (the remainder)."""
    left, rest = set(cell), 0
    while left:
        atom = next(iter(left))
        near = [figure for figure in seen if atom in figure.atoms]
        if not near:
            return None
        smallest = min(near, key=lambda figure: len(figure.atoms))
        rest += smallest.value - sum(own[one] for one in smallest.atoms)
        left -= smallest.atoms
    return rest


@pytest.mark.parametrize("rounds", PARTNERSHIPS)
def test_nobody_works_out_a_hidden_cell_from_everything_that_was_ever_published(rounds, capsys):
    """Who wrote nothing is left k numbers, one of them k or more. Who wrote anything knows no more of others than the remainder around."""

    @settings(max_examples=rounds)
    @given(seed=st.integers(0, 2**32))
    def learns_nothing(seed):
        with transaction.atomic():
            village = Village(seed)
            village.live()
            assert Release.objects.count() == len(QUARTERS)  # nothing was stopped
            assert not Contribution.objects.exists()
            seen = figures(capsys)
            truth = {cell: sum(village.of(who)[cell] for who in village.organisations) for cell in village.of("nobody")}
            assert all(sum(truth[atom] for atom in figure.atoms) == figure.value for figure in seen)
            for who in ["nobody", *village.organisations[:2]]:
                own = village.of(who)
                knowledge = Knowledge(seen, own)
                for cell, k in hidden(village, seen):
                    check(knowledge, cell, own, seen, k, is_outside=who == "nobody")
            transaction.set_rollback(True)

    learns_nothing()


def hidden(village: Village, seen: list[Figure]):
    """Every total and cell of a theme of which no figure was published."""
    known = {figure.atoms for figure in seen}
    for release in past_releases(village.partnership.pk, "signals"):
        for theme, site in product(release.themes, [None, *release.sites]):
            cell = frozenset((release.quarter, theme, one) for one in release.sites if site in (None, one))
            if not covered(cell, known):
                yield cell, release.k


def covered(cell: frozenset, known: set[frozenset]) -> bool:
    """Whether published figures lie within a cell and fill it: then nothing of it is hidden."""
    left = set(cell)
    for atoms in sorted(known, key=len):
        if atoms <= left:
            left -= atoms
    return not left


def check(knowledge: Knowledge, cell: frozenset, own: dict, seen: list[Figure], k: int, *, is_outside: bool) -> None:
    fit = knowledge.fit(cell, k)
    wrote, rest = sum(own[atom] for atom in cell), around(cell, own, seen)
    assert [number - wrote for number in fit.lowest] == list(range((k - 1 if rest is None else min(rest, k - 1)) + 1))
    assert (fit.highest is None) == (rest is None)
    assert rest is None or fit.highest - wrote == rest
    if is_outside:
        assert len(fit.lowest) == k
        assert fit.highest is None or fit.highest >= k
