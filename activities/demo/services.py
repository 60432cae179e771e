"""Example lines of the referral guide."""

from __future__ import annotations

from pathlib import Path

import yaml

from partners.models import Organisation, Service
from sites.models import Partnership

FACTS = Path(__file__).parent.parent / "data" / "services.yaml"


def load_services(path: Path = FACTS) -> None:
    """Once: what was changed by hand since stays."""
    partnership = Partnership.objects.filter(sites__slug="kantine-bezemheide").first()
    if partnership is None or Service.objects.exists():
        return
    organisations = {row.code: row for row in Organisation.objects.all()}
    for entry in yaml.safe_load(path.read_text()):
        Service.objects.create(
            partnership=partnership, organisation=organisations[entry["organisation"]], code=entry["code"],
            name=entry["name"], what_for=entry["nl"], translations={"fr": entry["fr"], "en": entry["en"]}, is_example=True,
        )  # fmt: skip
