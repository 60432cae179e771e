"""Two places of one partnership in a summer in which everything happened, and a third place that is somebody else's."""

from __future__ import annotations

import datetime as dt

from activities.models import Series
from partners.models import Organisation
from sites.models import Partnership, Site
from tests.factories.activities import (
    make_activity,
    make_attendance,
    make_need,
    make_occurrence,
    make_presence,
    make_series,
    make_shift,
    make_sign_up,
)
from tests.factories.partners import make_engagement, make_organisation, make_organisation_name
from tests.factories.sites import make_closure, make_milestone, make_partnership, make_site
from tests.rows import day

TEN_OCTOBER = dt.datetime(2023, 10, 10, 7, tzinfo=dt.UTC)


def a_summer() -> Partnership:
    """The third quarter of 2023 and what lies around it."""
    partnership = make_partnership(slug="kempen", name="STEK Kempen")
    here = make_site(partnership=partnership, slug="hier", name="Hier")
    there = make_site(partnership=partnership, slug="daar", name="Daar")
    saamo, caw = make_organisation(name="Samenlevingsopbouw"), make_organisation(name="CAW")
    make_organisation_name(saamo, name="SAAMO", since=day("2023-08-15"))
    make_engagement(here, organisation=saamo, days_a_month=2)
    make_engagement(here, organisation=caw, days_a_month=4, until=day("2023-08-20"))
    make_engagement(there, organisation=saamo, since=day("2023-07-10"), days_a_month=1)
    _offer(here, saamo, caw)
    _school(there, saamo)
    make_closure(here, first_day=day("2023-07-17"), last_day=day("2023-07-23"))
    make_milestone(here, day=day("2023-09-01"), text="De keuken is klaar")
    make_milestone(there, day=day("2023-11-01"), text="Een nieuwe deur")
    _of_others(saamo)
    return partnership


def _offer(here: Site, saamo: Organisation, caw: Organisation) -> None:
    """Coffee moves from Monday to Thursday; one evening lasts into the next quarter."""
    coffee = make_activity(here, slug="koffie", refer=True)
    before = make_series(coffee, title="Koffie", last_day=day("2023-08-06"))
    after = make_series(coffee, title="Koffie op donderdag", weekday=3, first_day=day("2023-08-10"), follows=before)
    for text, people, new_faces in (("2023-06-26", 10, 0), ("2023-06-30", 9, 1), ("2023-07-03", 5, 1)):
        count = make_attendance(make_occurrence(before, day(text)), people=people, new_faces=new_faces)
        make_presence(count, saamo)
    make_presence(count, caw)
    _with_help(before)
    make_occurrence(before, day("2023-07-17"))  # in the closed week
    make_attendance(make_occurrence(before, day("2023-07-24")), took_place=False, people=None)
    make_occurrence(before, day("2023-08-03"), status="withdrawn")
    make_attendance(
        make_occurrence(after, day("2023-08-10"), original_date=day("2023-08-11")), people=8, new_faces=None
    )
    late = make_occurrence(
        after, day("2023-09-30"), begin=dt.time(22), end=dt.time(2),
        begins_at=dt.datetime(2023, 9, 30, 20, tzinfo=dt.UTC), ends_at=dt.datetime(2023, 10, 1, 0, tzinfo=dt.UTC),
    )  # fmt: skip
    make_attendance(late, people=12, new_faces=3)
    make_shift(make_need(after, minimum=1, before=30, after=15), late)
    make_occurrence(after, day("2023-10-05"))
    make_occurrence(after, day("2023-12-07"))
    make_occurrence(make_series(coffee, title="Ontwerp", is_published=False), day("2023-07-05"))
    other = make_series(make_activity(here, slug="kookclub"), title="Kookclub")
    make_presence(make_attendance(make_occurrence(other, day("2023-07-03")), people=4, new_faces=0), saamo)


def _with_help(coffee: Series) -> None:
    """One place of two is taken on the 3rd, both on the 31st; on the 10th it is called off."""
    need = make_need(coffee, minimum=2, begin=dt.time(13), end=dt.time(16, 30))
    third = make_shift(need, coffee.occurrences.get(day=day("2023-07-03")))
    make_sign_up(third)
    make_sign_up(third, state="waiting")
    full = make_shift(need, make_occurrence(coffee, day("2023-07-31")))
    make_sign_up(full)
    make_sign_up(full, volunteer=None)
    make_sign_up(make_shift(need, make_occurrence(coffee, day("2023-07-10"), status="cancelled")))


def _school(there: Site, saamo: Organisation) -> None:
    """One date falls on a holiday; another is held on one anyway."""
    lessons = make_series(make_activity(there, slug="les", meet=False, learn=True), title="Les", weekday=1)
    first = make_occurrence(
        lessons, day("2023-07-04"), begin=dt.time(13), end=dt.time(16),
        begins_at=dt.datetime(2023, 7, 4, 11, tzinfo=dt.UTC), ends_at=dt.datetime(2023, 7, 4, 14, tzinfo=dt.UTC),
    )  # fmt: skip
    make_presence(make_attendance(first, people=7, new_faces=2), saamo)
    make_occurrence(lessons, day("2023-08-15"))
    make_attendance(make_occurrence(lessons, day("2023-07-21"), opened_anyway=True), people=4, new_faces=0)


def _of_others(saamo: Organisation) -> None:
    elsewhere = make_site(slug="elders")
    series = make_series(make_activity(elsewhere), title="Elders")
    make_presence(make_attendance(make_occurrence(series, day("2023-07-03")), people=99, new_faces=9), saamo)
    make_engagement(elsewhere, organisation=saamo, days_a_month=9)
