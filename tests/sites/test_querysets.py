"""Lists of the network: in which order, and of which sites."""

from __future__ import annotations

import datetime as dt

import pytest

from sites.enums import Precision, RoleKind
from sites.models import Milestone, Role, Site
from tests.factories.sites import make_milestone, make_partnership, make_role, make_site, make_user

pytestmark = pytest.mark.django_db


def test_milestones_stand_by_first_day_the_coarser_first():
    site = make_site()
    for text, precision, day in [
        ("14 maart 2022", Precision.DAY, "2022-03-14"),
        ("1 maart 2022, tweede", Precision.DAY, "2022-03-01"),
        ("maart 2022", Precision.MONTH, "2022-03-01"),
        ("zomer 2022", Precision.SEASON, "2022-06-01"),
        ("1 maart 2022, eerste", Precision.DAY, "2022-03-01"),
        ("lente 2022", Precision.SEASON, "2022-03-01"),
        ("1 januari 2022", Precision.DAY, "2022-01-01"),
        ("2022", Precision.YEAR, "2022-01-01"),
        ("31 december 2021", Precision.DAY, "2021-12-31"),
    ]:
        position = 2 if "tweede" in text else 1
        make_milestone(site, text=text, precision=precision, day=dt.date.fromisoformat(day), position=position)

    assert [milestone.text for milestone in Milestone.objects.in_order()] == [
        "31 december 2021", "2022", "1 januari 2022", "lente 2022", "maart 2022", "1 maart 2022, eerste",
        "1 maart 2022, tweede", "14 maart 2022", "zomer 2022",
    ]  # fmt: skip


def test_milestones_at_a_site_are_its_own_and_those_of_its_partnership():
    partnership = make_partnership()
    here, beside = make_site(partnership=partnership), make_site(partnership=partnership)
    own, shared = make_milestone(here), make_milestone(partnership=partnership)
    make_milestone(beside)
    make_milestone(make_site())
    make_milestone(partnership=make_partnership())

    assert list(Milestone.objects.at(here).order_by("pk")) == [own, shared]


def test_only_active_sites_are_public():
    active = make_site(status="active")
    make_site(status="starting")
    make_site(status="stopped")

    assert list(Site.objects.public()) == [active]


def test_active_roles_are_those_of_open_accounts_between_first_and_last_day():
    site, day = make_site(), dt.date(2023, 10, 10)
    before, after = dt.date(2023, 10, 9), dt.date(2023, 10, 11)
    active = [
        make_role(RoleKind.VOLUNTEER, site=site, since=since, until=until)
        for since, until in [(before, None), (day, day), (before, day), (day, after)]
    ]
    make_role(RoleKind.VOLUNTEER, site=site, since=before, until=before)
    make_role(RoleKind.VOLUNTEER, site=site, since=after)
    make_role(RoleKind.VOLUNTEER, site=site, since=before, user=make_user(is_active=False))

    assert list(Role.objects.active(day).order_by("pk")) == active
