"""What must be true of a service that is well. Every check answers within `PATIENCE`, whatever is frozen; none raises."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError

from stek.health.models import Heartbeat
from stek.patience import patience

QUEUE = timedelta(minutes=5)  # beat sends one a minute, so five were missed
MATERIALISATION = timedelta(hours=26)  # once a night, with two hours to spare
PATIENCE = 2  # seconds for a statement, and as much to connect; the cache has one of its own, in the settings


@dataclass(frozen=True)
class Check:
    name: str
    ok: bool
    detail: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def checks() -> list[Check]:
    """The database is asked once: when it does not answer, nobody waits for it a second time."""
    try:
        with patience(PATIENCE):
            ages = Heartbeat.objects.ages()
    except DatabaseError as error:
        # The kind only: the address of a database is nobody's business.
        return [Check("database", ok=False, detail=type(error).__name__), memory()]
    return [
        Check("database", ok=True, detail=f"{len(ages)} heartbeats read"),
        memory(),
        heartbeat("queue", ages, at_most=QUEUE),
        heartbeat("materialisation", ages, at_most=MATERIALISATION),
    ]


def memory() -> Check:
    """What the cache is told it can tell again."""
    key, value = f"health:{token_hex(8)}", token_hex(8)
    cache.set(key, value, timeout=10)
    kept = cache.get(key) == value
    cache.delete(key)
    return Check("cache", kept, "kept a value" if kept else "lost a value at once")


def heartbeat(name: str, ages: dict[str, timedelta], *, at_most: timedelta) -> Check:
    """The last beat of this name is recent enough. For the queue that covers beat, broker and worker together."""
    age = ages.get(name)
    if age is None:
        return Check(name, ok=False, detail="never")
    seconds = int(age.total_seconds())
    return Check(name, age <= at_most, f"{seconds} seconds ago, at most {int(at_most.total_seconds())}")


def sign_of_life(process: str) -> Path:
    """The file that a worker or beat touches as long as it goes on; it tells nothing about others of its kind."""
    return Path(settings.VAR_DIR) / f"{process}.alive"
