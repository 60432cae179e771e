from datetime import date

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client

from sites.enums import RoleKind
from stek.health.actions import beat
from tests.factories.sites import make_role, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def administrator():
    user = make_user()
    make_role(RoleKind.ADMINISTRATOR, user=user, since=date(2020, 1, 1))
    return user


@pytest.fixture
def signed_in(page, live_server, administrator):
    """A page of a browser in which the administrator is signed in."""
    client = Client()
    client.force_login(administrator)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return page


@pytest.fixture
def complaints(signed_in):
    """What the browser refused or could not do, as it says so itself."""
    found = []

    def listen(message):
        # What may not be added to is refused, and the test below says where that is right.
        if message.type == "error" and not message.location["url"].endswith("/add/"):
            found.append(message.text)

    signed_in.on("console", listen)
    signed_in.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.mark.once
def test_the_admin_works_under_the_content_policy(signed_in, live_server, complaints):
    beat("queue")
    addresses = ["/admin/", "/admin/health/heartbeat/", "/admin/health/heartbeat/1/change/"]
    addresses += [
        f"/admin/{model._meta.app_label}/{model._meta.model_name}/{page}"
        for model, model_admin in admin.site._registry.items()
        if model._meta.app_label != "health"
        for page in ("", "add/")
    ]

    for address in addresses:
        response = signed_in.goto(f"{live_server.url}{address}")
        # A page that may not be added to is a refusal, and has no form either.
        assert response.status in ({200, 403} if address.endswith("/add/") else {200}), address

    # Whatever a page asked for by script was asked before the next page was.
    signed_in.wait_for_load_state("networkidle")
    assert complaints == []


def test_the_admin_carries_a_nonce_and_a_public_page_none(client, administrator):
    client.force_login(administrator)

    assert "'nonce-" in client.get("/admin/")["Content-Security-Policy"]
    assert "nonce" not in client.get("/gezond/")["Content-Security-Policy"]


def test_the_admin_is_closed_to_somebody_without_the_role(client):
    client.force_login(make_user())

    assert client.get("/admin/", follow=False).status_code == 302
