"""The demonstration as it is on 10 October 2023, loaded once for a module; what a test changes is undone."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.db import transaction

from activities.demo import load

TEN_OCTOBER = dt.datetime(2023, 10, 10, 7, tzinfo=dt.UTC)  # a Tuesday, 9 o'clock in Brussels
K, W = "kantine-bezemheide", "kattegat"


@contextmanager
def demonstration(blocker, moment: dt.datetime = TEN_OCTOBER) -> Iterator[None]:
    """For a fixture of a whole module: `blocker` is pytest-django's."""
    with blocker.unblock(), time_machine.travel(moment), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)
