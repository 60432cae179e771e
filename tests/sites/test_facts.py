"""The facts of a site change by verbs: old weeks stay as they were, and nobody overwrites anybody unseen."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sites.actions.site import FACTS, change_facts, open_site, remove_site, reopen_site, stop_site
from sites.enums import SiteKind, SiteStatus
from sites.models import ChangeLog, Site
from sites.rules import closed_days, has_history
from sites.seen import Overtaken, fingerprint
from tests.factories.activities import make_activity
from tests.factories.partners import make_engagement
from tests.factories.sites import (
    make_check,
    make_closure,
    make_milestone,
    make_municipality,
    make_partnership,
    make_place,
    make_role,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


def all_saints(site: Site) -> list[int]:
    """Years in which the site shuts on 1 November."""
    site.refresh_from_db()
    return [
        year for year in (2021, 2022, 2023, 2024) if closed_days(site, [], dt.date(year, 11, 1), dt.date(year, 11, 1))
    ]


def test_changing_a_fact_shows_at_once_and_stands_in_the_log():
    site, other, by = make_site(name="Oud"), make_site(), make_user()

    change_facts(site, by=by, name="Nieuw")

    assert dict(Site.objects.values_list("pk", "schedule_version")) == {site.pk: 2, other.pk: 1}
    log = ChangeLog.objects.get()
    assert (log.by, log.site, log.verb, log.changes) == (by, site, "change_facts", {"name": ["Oud", "Nieuw"]})


def test_the_same_facts_again_change_nothing():
    site = make_site()

    change_facts(site, by=None, **{name: getattr(site, name) for name in FACTS})

    assert (Site.objects.get().schedule_version, ChangeLog.objects.count()) == (1, 0)


def test_holidays_that_are_past_stay_open_or_shut_however_often_it_is_switched(time_machine):
    site = make_site()
    assert all_saints(site) == [2021, 2022, 2023, 2024]

    change_facts(site, by=None, closed_on_holidays=False)
    assert all_saints(site) == [2021, 2022]
    change_facts(site, by=None, closed_on_holidays=True)  # a slip, the same day
    assert all_saints(site) == [2021, 2022, 2023, 2024]
    change_facts(site, by=None, closed_on_holidays=False)
    time_machine.move_to("2023-11-10T09:00+01:00", tick=False)
    change_facts(site, by=None, closed_on_holidays=True)
    assert all_saints(site) == [2021, 2022, 2024]


def test_what_is_filled_in_is_no_example_any_more():
    site = make_site(example_fields=["contact"])

    change_facts(site, by=None, contact="De balie")

    assert Site.objects.get().example_fields == []


def test_who_comes_second_is_shown_the_first_and_nothing_is_overwritten():
    site = make_site(name="Oud")
    seen = fingerprint(site, FACTS)
    change_facts(site, by=None, seen=seen, name="Van de eerste")

    with pytest.raises(Overtaken) as overtaken:
        change_facts(site, by=None, seen=seen, name="Van de tweede")

    assert overtaken.value.row.name == Site.objects.get().name == "Van de eerste"


def test_a_site_does_not_stop_as_a_fact():
    site = make_site()

    with pytest.raises(ValidationError):
        change_facts(site, by=None, status=SiteStatus.STOPPED)

    assert Site.objects.get().status == SiteStatus.ACTIVE


def test_stopping_asks_why_keeps_everything_and_is_undone():
    site = make_site()
    milestone = make_milestone(site)

    with pytest.raises(ValidationError):
        stop_site(site, by=None, reason="  ")
    stop_site(site, by=None, reason="Het huis wordt verkocht")
    stop_site(site, by=None, reason="Nog eens")

    assert not Site.objects.public().exists()
    assert [(log.verb, log.reason, log.changes) for log in ChangeLog.objects.all()] == [
        ("stop_site", "Het huis wordt verkocht", {"status": ["active", "stopped"]})
    ]
    reopen_site(site, by=None)
    assert (Site.objects.public().get(), site.milestones.get()) == (site, milestone)


def test_a_new_site_starts_behind_the_door():
    site = open_site(
        by=None, name="Nieuw", slug="nieuw", kind=SiteKind.NEW, partnership=make_partnership(), municipality=make_municipality(),
        contact="",
    )  # fmt: skip

    assert (site.status, Site.objects.public().exists()) == (SiteStatus.STARTING, False)
    assert ChangeLog.objects.get().verb == "open_site"


@pytest.mark.parametrize(
    "make",
    [
        make_place,
        make_milestone,
        make_closure,
        make_check,
        make_activity,
        make_engagement,
        lambda site: make_role("volunteer", site=site),
    ],
)
def test_a_site_with_a_history_is_not_removed(make):
    site, empty = make_site(), make_site()
    make(site)

    with pytest.raises(ValidationError, match="heeft een verleden"):
        remove_site(site, by=None)
    remove_site(empty, by=None)

    assert (has_history(site), list(Site.objects.all())) == (True, [site])
    assert [(log.verb, log.site, log.changes) for log in ChangeLog.objects.all()] == [
        ("remove_site", None, {"name": [empty.name, None]})
    ]
