"""What must be true of a service that is well. Every check answers within seconds, whatever is frozen; none raises."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count, Min

from stek.health.models import Heartbeat
from stek.outbox.models import Delivery
from stek.patience import patience
from stek.time import now

QUEUE = timedelta(minutes=5)  # beat sends one a minute, so five were missed
MATERIALISATION = timedelta(hours=26)  # once a night, with two hours to spare
RELEASES = timedelta(hours=26)  # the same; it beats only when every quarter that was due is published
PATIENCE = 2  # seconds to connect, and for a statement; the cache has a patience of its own, in the settings


@dataclass(frozen=True)
class Check:
    name: str
    ok: bool
    detail: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def checks() -> list[Check]:
    first = database()
    if not first.ok:
        return [first, memory()]  # nobody waits for it a second time
    return [
        first,
        memory(),
        heartbeat("queue", at_most=QUEUE),
        heartbeat("materialisation", at_most=MATERIALISATION),
        heartbeat("releases", at_most=RELEASES),
        outbox(),
    ]


def database() -> Check:
    """A table of ours can be read."""
    return _check("database", lambda: (True, f"{Heartbeat.objects.count()} heartbeats read"))


def memory() -> Check:
    """What the cache is told it can tell again."""
    key, value = f"health:{token_hex(8)}", token_hex(8)
    cache.set(key, value, timeout=10)
    kept = cache.get(key) == value
    cache.delete(key)
    return Check("cache", kept, "kept a value" if kept else "lost a value at once")


def heartbeat(name: str, *, at_most: timedelta) -> Check:
    """The last beat of this name is recent enough. For the queue that covers beat, broker and worker together."""

    def look() -> tuple[bool, str]:
        age = Heartbeat.objects.age(name)
        if age is None:
            return False, "never"
        return age <= at_most, f"{int(age.total_seconds())} seconds ago, at most {int(at_most.total_seconds())}"

    return _check(name, look)


def outbox() -> Check:
    """No message waits long beyond its time. What is uncertain is told, and asks for a decision, not for an alarm."""

    def look() -> tuple[bool, str]:
        rows = Delivery.objects.overdue().aggregate(number=Count("pk"), oldest=Min("due_at"))
        uncertain = Delivery.objects.uncertain().count()
        age = now() - rows["oldest"] if rows["oldest"] else timedelta(0)
        most = settings.OUTBOX_OVERDUE
        waits = f"{rows['number']} due, the oldest for {int(age.total_seconds())} seconds, at most {int(most.total_seconds())}"
        return age <= most, f"{waits}; {uncertain} uncertain"

    return _check("outbox", look)


def _check(name: str, look: Callable[[], tuple[bool, str]]) -> Check:
    try:
        with patience(PATIENCE):
            ok, detail = look()
    except DatabaseError as error:
        # The kind only: the address of a database is nobody's business.
        return Check(name, ok=False, detail=type(error).__name__)
    return Check(name, ok, detail)


def sign_of_life(process: str) -> Path:
    """The file that a worker or beat touches as long as it goes on; it tells nothing about others of its kind."""
    return Path(settings.VAR_DIR) / f"{process}.alive"
