"""What this room keeps: the shifts somebody took, of which the hours stay from nobody; who registered for a date, whose number
stays from nobody; steps, and ideas nobody looked at, for a while only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Volunteer
from sites.models import User
from stek.personal import Eraser, Exporter, Somebody, add_eraser, add_exporter, add_follower
from stek.retention import Purger, add_purger
from stek.time import now, today

from .actions.reservations import forget_reservations, take_names_away
from .actions.volunteers import forget_volunteers, give_up_what_is_to_come
from .ideas import month_of
from .models import Idea, Reservation, SignUp, Standing, Step


def say() -> None:
    """For `AppConfig.ready`."""
    labels = {"task": _("wat"), "where": _("waar"), "day": _("dag"), "state": _("toestand"),
              "offered": _("aangeboden om te ruilen")}  # fmt: skip
    add_exporter(Exporter("shifts", _("Je beurten"), labels, _shifts, position=50))
    labels = {"task": _("wat"), "where": _("waar")}
    add_exporter(Exporter("standing", _("Je vaste plaatsen"), labels, _standing, position=51))
    add_eraser(Eraser("shifts", _give_up))
    labels = {
        "what": _("wat"), "where": _("waar"), "day": _("dag"), "nickname": _("voornaam of bijnaam"),
        "people": _("met hoeveel"), "state": _("toestand"),
    }  # fmt: skip
    add_exporter(
        Exporter("reservations", _("Waar je je inschreef, met je e-mailadres"), labels, _reservations, position=52)
    )
    add_eraser(Eraser("reservations", _forget_reservations, covers=("activities.reservation",)))
    add_follower(_follow)
    add_purger(Purger("reservation", _over_for, take_names_away))
    add_purger(Purger("step", _too_late_to_undo))
    add_purger(Purger("waiting_idea", _nobody_looked))
    add_purger(Purger("helper", _helps_no_more, forget_volunteers))
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


def _reservations(user: User) -> list[dict[str, Any]]:
    rows = Reservation.objects.filter(contact__iexact=user.email).select_related(
        "outing__occurrence__series", "outing__occurrence__site"
    )
    return [
        {
            "what": row.outing.occurrence.series.title, "where": row.outing.occurrence.site.name,
            "day": row.outing.occurrence.day, "nickname": row.nickname, "people": row.people,
            "state": str(row.get_state_display()),
        }
        for row in rows.order_by("outing__occurrence__day", "pk")
    ]  # fmt: skip


def _forget_reservations(somebody: Somebody) -> None:
    forget_reservations(somebody.address, somebody.is_named_in)


def _follow(former: str, address: str) -> None:
    """Who has an account and another mailbox hears there of what they registered for."""
    Reservation.objects.filter(contact__iexact=former).update(contact=address)


def _over_for(length: dt.timedelta) -> Any:
    """Of dates that are that many days past, and of those that did not take place."""
    return Reservation.objects.filter(outing__occurrence__day__lte=today() - length)


def _too_late_to_undo(length: dt.timedelta) -> Any:
    """Of which the first date began that long ago, undone or not."""
    return Step.objects.filter(until__lt=now() - length)


def _nobody_looked(length: dt.timedelta) -> Any:
    """Ideas of the box of which the month was over that long ago: of the day nothing is known."""
    return Idea.objects.waiting().filter(since__lt=month_of(today() - length))


def _helps_no_more(length: dt.timedelta) -> list[Volunteer]:
    """Without an account, and of whom that long ago was the last day, the last shift, and the day they were written down."""
    day = today() - length
    rows = Volunteer.objects.filter(user__isnull=True, since__lt=day)
    lately = SignUp.objects.filter(shift__occurrence__day__gte=day, volunteer__isnull=False).values("volunteer")
    stands = Standing.objects.values("volunteer")
    return list(rows.filter(Q(until__isnull=True) | Q(until__lt=day)).exclude(pk__in=lately).exclude(pk__in=stands))


def _done_long_ago(length: dt.timedelta) -> Any:
    """Places of which nobody needs to know any more whose they were; the hours of the site stay."""
    return SignUp.objects.filter(shift__occurrence__day__lt=today() - length, volunteer__isnull=False)
