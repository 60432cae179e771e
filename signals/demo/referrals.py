"""Example referrals: some people a week, to a few services often and to others now and then. Every number is made up, and says so."""

from __future__ import annotations

import random

from activities.iso_week import IsoWeek
from partners.models import Service
from signals.enums import Kind
from signals.models import Pointing, Referral
from signals.weeks import quarter_of, this_week
from sites.models import Partnership, Site

from . import publish

WEEKS = 66  # five quarters
# Code of a service -> how many people a week at an ordinary place.
USUAL = {"onthaal-caw": 2.2, "basiseducatie": 1.1, "sociaal-wonen": 0.7, "digitale-hulp": 0.4}
# Of one municipality, so mostly from one place.
OF_ONE = {"kantine-bezemheide": "sociale-dienst-kalmthout", "kattegat": "sociale-dienst-wuustwezel"}
OF_ONE_A_WEEK = 1.6
SEED = 20231011


def load_referrals() -> None:
    """Once: what was counted since is somebody's."""
    sites = list(Site.objects.filter(slug__in=OF_ONE).order_by("slug"))
    services = {row.code: row for row in Service.objects.filter(partnership__sites__in=sites).distinct()}
    if len(sites) < len(OF_ONE) or not services or Referral.objects.exists():
        return
    chance, now = random.Random(SEED), this_week()  # noqa: S311  # an example, no secret
    rows, pointings = [], {}
    for ago in range(WEEKS, 0, -1):
        week = now.plus(-ago)
        for site in sites:
            for code, usual in (USUAL | {OF_ONE[site.slug]: OF_ONE_A_WEEK}).items():
                number = sum(chance.random() < usual / 8 for _person in range(8))
                if number and code in services:
                    rows.append(_row(site, services[code], week, number))
                    quarter = quarter_of(week)
                    pointings[site.partnership_id, quarter.year, quarter.first, code] = code
    Referral.objects.bulk_create(rows)
    Pointing.objects.bulk_create(
        Pointing(partnership=partnership, year=year, quarter=quarter, service=code, several=True)
        for partnership, year, quarter, code in pointings
    )
    for partnership in Partnership.objects.filter(sites__in=sites).distinct():
        publish(partnership, now, Kind.REFERRALS)


def _row(site: Site, service: Service, week: IsoWeek, number: int) -> Referral:
    return Referral(site=site, service=service, year=week.year, week=week.number, number=number, is_example=True)
