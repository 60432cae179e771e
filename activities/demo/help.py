"""Example help, so that the screens of volunteers live: who helps, what is asked, who said yes. All of it is an example."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from activities.actions.needs import add_need
from activities.actions.shifts import sign_up, stand, volunteer_of
from activities.actions.volunteers import keep_volunteer
from activities.models import Series, Shift, ShiftNeed, SignUp, Swap
from partners.consents import CANDIDATE_VERSION
from partners.enums import Skill, Tongue
from partners.models import Candidate, Volunteer
from sites.models import Site, User
from stek.time import now, today

from .people import KANTINE, KATTEGAT, person


@dataclass(frozen=True, slots=True)
class Asked:
    """Help with an activity of a site. The hours of the activities are not known, so these are examples."""

    site: str
    activity: str
    task: str
    skill: Skill
    minimum: int
    maximum: int
    begin: dt.time
    end: dt.time


HOST = "Onthaal: koffie zetten en de weg wijzen"
NEEDS = [
    Asked(KANTINE, "ontmoetingsmoment", HOST, Skill.HOST, 2, 3, dt.time(13), dt.time(16, 30)),
    Asked(KANTINE, "ontmoetingsmoment", "Samen opruimen", Skill.COFFEE, 1, 2, dt.time(16), dt.time(17)),
    Asked(KANTINE, "kruideniertje", "Rekken vullen", Skill.SHELVES, 1, 2, dt.time(12, 30), dt.time(14, 30)),
    Asked(KATTEGAT, "ontmoetingsmoment", HOST, Skill.HOST, 2, 2, dt.time(13), dt.time(16, 30)),
    Asked(KATTEGAT, "de-cirkel", "Rekken vullen", Skill.SHELVES, 1, 2, dt.time(12, 30), dt.time(14, 30)),
    Asked(KATTEGAT, "de-cirkel", "Aan de kassa zitten", Skill.HOST, 1, 1, dt.time(13), dt.time(16)),
]
# A year and a few days before the demonstration begins, and since always.
SINCE = [dt.date(2022, 10, 13), dt.date(2022, 1, 1)]
WITHOUT_ACCOUNT = {KANTINE: ["Rosa", "Miel"], KATTEGAT: ["Lutgart"]}


def load_help() -> None:
    """Once: what was changed by hand since stays. Nobody gets a letter about it: it was so before the demonstration began."""
    if ShiftNeed.objects.exists():
        return
    for site in (KANTINE, KATTEGAT):
        needs = [need for one in NEEDS if one.site == site and (need := _need(one))]
        user = person("vrijwilliger", site)
        if user is not None and needs:
            _help(user, site, needs)
        other = person("vrijwilliger-2", site)
        if other is not None and needs:
            _offer(other, needs)
            _wants_to_help(needs[0].series.activity.site)


def _need(asked: Asked) -> ShiftNeed | None:
    rows = Series.objects.published().filter(activity__site__slug=asked.site, activity__slug=asked.activity)
    if (series := rows.last()) is None:
        return None
    return add_need(
        series, by=None, task=asked.task, skill=asked.skill, minimum=asked.minimum, maximum=asked.maximum,
        begin=asked.begin, end=asked.end,
    )  # fmt: skip


def _help(user: User, site: str, needs: list[ShiftNeed]) -> None:
    """The example volunteer has a standing place and a shift besides; others without an account help now and then."""
    likes = [Skill.HOST, Skill.SHELVES]
    helper = keep_volunteer(
        volunteer_of(user), skills=likes, languages=[Tongue.NL, Tongue.FR], shows_first_name=True, takes_calls=True
    )
    stand(needs[0], helper)
    home = needs[0].series.activity.site
    for number, name in enumerate(WITHOUT_ACCOUNT[site]):
        other = keep_volunteer(
            Volunteer(site=home, since=SINCE[number]), name=name, skills=[Skill.HOST], languages=[Tongue.NL], shows_first_name=number == 0
        )  # fmt: skip
        for shift in Shift.objects.filter(need=needs[number]).coming(now())[:6:2]:
            sign_up(shift, other)


def _offer(user: User, needs: list[ShiftNeed]) -> None:
    """Somebody with an account who has two shifts, and offers the second to who can take it."""
    helper = keep_volunteer(volunteer_of(user), shows_first_name=True)
    shelves = next(need for need in needs if need.skill == Skill.SHELVES)
    for shift in list(Shift.objects.filter(need=shelves).coming(now())[1:3]):
        sign_up(shift, helper)
    Swap.objects.create(place=SignUp.objects.get(shift=shift, volunteer=helper))


def _wants_to_help(site: Site) -> None:
    """Somebody filled in the form on the page of a site yesterday."""
    Candidate.objects.create(
        site=site, name="Lies", email=f"lies.{site.slug}@voorbeeld.example", skills=[Skill.KITCHEN],
        consent_version=CANDIDATE_VERSION, offered_on=today() - dt.timedelta(days=1),
    )  # fmt: skip
