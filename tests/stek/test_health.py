import os
import socket
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client

from stek.cache import ForgivingRedisCache
from stek.celery import beat_lives, worker_lives
from stek.health.actions import beat
from stek.health.models import Heartbeat
from stek.health.rules import MATERIALISATION, QUEUE, RELEASES, Check, memory, sign_of_life
from stek.health.tasks import heartbeat
from stek.time import wall_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything_goes():
    beat("queue")
    beat("materialisation")
    beat("releases")


def stop(name, *, since):
    Heartbeat.objects.filter(name=name).update(at=wall_now() - since)


def test_health_when_everything_goes_says_what_was_checked(client, everything_goes, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        response = client.get("/gezond/")

    assert response.status_code == 200
    assert [(check["name"], check["ok"]) for check in response.json()["checks"]] == [
        ("database", True),
        ("cache", True),
        ("queue", True),
        ("materialisation", True),
        ("releases", True),
        ("outbox", True),
    ]
    assert response.json()["ok"] is True


def test_health_is_never_kept_and_opens_no_session(client, everything_goes):
    response = client.get("/gezond/")

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response["Vary"] if response.has_header("Vary") else True


@pytest.mark.parametrize(
    ("name", "limit"), [("queue", QUEUE), ("materialisation", MATERIALISATION), ("releases", RELEASES)]
)
def test_health_is_broken_when_something_stopped(client, everything_goes, name, limit):
    stop(name, since=limit + timedelta(seconds=1))
    response = client.get("/gezond/")

    assert response.status_code == 503
    assert [check["name"] for check in response.json()["checks"] if not check["ok"]] == [name]


def test_health_is_broken_when_nothing_ever_ran(client):
    response = client.get("/gezond/")

    assert response.status_code == 503
    assert [(check["name"], check["detail"]) for check in response.json()["checks"] if not check["ok"]] == [
        ("queue", "never"),
        ("materialisation", "never"),
        ("releases", "never"),
    ]


def test_health_without_a_database_says_so_and_names_no_address(client, everything_goes):
    def refuse(*_):
        raise DatabaseError("password of db.example")

    with connection.execute_wrapper(refuse):
        response = client.get("/gezond/")

    assert response.status_code == 503
    assert response.json()["checks"][0] == {"name": "database", "ok": False, "detail": "DatabaseError"}
    assert b"db.example" not in response.content


def test_health_when_the_cache_forgets_is_broken(client, everything_goes, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert memory() == Check("cache", ok=False, detail="lost a value at once")
    assert client.get("/gezond/").status_code == 503


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_health_is_only_read(client, method):
    assert getattr(client, method)("/gezond/").status_code == 405


def test_beat_keeps_one_row_with_the_last_moment():
    beat("queue")
    stop("queue", since=timedelta(hours=1))
    heartbeat()

    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["queue"]
    assert Heartbeat.objects.age("queue") < timedelta(seconds=5)
    assert Heartbeat.objects.age("unknown") is None


@pytest.fixture
def silent_redis(settings, monkeypatch):
    """A Redis that accepts and never answers."""
    monkeypatch.setattr(ForgivingRedisCache, "rest_until", 0.0)
    monkeypatch.setattr(ForgivingRedisCache, "quiet_until", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        options = {"socket_timeout": 1, "socket_connect_timeout": 1}
        settings.CACHES = {
            "default": {
                "BACKEND": "stek.cache.ForgivingRedisCache",
                "LOCATION": f"redis://:geheim@127.0.0.1:{server.getsockname()[1]}/0",
                "OPTIONS": options,
            }
        }
        yield


def test_a_silent_redis_is_a_miss_within_three_seconds_and_one_line(silent_redis, caplog):
    begun = time.monotonic()

    cache.set("key", "value")
    assert cache.get("key", "otherwise") == "otherwise"
    assert cache.get_many(["key"]) == {}
    assert cache.get_or_set("key", "made") == "made"
    assert cache.add("key", "value") is True
    cache.delete("key")
    with pytest.raises(ValueError, match="key"):
        cache.incr("key")

    assert time.monotonic() - begun < 3
    assert [record.message for record in caplog.records] == [
        "Redis does not answer (TimeoutError); going on without the cache."
    ]


def test_health_with_a_silent_redis_answers_within_three_seconds(client, everything_goes, silent_redis):
    begun = time.monotonic()
    response = client.get("/gezond/")

    assert response.status_code == 503
    assert [check["name"] for check in response.json()["checks"] if not check["ok"]] == ["cache"]
    assert time.monotonic() - begun < 3


@pytest.fixture
def web_port(live_server):
    return live_server.thread.port


@pytest.mark.django_db(transaction=True)
def test_alive_asks_for_the_database_only(web_port):
    call_command("alive", port=web_port)  # neither worker nor beat ever ran


def test_alive_without_a_web_process_fails():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        with pytest.raises(CommandError, match="No answer"):
            call_command("alive", port=probe.getsockname()[1])


def test_a_form_for_health_is_a_wrong_method_and_not_an_old_form():
    assert Client(enforce_csrf_checks=True).post("/gezond/").status_code == 405


@pytest.mark.parametrize(("process", "silence"), [("worker", 30), ("beat", 180)])
def test_worker_and_beat_are_alive_as_long_as_they_say_so(process, silence, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with pytest.raises(CommandError, match="has not begun"):
        call_command("alive", process)

    sign = sign_of_life(process)
    sign.touch()
    call_command("alive", process)

    os.utime(sign, (time.time() - silence - 2,) * 2)
    with pytest.raises(CommandError, match=f"The {process} has been silent for"):
        call_command("alive", process)


def test_processes_leave_their_signs_apart(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    worker_lives()
    assert [path.name for path in tmp_path.iterdir()] == ["worker.alive"]

    beat_lives()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beat.alive", "worker.alive"]


def test_database_that_is_away_is_asked_once(client, everything_goes):
    asked = []

    def refuse(*arguments):
        asked.append(arguments)
        raise DatabaseError

    with connection.execute_wrapper(refuse):
        checks = client.get("/gezond/").json()["checks"]

    assert [check["name"] for check in checks] == ["database", "cache"]
    assert len(asked) == 1
