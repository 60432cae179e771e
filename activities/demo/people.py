"""Example people, one for each key, so that whoever tries the demonstration can look through their eyes. None of them exists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from partners.models import Membership, Organisation
from sites.enums import RoleKind
from sites.models import Role, Site, User

SINCE = dt.date(2022, 1, 1)
KANTINE, KATTEGAT = "kantine-bezemheide", "kattegat"
OF_ONE_SITE = frozenset({RoleKind.COORDINATOR, RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER})


@dataclass(frozen=True, slots=True)
class Example:
    """`word` stands in the address: POST `/demo/als/<word>/<site>/`. A worker is of an organisation engaged at that site."""

    word: str
    kind: RoleKind
    site: str
    name: str
    organisation: str = ""

    @property
    def email(self) -> str:
        return f"{self.word}.{self.site}@voorbeeld.example"


EXAMPLES = [
    Example("coordinator", RoleKind.COORDINATOR, KANTINE, "Mira"),
    Example("coordinator", RoleKind.COORDINATOR, KATTEGAT, "Samira"),
    Example("partner", RoleKind.PARTNER_WORKER, KANTINE, "Noor", "caw-antwerpen"),
    Example("partner", RoleKind.PARTNER_WORKER, KATTEGAT, "Yusuf", "caw-antwerpen"),
    Example("partner-controle", RoleKind.PARTNER_WORKER, KANTINE, "Wout", "gem-kalmthout"),
    Example("partner-controle", RoleKind.PARTNER_WORKER, KATTEGAT, "Ilse", "gem-wuustwezel"),
    Example("vrijwilliger", RoleKind.VOLUNTEER, KANTINE, "Jef"),
    Example("vrijwilliger", RoleKind.VOLUNTEER, KATTEGAT, "Ana"),
    # So that there is somebody to swap with.
    Example("vrijwilliger-2", RoleKind.VOLUNTEER, KANTINE, "Tine"),
    Example("vrijwilliger-2", RoleKind.VOLUNTEER, KATTEGAT, "Rik"),
    Example("stuurgroep", RoleKind.STEERING, KANTINE, "Fatma"),
    Example("beheerder", RoleKind.ADMINISTRATOR, KANTINE, "Bas"),
]


def load_people() -> None:
    """Everyone of the list, each with one key since 2022. What was changed by hand since then stays: only who is not there is made."""
    sites = {
        site.slug: site for site in Site.objects.filter(slug__in=[KANTINE, KATTEGAT]).select_related("partnership")
    }
    organisations = {
        row.code: row for row in Organisation.objects.filter(code__in=[one.organisation for one in EXAMPLES])
    }
    for example in EXAMPLES:
        if example.site in sites and not User.objects.filter(email=example.email).exists():
            _make(example, sites[example.site], organisations)


def _make(example: Example, site: Site, organisations: dict[str, Organisation]) -> None:
    user = User.objects.create_user(example.email, name=example.name)
    scope: dict[str, object] = {}
    if example.kind in OF_ONE_SITE:
        scope = {"site": site}
    elif example.kind == RoleKind.STEERING:
        scope = {"partnership": site.partnership}
    Role.objects.create(user=user, kind=example.kind, since=SINCE, **scope)
    if example.organisation:
        Membership.objects.create(user=user, organisation=organisations[example.organisation], site=site, since=SINCE)


def person(word: str, site: str = KANTINE) -> User | None:
    """The example person of a word at a site; the steering member and the administrator are the same for both sites."""
    found = [one for one in EXAMPLES if one.word == word]
    here = [one for one in found if one.site == site or one.kind not in OF_ONE_SITE]
    return User.objects.filter(email=here[0].email, is_active=True).first() if here else None
