"""Telling a worker: a word that may be lost, that no request waits for, and of which one line a minute is said when it cannot be told."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.exceptions import RedisError

from activities.actions.needs import add_need
from activities.actions.shifts import sign_up
from partners.models import Volunteer
from stek import outbox
from stek.outbox import queue
from stek.outbox.enums import State
from stek.outbox.models import Delivery
from stek.outbox.tasks import deliver
from stek.time import now
from tests.factories.outbox import make_delivery
from tests.factories.partners import make_helper
from tests.factories.sites import make_site, make_user
from tests.offer import TUESDAY, offer

from .conftest import NOTICE, SECURITY
from .mail_server import free_port, mail_server
from .test_mail_server import HOUR, WAIT, letter, until, worker
from .worker import THIRD_REMINDER

WRITTEN = queue.written  # before the fixture of every test takes its place


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """Messages wake workers as they do outside tests, and nobody was told before this test."""
    monkeypatch.setattr(queue, "written", WRITTEN)
    monkeypatch.setattr(queue, "_quiet_until", 0.0)
    queue._asked.clear()


@pytest.fixture
def broker(monkeypatch):
    """What the broker is told, in order; `broker.fails` makes it refuse, `broker.open` lets it answer."""

    class Broker(list):
        fails: Exception | None = None
        open = threading.Event()

        def send_task(self, name, **options):
            self.append((name, options))
            self.open.wait(20)
            if self.fails:
                raise self.fails

        def wait(self, number):
            end = time.monotonic() + 20
            while len(self) < number and time.monotonic() < end:
                time.sleep(0.01)
            return len(self)

    found = Broker()
    found.open.set()
    monkeypatch.setattr(current_app, "send_task", found.send_task)
    yield found
    found.open.set()
    queue._background.submit(lambda: None).result(20)


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_told_once_the_cause_is_kept_and_only_of_what_is_due(broker):
    user = make_user()
    with transaction.atomic():
        outbox.post(SECURITY, to=user, about="passkey")
        assert broker == []
    assert broker.wait(1) == 1
    assert broker[0] == (deliver.name, {"expires": 60.0})

    outbox.post(NOTICE, to=user, about="thing:1")  # leaves in five minutes, when beat finds it
    queue._background.submit(lambda: None).result(20)

    assert len(broker) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("redis://:geheim@queue.example")])
def test_a_broker_that_fails_costs_one_line_a_minute_and_no_message(broker, caplog, error):
    broker.fails = error
    user = make_user()

    for number in range(3):
        outbox.post(SECURITY, to=user, about=f"passkey:{number}")
        assert broker.wait(number + 1) == number + 1
    queue._background.submit(lambda: None).result(20)

    assert Delivery.objects.waiting().count() == 3
    assert caplog.messages == [
        f"The queue does not answer ({type(error).__name__}); messages wait for the next minute."
    ]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_broker_that_hangs_and_no_crowd_gathers_before_it(broker):
    broker.open.clear()
    user = make_user()

    for number in range(50):
        outbox.post(SECURITY, to=user, about=f"passkey:{number}")  # comes back, though the broker does not

    assert broker.wait(1) == 1
    broker.open.set()
    queue._background.submit(lambda: None).result(20)
    assert len(broker) == 2  # the one that hung, and one for all who came after


# --- a real Redis


@contextmanager
def own_redis(folder: Path, port: int) -> Iterator[subprocess.Popen]:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(port), process)
        yield process
    finally:
        process.kill()
        process.wait(20)


def answers(port: int) -> bool:
    try:
        return Redis(port=port, socket_timeout=1).ping()
    except RedisError:
        return False


@pytest.mark.skipif(
    not shutil.which("redis-server"), reason="there is no Redis on this machine (apt-get install redis)"
)
@pytest.mark.django_db(transaction=True)
def test_redis_frozen_and_stopped_delays_nothing_that_is_written_and_loses_none_of_it(tmp_path):
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    users = [make_user() for _number in range(9)]
    took: list[float] = []

    def write(number: int) -> None:
        for _each in range(number):
            user = users[len(took)]
            web.stdin.write(f"{user.pk}\n")
            web.stdin.flush()
            took.append(float(web.stdout.readline().split()[1]))

    def all_sent() -> bool:
        return not Delivery.objects.exclude(state=State.SENT).exists()

    with mail_server() as server, worker(server.port, tmp_path, way="write", redis=url) as web:
        assert web.stdout.readline() == "ready\n"
        with own_redis(tmp_path, port) as redis:
            write(3)
            until(lambda: Redis(port=port).llen("celery") > 0, redis)
            os.kill(redis.pid, signal.SIGSTOP)
            write(3)
            assert Delivery.objects.waiting().count() == 6
            os.kill(redis.pid, signal.SIGCONT)
            with worker(server.port, tmp_path, way="celery", redis=url) as celery:
                until(all_sent, celery)
        write(3)
        assert Delivery.objects.waiting().count() == 3
        with own_redis(tmp_path, port), worker(server.port, tmp_path, way="celery", redis=url) as celery:
            until(all_sent, celery)

    assert server.accepted == {user.email: 1 for user in users}
    # A Redis that is asked and waited for costs at least a second.
    assert max(took) < 1


def to_be_reminded(number: int) -> list[Volunteer]:
    """So many people in one shift, on the 12th of October 2023."""
    with time_machine.travel(TUESDAY, tick=False):
        site = make_site()
        coffee = offer(site, weekday=3, begin=dt.time(13), end=dt.time(16), first_day=dt.date(2023, 10, 5))
        need = add_need(coffee, by=None, task="Onthaal", minimum=1, maximum=number)
        helpers = [make_helper(site) for _number in range(number)]
        for helper in helpers:
            sign_up(need.shifts.get(occurrence__day=dt.date(2023, 10, 12)), helper)
    return helpers


@pytest.mark.prove
@pytest.mark.skipif(
    not shutil.which("redis-server"), reason="there is no Redis on this machine (apt-get install redis)"
)
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_among_its_reminders_leaves_nobody_out_and_tells_nobody_twice(tmp_path):
    """A whole worker, on this database and a queue of its own, is killed as hard as that goes; beat asks the next one again."""
    helpers, port = to_be_reminded(7), free_port()
    both = {"redis": f"redis://127.0.0.1:{port}/0", "clock": "2023-10-11T17:30"}
    with mail_server() as server, own_redis(tmp_path, port), worker(server.port, tmp_path, way="beat", **both):
        for _round in range(2):
            with worker(server.port, tmp_path, way="celery", step=THIRD_REMINDER, **both) as killed:
                killed.wait(WAIT)
                assert killed.returncode == -signal.SIGKILL, killed.stderr.read()
        assert Delivery.objects.count() < 7
        with worker(server.port, tmp_path, way="celery", **both) as last:
            until(lambda: sum(server.accepted.values()) >= 7 and not Delivery.objects.due().exists(), last)

    assert server.accepted == {helper.user.email: 1 for helper in helpers}


@pytest.mark.prove
@pytest.mark.skipif(
    not shutil.which("redis-server"), reason="there is no Redis on this machine (apt-get install redis)"
)
@pytest.mark.django_db(transaction=True)
def test_two_beats_and_two_workers_send_each_letter_and_each_reminder_once(tmp_path):
    """A second beat, started by mistake: every round is asked for twice, from mail to reminders and the night's work."""
    helpers, port = to_be_reminded(3), free_port()
    both = {"redis": f"redis://127.0.0.1:{port}/0", "clock": "2023-10-11T17:30"}
    with mail_server() as server, own_redis(tmp_path, port), ExitStack() as stack:
        beats = [stack.enter_context(worker(server.port, tmp_path, way="beat", **both)) for _each in range(2)]
        workers = [stack.enter_context(worker(server.port, tmp_path, way="celery", **both)) for _each in range(2)]
        for process in (*beats, *workers):
            assert process.stdout.readline() == "ready\n"
        written = [letter(due_at=dt.datetime(2023, 10, 11, 15, tzinfo=dt.UTC)) for _number in range(30)]
        until(lambda: sum(server.accepted.values()) >= 33, workers[0])
        rounds = 2 * len(settings.CELERY_BEAT_SCHEDULE)  # more of each, with nothing left to say
        asked = [{process.stdout.readline().strip() for _each in range(rounds)} for process in beats]

    assert asked == [{entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}] * 2
    assert server.accepted == {row.user.email: 1 for row in [*written, *helpers]}


@pytest.mark.django_db
def test_beat_asks_every_minute_whatever_was_told():
    entry = settings.CELERY_BEAT_SCHEDULE["deliver"]

    assert (entry["task"], entry["schedule"].total_seconds()) == (deliver.name, 60)


@pytest.mark.django_db
def test_health_is_not_well_when_a_message_waits_too_long(client, time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)

    def said():
        return next(check for check in client.get("/gezond/").json()["checks"] if check["name"] == "outbox")

    assert said() == {
        "name": "outbox", "ok": True, "detail": "0 due, the oldest for 0 seconds, at most 1800; 0 uncertain"
    }  # fmt: skip
    make_delivery(due_at=now() + HOUR)
    make_delivery(state=State.UNCERTAIN, due_at=now() - HOUR)
    make_delivery(reason="deferred", due_at=now() - HOUR)  # one mailbox that is full is no reason to call somebody
    make_delivery(due_at=now() - settings.OUTBOX_OVERDUE)
    assert said()["ok"] is True
    assert said()["detail"] == "1 due, the oldest for 1800 seconds, at most 1800; 1 uncertain"

    row = make_delivery(reason="unreachable", due_at=now() - settings.OUTBOX_OVERDUE - HOUR / 60)

    assert said()["ok"] is False
    assert client.get("/gezond/").status_code == 503
    row.delete()
    assert said()["ok"] is True
