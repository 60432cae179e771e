"""Against a real SMTP server that refuses, hangs and hangs up; and workers that are killed at every step of a letter."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from django.conf import settings as django_settings
from django.db import connection

from stek import env
from stek.outbox import smtp
from stek.outbox.enums import Reason, State
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from stek.time import wall_now
from tests.factories.outbox import make_delivery

from . import mail_server as says
from .mail_server import free_port, mail_server, silent_server
from .worker import STEPS

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

HOUR = dt.timedelta(hours=1)
ROUNDS = [pytest.param(1, id="once"), pytest.param(25, id="25 times", marks=pytest.mark.prove)]
_times = count(1)
WAIT = 120  # seconds; nobody waits that long unless for ever


@pytest.fixture
def server() -> Iterator[says.MailServer]:
    with mail_server() as server:
        yield server


def mailer(port: int, **options) -> dict:
    """As the settings make it of EMAIL_URL, with less patience."""
    found = env.mailer({"EMAIL_URL": f"smtp://127.0.0.1:{port}"}, "EMAIL_URL", "")
    return {"default": {**found, "OPTIONS": {**found["OPTIONS"], **options}}}


@pytest.fixture
def mail(settings, server, monkeypatch) -> says.MailServer:
    settings.MAILERS = mailer(server.port, timeout=5)
    monkeypatch.setattr(smtp, "PATIENCE", 1)
    return server


def letter(**fields) -> Delivery:
    """Of a kind that leaves at any hour, and that a worker in another process knows too."""
    return make_delivery(kind="sites/access_changed", about="new_codes", facts={"what": "new_codes"}, **fields)


def letters(number: int) -> list[Delivery]:
    """To one person each, in this order, and before all that were made earlier."""
    start = wall_now() - next(_times) * HOUR
    return [letter(due_at=start + dt.timedelta(seconds=place)) for place in range(number)]


def state(row: Delivery) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.reason


def test_what_is_due_goes_to_each_once_over_one_connection(mail):
    rows = letters(5)

    for _round in range(2):
        send_due()

    assert mail.accepted == {row.user.email: 1 for row in rows}
    assert mail.message_ids == [f"<{row.uuid}@{django_settings.STEK_UID_DOMAIN}>" for row in rows]
    assert mail.connections == 1


@pytest.mark.parametrize(
    ("behaviour", "ends", "answer"),
    [
        (says.REFUSE, (State.FAILED, Reason.REFUSED), 550),
        (says.REFUSE_AFTER_DATA, (State.FAILED, Reason.REFUSED), 554),
        (says.LATER, (State.WAITING, Reason.DEFERRED), 450),
        (says.LATER_AFTER_DATA, (State.WAITING, Reason.DEFERRED), 451),
        (says.HANG_UP_BEFORE_DATA, (State.WAITING, Reason.UNREACHABLE), None),
        (says.TAKE_AND_HANG_UP, (State.UNCERTAIN, Reason.SILENT), None),
        (says.LOSE_AND_HANG_UP, (State.UNCERTAIN, Reason.SILENT), None),
        (says.TAKE_AND_SAY_NOTHING, (State.UNCERTAIN, Reason.SILENT), None),
    ],
)
def test_what_a_server_does_decides_what_becomes_of_a_letter_and_of_no_other(mail, behaviour, ends, answer):
    first, second = letters(2)
    mail.behaviour = [behaviour]

    send_due()

    assert (state(first), first.answer) == (ends, answer)
    if ends[0] == State.WAITING:
        assert mail.accepted[first.user.email] == 0
        Delivery.objects.waiting().update(retry_at=wall_now())
        send_due()
        assert state(first) == (State.SENT, "")
    else:
        send_due()
    took = behaviour not in {says.REFUSE, says.REFUSE_AFTER_DATA, says.LOSE_AND_HANG_UP}
    assert (mail.accepted[first.user.email], mail.accepted[second.user.email]) == (int(took), 1)


def test_a_connection_that_was_closed_between_two_letters_is_opened_anew(mail):
    rows = letters(3)
    mail.behaviour = [says.TAKE, says.HANG_UP_BEFORE_DATA]

    send_due()

    assert [state(row)[0] for row in rows] == [State.SENT] * 3
    assert (mail.accepted, mail.connections) == ({row.user.email: 1 for row in rows}, 2)


def test_nobody_there_costs_one_try_and_all_leave_when_somebody_is(settings, server):
    rows = letters(3)
    settings.MAILERS = mailer(free_port())
    for _minute in range(2):
        send_due()
    assert sorted(state(row)[1] for row in rows) == ["", Reason.UNREACHABLE, Reason.UNREACHABLE]

    settings.MAILERS = mailer(server.port)
    send_due()  # the third one finds it open, and with it the two that waited for it
    send_due()

    assert server.accepted == {row.user.email: 1 for row in rows}


def test_a_server_that_never_speaks_holds_nobody_for_long(settings):
    (row,) = letters(1)
    with silent_server() as port:
        settings.MAILERS = mailer(port, timeout=1)
        begun = time.monotonic()
        send_due()

    assert time.monotonic() - begun < 10
    assert state(row) == (State.WAITING, Reason.UNREACHABLE)


# --- processes


@contextmanager
def worker(
    port: int, folder, *, step: str = "", way: str = "round", redis: str = "", clock: str = ""
) -> Iterator[subprocess.Popen]:
    environ = {
        name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "STEK_DEMO", "STEK_CLOCK"}
    }
    environ |= {
        "REDIS_URL": redis,
        "STEK_VAR": str(folder),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "stek.settings",
        **({"STEK_DEMO": "1", "STEK_CLOCK": clock} if clock else {}),
    }
    command = [sys.executable, "-m", "tests.stek.outbox.worker", str(connection.settings_dict["NAME"]), step, way]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environ, text=True, **pipes)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(condition, process: subprocess.Popen) -> None:
    end = time.monotonic() + WAIT
    while not condition():
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < end, "it takes for ever"
        time.sleep(0.1)


def time_passes() -> None:
    """As long as it takes until a worker counts as dead."""
    Delivery.objects.filter(lease_until__isnull=False).update(lease_until=wall_now() - HOUR)


# What a killed worker leaves behind in the row of its first letter, and how often that was accepted.
LEFT = {
    "before claim": (State.WAITING, 0),
    "after claim": (State.CLAIMED, 0),
    "before the server": (State.SENDING, 0),
    "during the letter": (State.SENDING, 1),
    "after acceptance": (State.SENDING, 1),
    "after recording": (State.SENT, 1),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_worker_killed_at_any_step_loses_nothing_and_doubles_nothing(server, tmp_path, rounds):
    everybody = []
    for _round in range(rounds):
        for step, left in LEFT.items():
            first, *others = letters(2)
            everybody += [first, *others]
            with worker(server.port, tmp_path, step=step if step in STEPS else "", way="celery") as process:
                if step not in STEPS:
                    server.kill_at_data = process.pid
                process.wait(WAIT)
                assert process.returncode == -9, process.stderr.read()
            assert (state(first)[0], server.accepted[first.user.email]) == left
            time_passes()
        with worker(server.port, tmp_path, way="celery") as process:
            until(lambda: not Delivery.objects.due().exists() and not Delivery.objects.lost().exists(), process)
            until(lambda: not Delivery.objects.exclude(state__in=[State.SENT, State.UNCERTAIN]).exists(), process)

    ends = [(state(row)[0], server.accepted[row.user.email]) for row in everybody]
    assert {end for end in ends if end[0] == State.SENT} == {(State.SENT, 1)}
    # Nobody can know of these: twice it came, once it did not. They are shown, and never sent again by themselves.
    uncertain = [end for end in ends if end[0] == State.UNCERTAIN]
    assert sorted(uncertain) == [(State.UNCERTAIN, 0)] * rounds + [(State.UNCERTAIN, 1)] * 2 * rounds


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_workers_at_once_send_each_letter_once(server, tmp_path, rounds):
    rows = []
    with worker(server.port, tmp_path) as one, worker(server.port, tmp_path) as other:
        assert [process.stdout.readline() for process in (one, other)] == ["ready\n"] * 2
        for _round in range(rounds):
            rows += letters(30)
            for process in (one, other):
                process.stdin.write("go\n")
                process.stdin.flush()
            assert [process.stdout.readline().split()[0] for process in (one, other)] == ["done"] * 2

    assert server.accepted == {row.user.email: 1 for row in rows}
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
