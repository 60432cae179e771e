"""What this room keeps: the shifts somebody took, of which the hours stay from nobody; and steps, for a while only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from sites.models import User
from stek.personal import Eraser, Exporter, Somebody, add_eraser, add_exporter
from stek.retention import Purger, add_purger
from stek.time import now

from .actions.volunteers import give_up_what_is_to_come
from .models import SignUp, Standing, Step


def say() -> None:
    """For `AppConfig.ready`."""
    labels = {"task": _("wat"), "where": _("waar"), "day": _("dag"), "state": _("toestand"),
              "offered": _("aangeboden om te ruilen")}  # fmt: skip
    add_exporter(Exporter("shifts", _("Je beurten"), labels, _shifts, position=50))
    labels = {"task": _("wat"), "where": _("waar")}
    add_exporter(Exporter("standing", _("Je vaste plaatsen"), labels, _standing, position=51))
    add_eraser(Eraser("shifts", _give_up))
    add_purger(Purger("step", _too_late_to_undo))


def _shifts(user: User) -> list[dict[str, Any]]:
    rows = SignUp.objects.filter(volunteer__user=user).select_related("shift__need", "shift__occurrence__site", "swap")
    return [
        {
            "task": row.shift.need.task, "where": row.shift.occurrence.site.name, "day": row.shift.occurrence.day,
            "state": str(row.get_state_display()), "offered": hasattr(row, "swap"),
        }
        for row in rows.order_by("shift__occurrence__day", "pk")
    ]  # fmt: skip


def _standing(user: User) -> list[dict[str, Any]]:
    rows = Standing.objects.filter(volunteer__user=user).select_related("need__series__activity__site")
    return [{"task": row.need.task, "where": row.need.series.activity.site.name} for row in rows]


def _give_up(somebody: Somebody) -> None:
    """The row of who took a shift goes with them."""
    give_up_what_is_to_come(SignUp.objects.filter(volunteer__user=somebody.id))


def _too_late_to_undo(length: dt.timedelta) -> Any:
    """Of which the first date began that long ago, undone or not."""
    return Step.objects.filter(until__lt=now() - length)
