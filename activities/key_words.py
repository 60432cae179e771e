"""What a key takes along when it ends: shifts and standing places, in words for who is about to let it end."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.models import Role

from .actions.volunteers import to_come
from .models import SignUp, Standing
from .shift_rules import HELPING
from .words import day_words

NAMED = 8  # of somebody who stands every week for a year


def what_ends_with_key(role: Role, on: dt.date) -> list[str]:
    """Whole sentences: what is free once a key ended after `on`, and that it does not come back with the next key. Empty when nothing is."""
    if role.kind not in HELPING or role.site_id is None:
        return []
    others = Role.objects.filter(user=role.user_id, site=role.site_id, kind__in=HELPING).exclude(pk=role.pk)
    stays = [(one.since, one.until or dt.date.max) for one in others]
    places = to_come(SignUp.objects.filter(volunteer__user=role.user_id, shift__occurrence__site=role.site_id))
    free = sorted(
        (day, place.shift.need.task)
        for place in places
        if (day := place.shift.occurrence.day) > on and not any(since <= day <= until for since, until in stays)
    )
    told = [_shifts(free)] if free else []
    standing = Standing.objects.filter(volunteer__user=role.user_id, need__series__activity__site=role.site_id)
    if not stays and (tasks := sorted({one.need.task for one in standing.select_related("need")})):
        told.append(_("Ook de vaste plaats stopt: %(tasks)s.") % {"tasks": ", ".join(tasks)})
    if told:
        words = {"person": str(role.user)}
        told.append(
            _("Komt %(person)s later terug, dan komen die beurten niet vanzelf mee: ze kunnen van iemand anders zijn.")
            % words
        )
    return told


def _shifts(free: list[tuple[dt.date, str]]) -> str:
    named = [_("%(day)s (%(task)s)") % {"day": day_words(day), "task": task} for day, task in free[:NAMED]]
    if more := len(free) - len(named):
        named.append(ngettext("nog %(number)d beurt", "nog %(number)d beurten", more) % {"number": more})
    sentence = ngettext(
        "Deze beurt is dan weer vrij: %(shifts)s.", "Deze beurten zijn dan weer vrij: %(shifts)s.", len(free)
    )
    return sentence % {"shifts": ", ".join(named)}
