"""Signals with their organisation, as they never stand in the database: what the attacker remembers, and the tables that follow."""

import random
from collections import Counter

from signals.figures import Table
from signals.quarters import quarter

QUARTERS = [quarter(2023, 1), quarter(2023, 2), quarter(2023, 3), quarter(2023, 4), quarter(2024, 1), quarter(2024, 2)]


def zipf(names):
    return [1 / place for place in range(1, len(names) + 1)]


def told(chance, *, signals, themes, sites, organisations):
    """Counter of (theme, site, organisation); themes and organisations by Zipf's law, sites alike."""
    return Counter(
        zip(
            chance.choices(themes, zipf(themes), k=signals),
            chance.choices(sites, k=signals),
            chance.choices(organisations, zipf(organisations), k=signals),
            strict=True,
        )
    )


def table_of(quarter, entries, *, themes, sites):
    """The true table of a quarter."""
    writers = {
        theme: {who for (about, _, who), number in entries.items() if about == theme and number} for theme in themes
    }
    counts = {
        theme: tuple(
            sum(n for (about, where, _), n in entries.items() if (about, where) == (theme, site)) for site in sites
        )
        for theme in themes
    }
    return Table(quarter, tuple(sites), counts, frozenset(theme for theme, who in writers.items() if len(who) > 1))


def years(seed):
    """Six quarters of entries of a partnership of any shape: (themes, sites, organisations, {quarter: entries})."""
    chance = random.Random(seed)
    themes = [f"thema-{number}" for number in range(chance.randint(2, 8))]
    sites = ["kantine", "molen", "statie"][: chance.randint(1, 3)]
    organisations = [f"org-{number}" for number in range(chance.randint(2, 6))]
    entries = {
        quarter: told(chance, signals=chance.randint(0, 90), themes=themes, sites=sites, organisations=organisations)
        for quarter in QUARTERS
    }
    return themes, sites, organisations, entries
