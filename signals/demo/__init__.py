"""Example signals: four quarters that are over and the one that runs, skewed as in life. All of them carry the word "voorbeeld"."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from activities.iso_week import IsoWeek
from signals.actions.releasing import release_quarter
from signals.enums import Kind, Reason, State
from signals.kinds import counted_as
from signals.models import Contribution, Held, Refused, Signal, Theme
from signals.quarters import Period, before
from signals.rules import hash_of, new_code
from signals.weeks import quarter_of, this_week
from sites.models import Partnership, Site
from stek.time import today

EXAMPLES = Path(__file__).parent.parent / "data" / "examples.yaml"
KANTINE, KATTEGAT = "kantine-bezemheide", "kattegat"

# How often people come back with it: a few areas of life fill the table, others are rare. And where.
OFTEN = {
    "papers": 22,
    "energy": 16,
    "health": 14,
    "debts": 12,
    "housing": 10,
    "income": 8,
    "food": 6,
    "family": 5,
    "ageing": 4,
    "company": 3,
}
AT_KANTINE = {"papers": 0.6, "energy": 0.7, "health": 0.5, "ageing": 0.35, "company": 0.4}
USUALLY_AT_KANTINE = 0.6
# Of the four quarters that are over, the oldest first: the places became known.
PER_QUARTER = (64, 78, 96, 108)
SINCE_THEN = 6
# Themes that in a quarter came from one organisation only, so that a page shows that they are not counted.
OF_ONE = {"company"}
SEEN_TOO = 0.25
SEED = 20231010


@dataclass(frozen=True, slots=True)
class Example:
    theme: str
    barrier: str
    text: str
    service: str
    idea: str
    is_positive: bool

    @property
    def told(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("barrier", "text", "service", "idea", "is_positive")}


def read(path: Path = EXAMPLES) -> dict[str, Any]:
    return yaml.safe_load(path.read_text())


def as_example(theme: str, entry: list[str]) -> Example:
    barrier, text, service, idea = (*entry, "", "")[:4]
    return Example(theme, barrier.lstrip("+"), text, service, idea, is_positive=barrier.startswith("+"))


@transaction.atomic
def load_signals() -> None:
    """Once: what was changed by hand since stays."""
    found = Site.objects.filter(slug__in=[KANTINE, KATTEGAT]).select_related("partnership")
    sites = {site.slug: site for site in found}
    if len(sites) < 2 or Signal.objects.exists():
        return
    teller = _Teller(sites, {theme.code: theme for theme in Theme.objects.all()}, random.Random(SEED))  # noqa: S311 (the same each time)
    now = this_week()
    accepted = teller.accepted(now)
    teller.say_again(accepted)
    Signal.objects.bulk_create([*accepted, *teller.opened(now.plus(-1))])
    Held.objects.bulk_create(teller.held(now))
    Refused.objects.create(
        site=sites[KANTINE], theme=teller.themes["debts"], reason=Reason.PERSON, is_example=True,
        year=now.plus(-1).year, week=now.plus(-1).number,
    )  # fmt: skip
    _contribute(sites[KANTINE].partnership_id, accepted)
    publish(sites[KANTINE].partnership, now)


class _Teller:
    """Says examples at sites, by chance."""

    def __init__(self, sites: dict[str, Site], themes: dict[str, Theme], chance: random.Random) -> None:
        self.sites, self.themes, self.chance = sites, themes, chance
        self.facts = read()
        self.pool = {code: [as_example(code, one) for one in told] for code, told in self.facts["told"].items()}

    def accepted(self, now: IsoWeek) -> list[Signal]:
        numbers = zip(_weeks_of_quarters(now), (*PER_QUARTER, SINCE_THEN), strict=True)
        return [self._accepted(self.chance.choice(weeks)) for weeks, number in numbers if weeks for _ in range(number)]

    def opened(self, week: IsoWeek) -> list[Signal]:
        """What waits for the coordinators."""
        return [
            self._row(
                Signal, as_example(one["theme"], one["told"]), slug, week, state=State.OPENED,
                was_asked=one.get("asked", False),
            )
            for slug, some in self.facts["waiting"].items() for one in some
        ]  # fmt: skip

    def held(self, week: IsoWeek) -> list[Held]:
        """Fewer than are opened, with codes that nobody has."""
        return [
            self._row(Held, as_example(one["theme"], one["told"]), slug, week, code_hash=hash_of(new_code()))
            for slug, some in self.facts["held"].items() for one in some
        ]  # fmt: skip

    def say_again(self, rows: list[Signal]) -> None:
        """The same words at one place are one signal that was told again; some were also seen by others."""
        first: dict[tuple[int, str], Signal] = {}
        for row in rows:
            kept = first.setdefault((row.site_id, row.text), row)
            if kept is not row:
                row.merged_into, row.text, row.service, row.idea = kept, "", "", ""
            elif self.chance.random() < SEEN_TOO:
                row.marks = " ".join(sorted(uuid.uuid4().hex for _ in range(self.chance.randint(1, 4))))

    def _accepted(self, week: IsoWeek) -> Signal:
        (code,) = self.chance.choices(list(OFTEN), weights=list(OFTEN.values()))
        is_at_kantine = self.chance.random() < AT_KANTINE.get(code, USUALLY_AT_KANTINE)
        example = self.chance.choice(self.pool[code])
        return self._row(Signal, example, KANTINE if is_at_kantine else KATTEGAT, week, state=State.ACCEPTED)

    def _row(self, model: Any, one: Example, slug: str, week: IsoWeek, **more: Any) -> Any:
        return model(
            theme=self.themes[one.theme], site=self.sites[slug], year=week.year, week=week.number, is_example=True,
            **one.told, **more,
        )  # fmt: skip


def publish(partnership: Partnership, now: IsoWeek, kind: Kind = Kind.SIGNALS) -> None:
    """The quarters whose day has come, each as it was published on that day; the job does the rest, as everywhere."""
    for part in _quarters(now):
        if part.release_day <= today():
            release_quarter(partnership, counted_as(kind), part, day=part.release_day)


def _quarters(now: IsoWeek) -> list[Period]:
    """The four before this one, and this one."""
    parts = [quarter_of(now)]
    while len(parts) < 5:
        parts.insert(0, before(parts[0]))
    return parts


def _weeks_of_quarters(now: IsoWeek) -> Iterator[list[IsoWeek]]:
    """The weeks of the four quarters before this one, and those of this one that are over."""
    parts = _quarters(now)
    past = [now.plus(-number) for number in range(1, 70)]
    for part in parts:
        yield [week for week in past if quarter_of(week) == part]


def _contribute(partnership: int, signals: list[Signal]) -> None:
    """That more than one organisation spoke of nearly everything, in each quarter."""
    told = {(quarter_of(row.iso_week), row.theme.code) for row in signals}
    Contribution.objects.bulk_create(
        Contribution(
            partnership=partnership, year=part.year, quarter=part.first, theme=code,
            several=code not in OF_ONE, token=uuid.uuid4().hex if code in OF_ONE else "",
        )
        for part, code in sorted(told, key=lambda _: uuid.uuid4())
    )  # fmt: skip
