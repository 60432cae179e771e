"""Rows of the steering room. Every function takes what differs and fills in the rest."""

from __future__ import annotations

import datetime as dt
from itertools import count

from sites.models import Partnership
from stek.steering.models import Digest, Report

_number = count(1)


def make_report(partnership: Partnership, **fields) -> Report:
    """What was frozen for a year of long ago, without figures."""
    plain = {"period": str(2000 + next(_number) % 100), "frozen_on": dt.date(2023, 10, 10), "figures": {}}
    return Report.objects.create(partnership=partnership, **plain | fields)


def make_digest(partnership: Partnership, **fields) -> Digest:
    plain = {"kind": "stuurgroep", "period": "2023-K3", "state": "sent"}
    days = {"since": dt.date(2023, 7, 1), "until": dt.date(2023, 10, 10)}
    return Digest.objects.create(partnership=partnership, **plain | days | fields)
