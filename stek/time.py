"""The one clock of the project.

*Domain time*, :func:`now` and :func:`today`, is what schedules, roles and pages live by. The demonstration may shift it, so that a
visitor sees an ordinary week of October 2023. *Wall time*, :func:`wall_now`, is what sessions, sign-in codes, rate limits, leases and
retries live by, and is never shifted.

The shift comes from ``STEK_CLOCK``: ``2023-10-10T09:00`` (a local time in Brussels) or ``now`` (no shift). It is an offset fixed once
in ``var/clock.json`` and shared by web, worker and beat, so time goes on, also over a restart. Another value makes another offset.
"""

import fcntl
import json
import logging
import os
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

BRUSSELS = "Europe/Brussels"
NO_SHIFT = timedelta(0)


def now() -> datetime:
    """The domain moment, aware, in UTC."""
    return wall_now() + _offset()


def today(zone: str = BRUSSELS) -> date:
    """The domain date in ``zone``, an IANA name."""
    return now().astimezone(clock_of(zone)).date()


@lru_cache(maxsize=64)
def clock_of(zone: str) -> ZoneInfo:
    """The clock of a zone, an IANA name; that of Brussels for a name nobody knows.

    One place with a misspelt zone would otherwise take down what all places share: the home page, the nightly round.
    """
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        logger.error("time zone %r is not known, Brussels is used instead", zone)  # noqa: TRY400 (the trace says no more)
        return ZoneInfo(BRUSSELS)


def refuse_unknown_zone(zone: str) -> None:
    """Model validator. Raises ValidationError for what is not the IANA name of a time zone."""
    if zone not in _zones():
        raise ValidationError(_("Deze tijdzone kennen we niet. Schrijf bv. “Europe/Brussels”."))


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    # "localtime" is whatever the machine says, and not the same on the next one.
    return frozenset(available_timezones() - {"localtime"})


def wall_now() -> datetime:
    """The real moment, aware, in UTC."""
    return datetime.now(UTC)


def as_domain(moment: datetime) -> datetime:
    """A real moment as the clock of the project told it."""
    return moment + _offset()


def is_shifted() -> bool:
    """Whether domain time differs from real time, so that pages say which day they show."""
    return _offset() != NO_SHIFT


def _offset() -> timedelta:
    if settings.STEK_CLOCK is None:
        return NO_SHIFT
    return _fixed_offset(settings.STEK_CLOCK, str(settings.VAR_DIR))


@lru_cache(maxsize=8)
def _fixed_offset(clock: str, folder: str) -> timedelta:
    """The offset that all processes share for this value of ``STEK_CLOCK``; the first one to ask fixes it."""
    if clock == "now":
        return NO_SHIFT

    start = _parse(clock)
    directory = Path(folder)
    directory.mkdir(parents=True, exist_ok=True)
    # The lock is a file of its own: the file that os.replace puts in place cannot also be the one that is locked.
    with (directory / "clock.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = directory / "clock.json"
        offset = _remembered(path, clock)
        if offset is None:
            offset = start - wall_now()
            _remember(path, clock, offset)
    return offset


def _parse(clock: str) -> datetime:
    try:
        moment = datetime.fromisoformat(clock)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        msg = f"STEK_CLOCK must be 'now' or a local time in Brussels such as 2023-10-10T09:00, not {clock!r}."
        raise ImproperlyConfigured(msg)
    return moment.replace(tzinfo=ZoneInfo(BRUSSELS))


def _remembered(path: Path, clock: str) -> timedelta | None:
    """The offset kept for this value; None when there is none, it is for another value, or the file is damaged."""
    try:
        kept = json.loads(path.read_text())
        return timedelta(seconds=kept["offset_seconds"]) if kept["clock"] == clock else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remember(path: Path, clock: str, offset: timedelta) -> None:
    draft = path.with_suffix(".json.new")
    draft.write_text(json.dumps({"clock": clock, "offset_seconds": offset.total_seconds()}))
    os.replace(draft, path)
