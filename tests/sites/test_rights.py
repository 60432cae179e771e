"""The rights table as data: every row and role of it, at the own site and at another."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from sites.enums import RoleKind
from sites.models import Role, User
from sites.rights import OPEN_RIGHTS, OWN_RIGHTS, RIGHTS, Right, can
from stek.time import today
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db

SITE_ROLES = {RoleKind.COORDINATOR, RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER}


def somebody_with(kind, site, **dates):
    user = User.objects.create_user(f"{kind}@voorbeeld.example")
    scope = {"site": site} if kind in SITE_ROLES else {}
    if kind == RoleKind.STEERING:
        scope = {"partnership": site.partnership}
    Role.objects.create(user=user, kind=kind, **({"since": today() - dt.timedelta(days=9)} | scope | dates))
    return user


def test_table_has_a_row_for_every_right_and_no_other():
    assert set(RIGHTS) == set(Right)


@pytest.mark.parametrize("kind", RoleKind)
def test_role_opens_its_column_at_its_own_site_only(kind):
    here, elsewhere = make_site(), make_site()
    user = somebody_with(kind, here)

    assert {right for right in Right if can(user, right, here)} == {r for r in Right if kind in RIGHTS[r]}
    at_the_other = (
        {r for r in Right if kind in RIGHTS[r]} if kind == RoleKind.ADMINISTRATOR else set(OPEN_RIGHTS | OWN_RIGHTS)
    )
    assert {right for right in Right if can(user, right, elsewhere)} == at_the_other


def test_stranger_opens_public_pages_only():
    assert {right for right in Right if can(AnonymousUser(), right)} == set(OPEN_RIGHTS)


def test_role_opens_nothing_before_it_begins_or_after_its_last_day():
    site = make_site()
    day = dt.timedelta(days=1)
    late = somebody_with(RoleKind.COORDINATOR, site, until=today() - day)
    early = somebody_with(RoleKind.VOLUNTEER, site, since=today() + day)
    last_day = somebody_with(RoleKind.STEERING, site, until=today())

    assert not can(late, Right.MANAGE_OFFER, site)
    assert not can(early, Right.READ_ROSTER, site)
    assert can(last_day, Right.READ_DASHBOARD, site)


def test_closed_account_opens_nothing():
    site = make_site()
    user = somebody_with(RoleKind.COORDINATOR, site)
    user.is_active = False

    assert not can(user, Right.MANAGE_OFFER, site)
