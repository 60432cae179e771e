"""What every test lives by: a closed network, an empty cache, pages that do not write, and Chromium where there is one."""

import gc
import os
import re
import shutil
import socket
import sys
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.db.models.signals import post_migrate
from django.test import Client
from django.test.utils import teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from activities import standing
from sites import publication
from sites.accounts import letters
from stek import paper
from stek.celery import app as celery_app
from stek.outbox import queue
from stek.outbox.sending import send_due
from stek.time import now
from tests import databases

# The same engine without the rest of the browser is twice as quick; the whole browser does as well.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
NO_CHROMIUM = "there is no Chromium (on Debian, as root: apt-get install chromium-headless-shell)"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
BROWSER_FIXTURES = {"page", "context", "browser", "new_context", "playwright"}
ONE_OF = 6  # of a table that is marked `sampled`, on PostgreSQL
ONE_PAGE_OF = 4  # of the tests of pages, each of which the table of rights opens there too
STARTS_PROCESSES = {"subprocess", "Services", "served_demo", "own_postgresql"}
WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|CREATE|ALTER|DROP)\b", re.IGNORECASE)


# No test asserts a duration: a machine that is busy with other work draws its examples slowly too.
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")


def pytest_configure(config):
    # What a test publishes reaches nobody: it calls the task itself when it wants it to run.
    celery_app.conf.update(broker_url="memory://", broker_transport_options={})
    if settings.REDIS_URL:
        settings.CACHES["default"]["LOCATION"] = _redis_of_this_worker(settings.REDIS_URL)


def _redis_of_this_worker(url):
    """Clearing the cache empties a whole Redis database, so two workers may not share one: 15 becomes 15, 13, 11, …

    The one below each is for what a worker serves to its browser, see `tests.serving`.
    """
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    parts = urlsplit(url)
    return parts._replace(path=f"/{int(parts.path.removeprefix('/') or 15) - 2 * number}").geturl()


def pytest_collection_modifyitems(config, items):
    for item in items:
        if BROWSER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
    _leave_out_what_was_looked_at(config, items)
    # Browsers last, because Playwright's event loop runs on after the first of them, see allow_a_running_loop. Who waits for processes of its own first,
    # beside others that work: at the end nobody would be left to work meanwhile. Then the long ones.
    items.sort(
        key=lambda item: (
            bool(item.get_closest_marker("browser")),
            not STARTS_PROCESSES & vars(item.module).keys(),
            not item.get_closest_marker("once"),
        )
    )


def pytest_collection_finish(session):
    """What is there by now stays to the end; looking through all of it for garbage, again and again, takes a twentieth of the time."""
    gc.collect()
    gc.freeze()


def _leave_out_what_was_looked_at(config, items):
    """What is marked `once` or asks no database says the same whatever the database is: it is asked in the embedded column; of a `sampled`
    table, of the tests of pages, and of the cases of one test a part is asked again (decision 60).
    """
    if connections["default"].vendor == "sqlite":
        return
    asked_before = {item for item in items if item.get_closest_marker("once") or _asks_no_database(item)}
    tables = [item for item in items if item.get_closest_marker("sampled")]
    pages = [item for item in items if "views" in item.path.parts and not item.get_closest_marker("sampled")]
    for some, one_of in ((tables, ONE_OF), (pages, ONE_PAGE_OF)):
        asked_before.update(item for place, item in enumerate(some) if place % one_of)
    asked_before |= _cases_between([item for item in items if item not in asked_before])
    config.hook.pytest_deselected(items=sorted(asked_before, key=lambda item: item.nodeid))
    items[:] = [item for item in items if item not in asked_before]


def _cases_between(items) -> set:
    """Of each test with more than three cases all but the first, the middle and the last; each constraint is a case of its own database."""
    tests: dict = {}
    for item in items:
        if not item.get_closest_marker("every_case"):
            tests.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return {
        item
        for cases in tests.values()
        for number, item in enumerate(cases)
        if number not in {0, len(cases) // 2, len(cases) - 1}
    }


def _asks_no_database(item) -> bool:
    """Neither by a mark or a fixture, nor in the words of its module."""
    if item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())):
        return False
    return not {"connection", "connections", "psycopg", "Redis"} & vars(item.module).keys()


def pytest_terminal_summary(terminalreporter):
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_CHROMIUM in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} browser tests were skipped: {NO_CHROMIUM}.", yellow=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Remove what a killed run left beside its SQLite file: the next database must not replay it."""
    name = settings.DATABASES["default"]["TEST"].get("NAME")
    for suffix in ("-wal", "-shm"):
        Path(f"{name}{suffix}").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """PostgreSQL notices late that a killed process is gone, and drops no database that somebody is in."""
    with django_db_blocker.unblock():
        made = databases.make()
    yield
    with django_db_blocker.unblock():
        connection = connections["default"]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        teardown_databases(made, verbosity=0)


def pytest_sessionfinish(session):
    if getattr(session.config.option, "numprocesses", None):
        databases.drop_what_is_kept()


@pytest.fixture(scope="session", autouse=True)
def rows_of_migrations():
    """Put back what migrations put in, each time a transactional test has emptied every table."""
    offer = apps.get_app_config("signals")  # the last of them: by then all tables are there
    types = import_module("activities.migrations.0002_activity_types")
    screen = import_module("activities.migrations.0012_screen_for_the_digital_point")
    themes = import_module("signals.migrations.0002_areas_of_life")

    def put_back(**_kwargs):
        types.add_types(apps, None)
        screen.draw_a_screen(apps, None)
        themes.add_themes(apps, None)

    post_migrate.connect(put_back, sender=offer)
    yield
    post_migrate.disconnect(put_back, sender=offer)


@pytest.fixture(scope="session", autouse=True)
def emptying_only_what_is_full():
    """After a transactional test few of all tables hold anything. Truncating every one of them takes PostgreSQL half a second."""
    django_makes_again = {"auth_permission", "django_content_type"}

    def sql_flush(self, style, tables, **_options):
        names = {name: self.quote_name(name) for name in tables if name not in django_makes_again}
        asked = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quoted})" for name, quoted in names.items()]
        with self.connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked))
            return [f"DELETE FROM {names[name]}" for (name,) in cursor.fetchall()]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connections["default"].ops), "sql_flush", sql_flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def patience_with_papers():
    """A machine on which everything is tested at once may take long to set one; what happens to who waits is asked apart."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper, "WAIT_FOR_PAPER", 300)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_looked_up_once():
    """Every test client starts the middleware anew, and that would walk all static files: half the time of a sweep."""
    original, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def add_files(self):
        if not found:
            original(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files)
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """And nothing remembered of sites: rows made by factories do not raise the version of a schedule."""
    cache.clear()
    standing.forget()
    publication.forget()


@pytest.fixture(autouse=True)
def remember_at_once(request, monkeypatch):
    """The transaction around a test is never committed; for what is remembered on commit it counts as none."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        monkeypatch.setattr(standing, "on_commit", lambda function: function())


@pytest.fixture(scope="session", autouse=True)
def closed_network():
    """Only this machine can be reached; Chromium gets the same rule as an argument."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _local_only(getattr(socket.socket, name)))
        yield


def _local_only(original):
    def connect(self, address):
        host = address[0] if isinstance(address, tuple) else "localhost"  # a path is a Unix socket
        if not (host in {"localhost", "::1"} or host.startswith("127.")):
            pytest.fail(f"The network is closed in tests, and something asked for {host}.")
        return original(self, address)

    return connect


@pytest.fixture(scope="session", autouse=True)
def pages_only_read():
    """A GET or HEAD through the test client that writes fails, whichever test it is in."""
    original = Client.request

    def request(self, **environ):
        if environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            return original(self, **environ)
        with connections["default"].execute_wrapper(_refuse_writes):
            return original(self, **environ)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield


def _refuse_writes(execute, sql, params, many, context):
    if WRITE.match(sql):
        pytest.fail(f"A page that is only read wrote: {sql[:200]}")
    return execute(sql, params, many, context)


class AtOnce:
    """In place of the threads that send letters: a test looks at what was sent."""

    def submit(self, work, *args) -> Future:
        work(*args)
        return Future()


@pytest.fixture(autouse=True)
def letters_at_once(request, monkeypatch):
    """Codes without a thread; a message that is written leaves with its cause, as if its time had come by then.

    `@pytest.mark.by_worker` leaves messages in their rows, as they are until a worker comes.
    """
    monkeypatch.setattr(letters, "background", AtOnce())
    monkeypatch.setattr(letters, "PAUSE", 0)
    if request.node.get_closest_marker("by_worker"):
        monkeypatch.setattr(queue, "written", lambda due_at: None)
    else:
        monkeypatch.setattr(queue, "written", lambda due_at: send_due(at=max(due_at, now())))


@pytest.fixture
def tell(capfd):
    """Say something that is kept with the output of a proof."""

    def tell(*words):
        with capfd.disabled():
            sys.stdout.write(" ".join(map(str, words)) + "\n")

    return tell


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session", autouse=True)
def allow_a_running_loop(request):
    """Playwright keeps an event loop in the tests' own thread until the session ends, where Django refuses its database.

    For the whole session: Playwright starts before the database of a file of journeys that runs alone.
    """
    if any(item.get_closest_marker("browser") for item in request.session.items):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
