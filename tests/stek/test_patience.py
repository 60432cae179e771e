"""Nothing outside is waited for without end: not a database, not Redis, not a mail server."""

from __future__ import annotations

import socket
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from stek import env, patience, serving, wsgi
from stek.celery import LONGEST, patient
from stek.patience import GRACE, be_patient, deadline, statement_limit

only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="this database is a file")


@pytest.fixture(autouse=True)
def of_this_test(monkeypatch):
    monkeypatch.setattr(patience, "_of_process", [])


@pytest.fixture
def silent():
    """A server that accepts and never says anything, as a frozen one does. Its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_who_said_nothing_waits_as_long_as_it_takes():
    assert (statement_limit(), deadline()) == (None, None)


def test_process_gives_the_server_a_little_longer_than_it_asks():
    be_patient(15)

    assert (statement_limit(), deadline()) == (15, 15 + GRACE)


def test_patience_for_now_is_never_longer_than_the_usual():
    with patience.patience(2):
        assert (statement_limit(), deadline()) == (None, 2)
    be_patient(15)
    with patience.patience(2):
        assert (statement_limit(), deadline()) == (15, 2)
    with patience.patience(100):
        assert deadline() == 15 + GRACE
    assert deadline() == 15 + GRACE


def test_worker_is_more_patient_than_web_and_web_less_than_its_server():
    patient()

    assert statement_limit() == LONGEST == 300
    assert serving.timeout > wsgi.LONGEST + GRACE
    assert serving.keepalive > 60  # nginx's own: the one in front must be the first to hang up


@pytest.mark.parametrize("module", ["stek.wsgi"])
def test_web_process_has_patience_from_its_first_statement(module, tmp_path):
    asks = f"import {module}; from stek.patience import statement_limit; print(statement_limit())"
    done = subprocess.run(
        [sys.executable, "-c", asks],
        cwd=settings.BASE_DIR,
        env={"STEK_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert (done.stdout.strip(), done.returncode) == (str(wsgi.LONGEST), 0)


def database_at(port):
    entry = env.postgres({"DATABASE_URL": f"postgres://stek:geheim@127.0.0.1:{port}/stek"}, "DATABASE_URL")
    return ConnectionHandler({"default": entry})["default"]


def test_database_that_accepts_and_says_nothing_is_given_up(silent):
    with patience.patience(1), pytest.raises(psycopg.OperationalError) as refusal:
        database_at(silent).connect()

    assert "geheim" not in str(refusal.value)


def test_connection_asks_the_server_to_end_what_lasts(silent):
    be_patient(15)
    params = database_at(silent).get_connection_params()

    assert params["options"] == "-c statement_timeout=15s -c idle_in_transaction_session_timeout=60s"
    assert {name: params[name] for name in env.PATIENT_POSTGRES} == env.PATIENT_POSTGRES


def test_command_that_a_person_started_asks_nothing(silent):
    assert "options" not in database_at(silent).get_connection_params()


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_server_ends_a_statement_that_lasts_and_the_connection_serves_on():
    be_patient(1)
    connection.close()  # the next one is opened with this patience
    with connection.cursor() as cursor:
        with pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(30)")
        cursor.execute("SELECT 7")
        assert cursor.fetchone() == (7,)
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("1min",)
    patience._of_process.clear()
    connection.close()


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_statement_that_outlasts_our_patience_costs_the_connection_and_the_next_is_a_new_one():
    with connection.cursor() as cursor, patience.patience(1), pytest.raises(OperationalError, match="in time"):
        cursor.execute("SELECT pg_sleep(30)")

    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 7")
        assert cursor.fetchone() == (7,)


def test_redis_that_says_nothing_is_given_up(silent):
    with pytest.raises(RedisError):
        Redis(port=silent, **settings.REDIS_PATIENCE, retry=Retry(NoBackoff(), retries=0)).ping()


def test_mail_server_that_says_nothing_is_given_up(silent, settings):
    entry = env.mailer({"EMAIL_URL": f"smtp://127.0.0.1:{silent}"}, "EMAIL_URL", "")
    assert entry["OPTIONS"]["timeout"] == 10
    entry["OPTIONS"]["timeout"] = 0.5  # so that the test need not wait as long
    settings.MAILERS = {"default": entry}

    with pytest.raises(OSError, match="timed out"):
        EmailMessage("Dag", "Dag", to=["iemand@example.org"]).send()
