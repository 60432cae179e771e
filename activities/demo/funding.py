"""What pays for the demonstration's places, which is fact; and example choices of what would stay."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import yaml

from activities.actions.staying import choose_what_stays
from activities.enums import Staying
from activities.models import Activity, Continuation
from partners.models import Funding, Organisation
from sites.enums import Precision
from sites.models import Partnership, Site

FACTS = Path(__file__).parent.parent / "data" / "fundings.yaml"
# (site, activity) -> what stays and by whom: ours, so that the page can be tried. Nobody said so.
STAYS = {
    ("kantine-bezemheide", "kruideniertje"): (Staying.STAYS, "kruideniertje"),
    ("kantine-bezemheide", "winkeltje"): (Staying.STAYS, "winkeltje"),
    ("kantine-bezemheide", "open-leersalon"): (Staying.SMALLER, "ligo-antwerpen"),
    ("kantine-bezemheide", "ontmoetingsmoment"): (Staying.SMALLER, "gem-kalmthout"),
    ("kattegat", "de-cirkel"): (Staying.STAYS, "de-cirkel"),
    ("kattegat", "fietsbieb"): (Staying.STAYS, "fietsbieb"),
}


def load_funding(path: Path = FACTS) -> None:
    """Once: what was changed by hand since stays."""
    partnership = Partnership.objects.filter(sites__slug="kantine-bezemheide").first()
    if partnership is None or Funding.objects.exists():
        return
    sites = {site.slug: site for site in Site.objects.filter(partnership=partnership)}
    for entry in yaml.safe_load(path.read_text()):
        Funding.objects.create(
            partnership=partnership, site=sites.get(entry.get("site")), source=entry["source"],
            first_day=entry.get("first_day"), first_precision=Precision[entry.get("precision", "day").upper()],
            last_day=entry.get("last_day"), approved_on=entry.get("approved_on"),
            fte=Decimal(str(entry["fte"])) if "fte" in entry else None, note=entry.get("note", ""),
        )  # fmt: skip
    if not Continuation.objects.exists():
        _choose(sites)


def _choose(sites: dict[str, Site]) -> None:
    organisations = {row.code: row for row in Organisation.objects.all()}
    for slug, site in sites.items():
        activities = {row.slug: row for row in Activity.objects.filter(site=site)}
        chosen = {
            activities[activity]: (what, organisations.get(code))
            for (of, activity), (what, code) in STAYS.items()
            if of == slug and activity in activities
        }
        choose_what_stays(site, chosen, by=None, is_example=True)
