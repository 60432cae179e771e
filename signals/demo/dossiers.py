"""Two example dossiers under way: one of them waits for an answer that is late."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from signals.dossier_figures import lines_to_choose
from signals.models import Dossier, DossierFigure, DossierSentence, DossierStep
from sites.models import Site
from stek.time import today

EXAMPLES = Path(__file__).parent.parent / "data" / "dossiers.yaml"
SHOWN = 3  # figures: the newest ones of a theme
WORDS = ("title", "problem", "causes", "affected", "proposals", "addressee")


@transaction.atomic
def load_dossiers(path: Path = EXAMPLES) -> None:
    """Once: what was changed by hand since stays."""
    if Dossier.objects.exists():
        return
    sites = {site.slug: site for site in Site.objects.all()}
    for facts in yaml.safe_load(path.read_text()):
        if site := sites.get(facts["site"]):
            _load(site, facts)


def _load(site: Site, facts: dict[str, Any]) -> None:
    steps = facts["steps"]
    dossier = Dossier.objects.create(
        partnership_id=site.partnership_id, site=site, status=steps[-1]["status"], is_example=True,
        **{name: facts[name] for name in WORDS},
    )  # fmt: skip
    day = today(site.time_zone)
    for position, one in enumerate(steps, start=1):
        taken = day - dt.timedelta(days=one["ago"])
        DossierStep.objects.create(
            dossier=dossier, position=position, status=one["status"], day=taken, published_on=taken, text=one.get("text", ""),
            addressee="" if one["status"] in ("collected", "analysed") else facts["addressee"],
            due_on=_ago(day, one.get("due")), answered_on=_ago(day, one.get("answered")),
            answer=one.get("answer", ""), effect=one.get("effect", ""), is_published=one.get("published", False),
        )  # fmt: skip
    told = [
        one.cell for one in lines_to_choose(dossier) if one.cell.theme == facts.get("figures") and not one.cell.site
    ]
    DossierFigure.objects.bulk_create(DossierFigure(dossier=dossier, cell=cell) for cell in told[:SHOWN])
    for text in facts["sentences"]:
        DossierSentence.objects.create(dossier=dossier, text=text, approved_on=day)


def _ago(day: dt.date, days: int | None) -> dt.date | None:
    return None if days is None else day - dt.timedelta(days=days)
