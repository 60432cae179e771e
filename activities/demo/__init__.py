"""The demonstration: a file of facts becomes rows, once. `load` is the whole of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import models, transaction

from activities.actions.materialise import extend_horizon
from activities.models import Activity, Occurrence, Series
from activities.on_paper import OF_ACTIVITY
from partners.models import Organisation
from sites.actions import schedule_changed
from sites.actions.short_link import give_short_links
from sites.models import Milestone, Partnership, Site

from .counts import load_counts
from .facts import FactError, read
from .funding import load_funding
from .help import load_help
from .helped import load_helped
from .ideas import load_ideas
from .meetings import load_meetings
from .network import load_bodies, load_milestones, load_organisations, load_sites
from .offer import load_activities, load_plans
from .outing import load_outing
from .people import load_people
from .rows import Rows
from .services import load_services
from .spots import load_spots

__all__ = ["FactError", "add_part", "load"]

FACTS = Path(__file__).parent.parent / "data" / "noorderkempen.yaml"
_parts: list[Callable[[], object]] = []


def add_part(part: Callable[[], object]) -> None:
    """For `AppConfig.ready`: what a higher room adds, once everything below is there. It does no harm when it is called again."""
    if part not in _parts:
        _parts.append(part)


def load(path: Path = FACTS) -> dict[str, int]:
    """Make the rows be what the file says; a second time changes nothing. Returns counts per table, for a human.

    Raises FactError, naming the entry, for a file that does not hold together; nothing is written then.
    """
    facts = read(path)
    with transaction.atomic():
        rows = Rows()
        partnership = rows.put(
            Partnership, {"slug": facts["partnership"]["slug"]}, {"name": facts["partnership"]["name"]}
        )
        sites = load_sites(rows, partnership, facts)
        organisations = load_organisations(rows, sites, facts)
        load_bodies(rows, partnership, sites, organisations, facts)
        load_milestones(rows, partnership, sites, facts)
        load_activities(rows, sites, organisations, facts)
        load_plans(rows, sites, facts)
        load_people()
        for site in sites.values():
            give_short_links(site)
            give_short_links(
                site, kind=OF_ACTIVITY, numbers=Activity.objects.filter(site=site).values_list("pk", flat=True)
            )
        if rows.changed:
            for site in sites.values():
                schedule_changed(site.pk)
    extend_horizon()
    with transaction.atomic():
        load_help()
        load_helped()
        load_outing()
        load_counts()
        load_meetings()
        load_funding()
        load_ideas()
        load_services()
        load_spots()
    for part in _parts:
        part()
    return _counts(partnership)


def _counts(partnership: Partnership) -> dict[str, int]:
    tables: dict[str, models.QuerySet] = {
        "sites": Site.objects.filter(partnership=partnership),
        "organisations": Organisation.objects.all(),
        "key moments": Milestone.objects.filter(partnership=partnership),
        "activities": Activity.objects.filter(site__partnership=partnership),
        "agreements": Series.objects.filter(activity__site__partnership=partnership),
        "dates": Occurrence.objects.filter(site__partnership=partnership),
    }
    return {name: rows.count() for name, rows in tables.items()}
