"""What this room keeps, for how long. There is nothing of anybody in it: nothing to take along, nothing to forget."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from activities.iso_week import IsoWeek
from stek import traces
from stek.backup import leave_out
from stek.retention import Purger, add_purger
from stek.time import today

from .models import Contribution, DossierSentence, Held, Pointing, Refused, Signal


def say() -> None:
    """For `AppConfig.ready`."""
    add_purger(Purger("signal", _with_old_words, _keep_the_number))
    add_purger(Purger("refused_signal", lambda length: Refused.objects.before(_week_of(length))))
    traces.keep_clean(*(model._meta.db_table for model in (Held, Signal, Contribution, Pointing, DossierSentence)))
    leave_out(Held._meta.db_table)


def _week_of(length: dt.timedelta) -> IsoWeek:
    """The one in which it is so long ago: the weeks before it are over since longer."""
    return IsoWeek.of(today() - length)


def _with_old_words(length: dt.timedelta) -> QuerySet:
    return Signal.objects.before(_week_of(length)).exclude(text="")


def _keep_the_number(rows: Any) -> None:
    """That there was one, about what, where and in which week, still counts; what was said is gone, also of one nobody looked at."""
    rows.update(text="", service="", idea="", marks="", was_asked=False)
