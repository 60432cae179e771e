"""Quiet pages: the form without an origin, and nothing else let through by that."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk import client_of
from tests.factories.signals import make_worker, told
from tests.factories.sites import make_site
from tests.reading import read

pytestmark = pytest.mark.django_db
LOG = "/signalen/nieuw/"


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def client(site) -> Client:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client_of(make_worker(site)).cookies
    return strict


def token_of(client: Client) -> str:
    return next(
        one.attributes["value"]
        for one in read(client.get(LOG)).all("input")
        if one.attributes.get("name") == "csrfmiddlewaretoken"
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "null"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://elders.example"}, 403),
    ],
)
def test_form_of_a_page_that_hides_where_it_comes_from(client, site, headers, status):
    data = told(site) | {"csrfmiddlewaretoken": token_of(client)}

    assert client.post(LOG, data, headers=headers).status_code == status


@pytest.mark.parametrize("token", ["", "x" * 64])
def test_token_is_asked_for_all_the_same(client, site, token):
    token_of(client)

    assert client.post(LOG, told(site) | {"csrfmiddlewaretoken": token}, headers={"Origin": "null"}).status_code == 403


def test_no_other_page_takes_a_form_without_an_origin(client):
    token = token_of(client)

    response = client.post("/mijn/hulp/", {"csrfmiddlewaretoken": token}, headers={"Origin": "null"})

    assert response.status_code == 403
