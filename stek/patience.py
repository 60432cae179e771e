"""How long this process waits for one statement of the database before it gives up; `stek/postgresql/` keeps to it.

Nothing is set for a command that a person started: a migration may take as long as it needs. Web and worker say what they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

GRACE = 2  # seconds that a server gets to end a statement itself, which leaves the connection usable

_of_process: list[float] = []
_for_now: ContextVar[float | None] = ContextVar("patience", default=None)


def be_patient(seconds: float) -> None:
    """From now on, in all threads of this process, on connections that are still to be opened."""
    _of_process[:] = [seconds]


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """No longer than this for each statement inside, in this thread."""
    token = _for_now.set(seconds)
    try:
        yield
    finally:
        _for_now.reset(token)


def statement_limit() -> float | None:
    """Seconds after which the server is to end a statement; None is never."""
    return _of_process[0] if _of_process else None


def deadline() -> float | None:
    """Seconds after which we do not wait for the server any more; None is never."""
    limit = statement_limit()
    usual = limit + GRACE if limit else None
    now = _for_now.get()
    return min(now, usual) if now and usual else now or usual
