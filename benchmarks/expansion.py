"""Dates of agreements begun five years ago, beside plain dateutil in the same run: the same dates, at most half its CPU.

dateutil reads the same RRULE with the same beginning. Both get their rule made beforehand; what is timed is asking a
window of 53 weeks, CPU time of this process, rounds interleaved so that a busy machine slows both alike.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from collections.abc import Callable

LIMIT = 0.5  # of dateutil's time
ROUNDS = 40
SERIES = 25  # of each kind, begun on different days
FIRST = dt.date(2023, 10, 9)
LAST = FIRST + dt.timedelta(weeks=53, days=6)


def kinds() -> dict[str, list]:
    """Rules by kind, all begun five years before the window."""
    from activities.recurrence import Rule

    begins = [FIRST - dt.timedelta(days=5 * 365 + number) for number in range(SERIES)]
    return {
        "weekly": [Rule("weekly", begin, weekday=0) for begin in begins],
        "fortnightly": [Rule("weekly", begin, weekday=3, interval=2) for begin in begins],
        "monthly, second": [Rule("monthly", begin, weekday=1, nth=2) for begin in begins],
        "monthly, last": [Rule("monthly", begin, weekday=4, nth=-1) for begin in begins],
    }


def compare(rules: list) -> tuple[float, float]:
    """Middle CPU seconds of ours and of dateutil for all rules; raises when the dates differ."""
    from dateutil.rrule import rrulestr

    from activities.recurrence import expand

    midnight = dt.time()
    theirs = [rrulestr(rule.rrule, dtstart=dt.datetime.combine(rule.anchor, midnight)) for rule in rules]
    first, last = dt.datetime.combine(FIRST, midnight), dt.datetime.combine(LAST, midnight)

    def ours() -> list[list[dt.date]]:
        return [expand(rule, FIRST, LAST) for rule in rules]

    def dateutil() -> list[list[dt.datetime]]:
        return [rule.between(first, last, inc=True) for rule in theirs]

    if ours() != [[moment.date() for moment in found] for found in dateutil()]:
        raise SystemExit("expand() and dateutil give different dates.")
    times: dict[Callable, list[float]] = {ours: [], dateutil: []}
    for _ in range(ROUNDS):
        for function, taken in times.items():
            start = time.process_time()
            function()
            taken.append(time.process_time() - start)
    return statistics.median(times[ours]), statistics.median(times[dateutil])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")
    import django

    django.setup()
    print(f"expand() beside dateutil: {SERIES} series begun five years ago, {FIRST} to {LAST}, the same dates")
    print(f"{'':18}{'ours':>12}{'dateutil':>12}{'ratio':>8}   (µs a series; at most {LIMIT})")
    slow = []
    for name, rules in kinds().items():
        ours, theirs = compare(rules)
        print(f"{name:18}{ours / SERIES * 1e6:12.1f}{theirs / SERIES * 1e6:12.1f}{ours / theirs:8.3f}")
        if ours / theirs > LIMIT:
            slow.append(name)
    if slow:
        raise SystemExit(f"Over {LIMIT} of dateutil: {', '.join(slow)}.")


if __name__ == "__main__":
    main()
