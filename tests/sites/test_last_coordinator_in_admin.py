"""Django's admin is no way round the rule that a site keeps its last coordinator, and the network its last administrator."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from sites.enums import RoleKind
from sites.models import ChangeLog, Role, User
from tests.factories.sites import make_role, make_site

pytestmark = pytest.mark.django_db

SENTENCE = "Nodig eerst een opvolger uit"


@pytest.fixture
def client():
    client = Client()
    client.force_login(make_role(RoleKind.ADMINISTRATOR).user)
    return client


@pytest.fixture
def role():
    make_role(RoleKind.COORDINATOR, site=make_site())
    return make_role(RoleKind.COORDINATOR, site=make_site())


def change_role(role, **changes) -> tuple[str, dict]:
    fields = {"user": role.user_id, "kind": role.kind, "site": role.site_id, "since": str(role.since)}
    return f"/admin/sites/role/{role.pk}/change/", fields | {"partnership": "", "until": ""} | changes


def repairs(role) -> dict[str, tuple[str, dict]]:
    """Every way the admin has to take this coordinator away."""
    user = f"/admin/sites/user/{role.user_id}"
    delete_selected = {"action": "delete_selected", "post": "yes"}
    person = {"email": role.user.email, "name": "", "language": "nl"}
    return {
        "last day": change_role(role, until=str(dt.date(2100, 1, 1))),
        "other kind": change_role(role, kind=RoleKind.VOLUNTEER),
        "other site": change_role(role, site=make_site().pk),
        "delete role": (f"/admin/sites/role/{role.pk}/delete/", {"post": "yes"}),
        "delete roles": ("/admin/sites/role/", delete_selected | {"_selected_action": [role.pk]}),
        "close account": (f"{user}/change/", person),
        "delete person": (f"{user}/delete/", {"post": "yes"}),
        "delete people": ("/admin/sites/user/", delete_selected | {"_selected_action": [role.user_id]}),
    }


WAYS = ["last day", "other kind", "other site", "delete role", "delete roles", "close account", "delete person", "delete people"]  # fmt: skip


def test_every_way_is_tried(role):
    assert list(repairs(role)) == WAYS


@pytest.mark.parametrize("way", WAYS)
def test_last_coordinator_stays_and_the_page_says_what_to_do_first(client, role, way):
    address, form = repairs(role)[way]

    response = client.post(address, form, follow=True)

    assert response.status_code == 200
    assert SENTENCE in response.content.decode()
    assert list(Role.objects.filter(pk=role.pk).values_list("kind", "site", "until")) == [
        (RoleKind.COORDINATOR, role.site_id, None)
    ]
    assert User.objects.get(pk=role.user_id).is_active
    assert ChangeLog.objects.count() == 0


@pytest.mark.parametrize("way", WAYS)
def test_with_a_successor_the_same_repair_is_made(client, role, way):
    make_role(RoleKind.COORDINATOR, site=role.site)
    address, form = repairs(role)[way]

    response = client.post(address, form, follow=True)

    assert SENTENCE not in response.content.decode()
    assert ChangeLog.objects.count() == 1


@pytest.mark.parametrize("way", WAYS)
def test_last_administrator_stays_too(client, way):
    role = Role.objects.get(kind=RoleKind.ADMINISTRATOR)
    other = {"kind": RoleKind.STEERING, "partnership": make_site().partnership_id}
    tries = repairs(role) | {"other kind": change_role(role, site="", **other)}
    tries["last day"] = change_role(role, site="", until=str(dt.date(2100, 1, 1)))
    tries["other site"] = change_role(role, kind=RoleKind.VOLUNTEER, site=make_site().pk)
    address, form = tries[way]

    response = client.post(address, form, follow=True)

    assert "Dan heeft STEK geen beheerder meer" in response.text
    role.refresh_from_db()
    assert (role.kind, role.until, role.user.is_active) == (RoleKind.ADMINISTRATOR, None, True)
    assert ChangeLog.objects.count() == 0
