"""What this room keeps: the shifts somebody took, of which the hours stay from nobody; and steps, for a while only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Volunteer
from sites.models import User
from stek.personal import Eraser, Exporter, Somebody, add_eraser, add_exporter
from stek.retention import Purger, add_purger
from stek.time import now, today

from .actions.volunteers import forget_volunteer, give_up_what_is_to_come
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
    add_purger(Purger("helper", _helps_no_more, _forget_all))
    add_purger(Purger("shift", _done_long_ago, lambda found: found.update(volunteer=None)))


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


def _helps_no_more(length: dt.timedelta) -> list[Volunteer]:
    """Without an account, and of whom that long ago was the last day, the last shift, and the day they were written down."""
    day = today() - length
    rows = Volunteer.objects.filter(user__isnull=True, since__lt=day)
    lately = SignUp.objects.filter(shift__occurrence__day__gte=day, volunteer__isnull=False).values("volunteer")
    stands = Standing.objects.values("volunteer")
    return list(rows.filter(Q(until__isnull=True) | Q(until__lt=day)).exclude(pk__in=lately).exclude(pk__in=stands))


def _forget_all(found: list[Volunteer]) -> None:
    for one in found:
        forget_volunteer(one)


def _done_long_ago(length: dt.timedelta) -> Any:
    """Places of which nobody needs to know any more whose they were; the hours of the site stay."""
    return SignUp.objects.filter(shift__occurrence__day__lt=today() - length, volunteer__isnull=False)
