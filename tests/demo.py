"""The demonstration as it is on 10 October 2023, loaded once for a module; what a test changes is undone."""

import datetime as dt
import fcntl
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.conf import settings
from django.db import connection, transaction

from activities.demo import load
from tests import kept_rows

TEN_OCTOBER = dt.datetime(2023, 10, 10, 7, tzinfo=dt.UTC)  # a Tuesday, 9 o'clock in Brussels
K, W = "kantine-bezemheide", "kattegat"


@contextmanager
def demonstration(blocker, moment: dt.datetime = TEN_OCTOBER) -> Iterator[None]:
    """For a fixture of a whole module: `blocker` is pytest-django's."""
    with blocker.unblock(), time_machine.travel(moment), transaction.atomic():
        _load_once(moment)
        yield
        transaction.set_rollback(True)


def _load_once(moment: dt.datetime) -> None:
    """The first of all workers loads it, the others and later ones put the same rows in their tables."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")
    kept = settings.VAR_DIR / f"demo-{connection.vendor}-{run}-{moment:%Y%m%d%H%M}"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            load()
            rows = kept_rows.take()
            kept.write_bytes(pickle.dumps(rows))
            kept_rows.count_again(rows)
            return
    rows = pickle.loads(kept.read_bytes())  # noqa: S301 (made a moment ago by this run)
    kept_rows.put(rows)
    kept_rows.count_again(rows)
