"""A database that is locked or away: a page that says to wait, in the reader's language."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from sites.models import Milestone
from stek.errors import BUSY
from tests.desk import at_desk
from tests.factories.sites import make_site
from tests.reading import read

pytestmark = pytest.mark.django_db(transaction=True)


def desk_that_answers(site):
    desk = at_desk(site)
    desk.raise_request_exception = False
    return desk


def asks_to_wait(response, title: str) -> bool:
    return (response.status_code, response.headers["Retry-After"], read(response).one("h1").text) == (
        503,
        str(BUSY),
        title,
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time is SQLite's")
def test_form_that_waited_too_long_for_another_writer_is_asked_to_wait():
    desk = desk_that_answers(make_site(slug="hier"))
    form = {"text": "We openen.", "precision": "1", "day": "10/10/2023"}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")  # instead of 20 seconds

    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        dutch = desk.post("/beheer/hier/sleutelmomenten/nieuw/", form)
        french = desk.post("/fr/beheer/hier/sleutelmomenten/nieuw/", form)
        other.execute("ROLLBACK")
    later = desk.post("/beheer/hier/sleutelmomenten/nieuw/", form)

    assert asks_to_wait(dutch, "Even wachten")
    assert asks_to_wait(french, "Un instant")
    assert (later.status_code, Milestone.objects.count()) == (302, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a file has no server")
def test_page_whose_connection_is_ended_asks_to_wait_and_the_next_one_is_there():
    desk = desk_that_answers(make_site(slug="hier"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])

    broken = desk.get("/beheer/hier/sleutelmomenten/")
    connection.close()  # as the end of a request does in a server

    assert asks_to_wait(broken, "Even wachten")
    assert desk.get("/beheer/hier/sleutelmomenten/").status_code == 200
