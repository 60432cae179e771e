"""Example ideas: two tables with their cards and what came of them, and one that waits in the box."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from activities.actions.ideas import give_idea
from activities.ideas import month_of
from activities.models import Activity, Idea, IdeaTable
from sites.models import Site

FACTS = Path(__file__).parent.parent / "data" / "ideas.yaml"
IN_THE_BOX = "Samen naar de rommelmarkt"


def load_ideas(path: Path = FACTS) -> None:
    """Once: what was changed by hand since stays."""
    if IdeaTable.objects.exists() or Idea.objects.exists():
        return
    for entry in yaml.safe_load(path.read_text()):
        site = Site.objects.filter(slug=entry["site"]).first()
        if site is not None:
            _load(site, entry)
            give_idea(site, IN_THE_BOX, language="nl")
    Idea.objects.update(is_example=True)


def _load(site: Site, entry: dict[str, Any]) -> None:
    questions = {f"question_{number}": words for number, words in enumerate(entry["questions"], 1)}
    table = IdeaTable.objects.create(
        site=site, day=entry["day"], people=entry.get("people"), is_example=True, **questions
    )
    activities = {row.slug: row for row in Activity.objects.filter(site=site)}
    Idea.objects.bulk_create(
        Idea(
            site=site, table=table, question=card["question"], text=card["text"], votes=card.get("votes", 0),
            status=card.get("status", "proposed"), why=card.get("why", ""), since=month_of(table.day),
            activity=activities.get(card.get("activity")),
        )
        for card in entry["cards"]
    )  # fmt: skip
