"""What groups agreed, in a report: who still does what by when; and in a letter, what was decided."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.enums import ActionOwner
from partners.meeting_words import group_name
from partners.models import ActionPoint, Decision
from sites.models import Partnership
from sites.words import Dutch, said

from .snapshot import Asked
from .telling import Cell, Section, Told, cell_words


def collect(asked: Asked) -> list[dict[str, Any]]:
    """What is not done today, what is due first on top; the owner by the name of today, or by the code of a role. Two queries."""
    of_sites = Q(meeting__body__site__in=asked.sites) | Q(meeting__body__site__isnull=True)
    rows = ActionPoint.objects.whole().filter(of_sites, meeting__body__partnership=asked.partnership).still_open()
    return [
        {
            "text": row.text, "site": row.meeting.body.site.slug if row.meeting.body.site else "", "role": row.role,
            "organisation": row.organisation.name_on(asked.day) if row.organisation else "",
            "due": row.due_on.isoformat() if row.due_on else None, "is_late": row.is_late(asked.day),
        }
        for row in rows
    ]  # fmt: skip


def tell(told: Told, data: list[dict[str, Any]]) -> Section:
    shown = [one for one in data if not one["site"] or told.here(one["site"])]
    rows: list[list[Cell]] = [[Dutch(one["text"]), _owner(one), _due(one)] for one in shown]
    return Section(
        "points", _title(len(shown), sum(one["is_late"] for one in shown)), [_("Wat"), _("Wie"), _("Tegen wanneer")], rows, is_wide=True,
        definition=_("Wat de stuurgroep en de werkgroepen afspraken en nog niet klaar is, zoals het nu staat."),
        empty=_("Hier komt wat op vergaderingen is afgesproken en nog moet gebeuren."),
        link=(_("Naar de vergaderingen"), reverse("steering:home")),
    )  # fmt: skip


def _owner(one: dict[str, Any]) -> str:
    return Dutch(one["organisation"]) if one["organisation"] else str(ActionOwner(one["role"]).label)


def _due(one: dict[str, Any]) -> Cell:
    if not one["due"]:
        return "–"
    day = dt.date.fromisoformat(one["due"])
    return _("%(day)s, te laat") % {"day": cell_words(day)} if one["is_late"] else cell_words(day)


def _title(number: int, late: int) -> str:
    if late:
        return ngettext("%(number)d afspraak is te laat", "%(number)d afspraken zijn te laat", late) % {"number": late}
    if number:
        text = ngettext("%(number)d afspraak is nog te doen", "%(number)d afspraken zijn nog te doen", number)
        return text % {"number": number}
    return _("Alles wat is afgesproken, is gedaan")


def news(partnership: Partnership, since: dt.date, until: dt.date) -> list[str]:
    """Decisions of these days, or of earlier ones and written down on these, of all groups.

    For who sits in the steering group, who may read their meetings. Not for partners' workers.
    """
    rows = Decision.objects.whole().filter(meeting__body__partnership=partnership)
    told = rows.annotate(told_on=Greatest("meeting__day", "written_on")).filter(told_on__gte=since, told_on__lt=until)
    return [
        said(_("%(group)s besliste: %(what)s"), group=group_name(row.meeting.body), what=Dutch(row.text))
        for row in told.order_by("meeting__day", "pk")
    ]
