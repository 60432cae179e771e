"""Rows of the signals room. Every function takes what differs and fills in the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import count
from typing import Any

from django.test import Client

from partners.models import Organisation, Service
from signals.enums import Reason
from signals.models import (
    Contribution,
    Dossier,
    DossierFigure,
    DossierSentence,
    DossierStep,
    Held,
    Pointing,
    Referral,
    Refused,
    Release,
    ReleasedCell,
    Signal,
    Theme,
    Threshold,
)
from signals.quarters import Period
from signals.rules import hash_of, new_code
from signals.weeks import this_week
from sites.enums import RoleKind
from sites.models import Site, User
from stek.time import today

from .partners import make_membership, make_organisation, make_service
from .sites import make_role

_number = count(1)


def make_theme(**fields: Any) -> Theme:
    number = next(_number)
    return Theme.objects.create(**{"code": f"thema-{number}", "names": {"nl": f"Thema {number}"}} | fields)


def theme(code: str = "housing") -> Theme:
    return Theme.objects.get(code=code)


def make_signal(site: Site, **fields: Any) -> Signal:
    """One that was accepted, of this week."""
    return Signal.objects.create(**_told(site, {"state": "accepted"} | fields))


def make_held(site: Site, *, code: str = "", **fields: Any) -> Held:
    return Held.objects.create(**_told(site, {"code_hash": hash_of(code or new_code())} | fields))


def make_refused(site: Site, **fields: Any) -> Refused:
    week = this_week(site.time_zone)
    plain = {"theme": theme(), "reason": Reason.PERSON, "year": week.year, "week": week.number}
    return Refused.objects.create(site=site, **plain | fields)


def make_contribution(site: Site, **fields: Any) -> Contribution:
    plain = {"partnership": site.partnership_id, "year": 2023, "quarter": 4, "theme": "housing", "token": "x"}
    return Contribution.objects.create(**plain | fields)


def make_dossier(site: Site, *, of_all: bool = False, **fields: Any) -> Dossier:
    """One that is ready to be raised, with a first step of today. `of_all`: of all sites of the partnership."""
    words = {
        "title": f"Dossier {next(_number)}",
        "problem": "Het loket sluit.",
        "causes": "Er is te weinig volk.",
        "affected": "Wie werkt.",
    }
    plain = words | {"proposals": "Open ’s avonds.", "addressee": "Gemeente Voorbeeld"}
    scope = {"partnership_id": site.partnership_id, "site": None if of_all else site}
    dossier = Dossier.objects.create(**scope | plain | fields)
    make_dossier_step(dossier, status=dossier.status)
    return dossier


def make_dossier_step(dossier: Dossier, **fields: Any) -> DossierStep:
    """The next one, of today; the dossier becomes as far as it says."""
    plain = {"position": dossier.steps.count() + 1, "status": "raised", "day": today()} | fields
    step = DossierStep(dossier=dossier, **{"published_on": plain["day"]} | plain)
    step.save(force_insert=True)
    Dossier.objects.filter(pk=dossier.pk).update(status=step.status)
    dossier.status = step.status
    return step


def make_sentence(dossier: Dossier, **fields: Any) -> DossierSentence:
    plain = {"text": f"Ik sta er voor een gesloten deur, nummer {next(_number)}.", "approved_on": today()}
    return DossierSentence.objects.create(dossier=dossier, **plain | fields)


def make_figure(dossier: Dossier, cell: ReleasedCell) -> DossierFigure:
    return DossierFigure.objects.create(dossier=dossier, cell=cell)


def make_worker(
    site: Site, *, checks_people: bool = False, organisation: Organisation | None = None, **fields: Any
) -> User:
    """Somebody who works at a site for an organisation, with the key that goes with it."""
    user = make_role(RoleKind.PARTNER_WORKER, site=site, **fields).user
    make_membership(site, user=user, organisation=organisation or make_organisation(has_control_function=checks_people))
    return user


def _told(site: Site, fields: dict[str, Any]) -> dict[str, Any]:
    week = this_week(site.time_zone)
    plain = {"theme": fields.get("theme") or theme(), "text": f"Er loopt iets mis, nummer {next(_number)}."}
    return {"site": site, "year": week.year, "week": week.number} | plain | fields


# --- Through the pages ----------------------------------------------------------------------------------------------------------------


def told(site: Site, **fields: Any) -> dict[str, Any]:
    """What a browser sends to `/signalen/nieuw/`, as it stands there when everything required is filled in."""
    plain = {
        "code": new_code(), "site": site.slug, "week": str(this_week(site.time_zone)), "theme": theme().pk,
        "text": "De wachtlijst kan je alleen online zien.", "consent": "on",
    }  # fmt: skip
    return plain | fields


def give(client: Client, site: Site, **fields: Any) -> str:
    """Give a signal; the code of it."""
    data = told(site, **fields)
    response = client.post("/signalen/nieuw/", data)
    assert 'data-done="given"' in response.content.decode(), response.content.decode()
    return str(data["code"])


def make_referral(site: Site, service: Service | None = None, **fields) -> Referral:
    """Of one person in week 41 of 2023."""
    plain = {"year": 2023, "week": 41, "number": 1}
    return Referral.objects.create(site=site, service=service or make_service(site), **plain | fields)


def make_pointing(partnership: int = 1, **fields) -> Pointing:
    plain = {"year": 2023, "quarter": 4, "service": "dienst", "token": "x"}
    return Pointing.objects.create(partnership=partnership, **plain | fields)


def make_release(site: Site, **fields: Any) -> Release:
    """Of the third quarter of 2023, in which nothing was told."""
    plain = {
        "partnership": site.partnership, "kind": "signals", "year": 2023, "quarter": 3, "k": 5, "day": dt.date(2023, 10, 9),
        "themes": [{"code": "housing", "names": {"nl": "Wonen"}, "under": "housing"}],
        "sites": [{"code": site.slug, "id": site.pk, "name": site.name}],
    }  # fmt: skip
    return Release.objects.create(**plain | fields)


def make_cell(site: Site, **fields: Any) -> ReleasedCell:
    """A hidden one."""
    release = fields.pop("release", None) or make_release(site)
    plain = {"year": 2023, "first": 3, "last": 3, "theme": "housing"}
    return ReleasedCell.objects.create(release=release, **plain | fields)


def make_threshold(site: Site, **fields: Any) -> Threshold:
    return Threshold.objects.create(partnership=site.partnership, **fields)


# --- A quarter that is over -------------------------------------------------------------------------------------------------------------


def tell(
    part: Period, numbers: dict[tuple[str, Site], int], *, several: Iterable[str] | None = None, **fields: Any
) -> None:
    """So many accepted signals of a quarter, by code of the theme and site. `several`: themes of more organisations than one; without it all."""
    codes = {code for (code, _site), number in numbers.items() if number}
    themes = {row.code: row for row in Theme.objects.filter(code__in=codes)}
    week = part.first * 13 - 6
    plain = {"year": part.year, "week": week, "state": "accepted", "text": "Er loopt iets mis."}
    Signal.objects.bulk_create(
        Signal(site=site, theme=themes[code], **plain | fields)
        for (code, site), number in numbers.items() for _ in range(number)
    )  # fmt: skip
    partnership = next(iter(numbers))[1].partnership_id
    for code in codes:
        is_several = several is None or code in several
        Contribution.objects.update_or_create(
            partnership=partnership, year=part.year, quarter=part.first, theme=code,
            defaults={"several": is_several, "token": "" if is_several else "x"},
        )  # fmt: skip
