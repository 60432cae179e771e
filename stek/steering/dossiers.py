"""Dossiers in a report: what each is called, with whom it is, how far, and who owes an answer. No word of what was told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signals.dossier_querysets import OVER
from signals.dossier_rules import is_late, is_owed
from signals.dossier_words import day_of, headline
from signals.models import Dossier, DossierStep
from sites.models import Partnership
from sites.words import Dutch, said

from .snapshot import Asked
from .telling import Cell, Section, Told


def collect(asked: Asked) -> list[dict[str, Any]]:
    """Those that are open today, and those that were closed in the period; what waits longest first. Two queries."""
    rows = Dossier.objects.of(asked.partnership).filter(Q(site__in=asked.sites) | Q(site__isnull=True)).with_steps()
    return sorted(
        (one for row in rows if (one := _one(row, asked))),
        key=lambda one: (one["due"] or "9", one["since"], one["title"]),
    )


def _one(row: Dossier, asked: Asked) -> dict[str, Any] | None:
    steps = sorted(row.steps.all(), key=lambda step: step.position)
    if not steps or (row.status in OVER and not asked.period.first <= steps[-1].day < asked.period.end):
        return None
    owed = [step for step in steps if is_owed(step, row)]
    first = min(owed, key=lambda step: step.due_on or dt.date.max, default=None)
    return {
        "title": row.title, "site": row.site.slug if row.site else "", "status": row.status, "since": steps[-1].day.isoformat(),
        "addressee": (first and first.addressee) or steps[-1].addressee or row.addressee,
        "due": first.due_on.isoformat() if first and first.due_on else None,
        "is_late": first is not None and is_late(first, row, asked.day),
    }  # fmt: skip


def tell(told: Told, data: list[dict[str, Any]]) -> Section:
    shown = [one for one in data if not one["site"] or told.here(one["site"])]
    rows: list[list[Cell]] = [
        [
            Dutch(one["title"]),
            Dutch(one["addressee"]),
            headline(one["status"], ""),
            dt.date.fromisoformat(one["since"]),
            _due(one),
        ]
        for one in shown
    ]
    waiting, late = [one for one in shown if one["due"]], [one["addressee"] for one in shown if one["is_late"]]
    return Section(
        "dossiers", _title(len(waiting), late),
        [_("Dossier"), _("bij wie"), _("hoever"), _("sinds"), _("antwoord verwacht")], rows, is_wide=True,
        definition=_("Dossiers die open zijn, en die in deze periode opgelost of geweigerd werden, zoals ze nu staan."),
        empty=_("Hier komen de dossiers: wat we aankaarten, bij wie, en wie een antwoord schuldig is."),
        link=(_("Naar de dossiers"), reverse("signals:dossiers")),
    )  # fmt: skip


def _due(one: dict[str, Any]) -> str:
    if not one["due"]:
        return ""
    words = {"day": day_of(dt.date.fromisoformat(one["due"]))}
    return _("%(day)s, te laat") % words if one["is_late"] else words["day"]


def _title(waiting: int, late: list[str]) -> str:
    """Who owes an answer, where it is one."""
    if len(set(late)) == 1:
        return said(_("%(who)s is ons al te lang een antwoord schuldig"), who=Dutch(late[0]))
    if late:
        text = ngettext(
            "%(number)d dossier wacht te lang op een antwoord",
            "%(number)d dossiers wachten te lang op een antwoord",
            len(late),
        )
        return text % {"number": len(late)}
    if waiting:
        text = ngettext(
            "%(number)d dossier wacht op een antwoord", "%(number)d dossiers wachten op een antwoord", waiting
        )
        return text % {"number": waiting}
    return _("Niemand is ons een antwoord schuldig")


def news(partnership: Partnership, since: dt.date, until: dt.date) -> list[str]:
    """Steps that were published on these days, however long ago they were taken."""
    rows = DossierStep.objects.published().filter(
        dossier__partnership=partnership, published_on__gte=since, published_on__lt=until
    )
    return [
        said(_("%(title)s: %(what)s"), title=Dutch(row.dossier.title), what=headline(row.status, row.addressee))
        for row in rows.select_related("dossier").order_by("day", "pk")
    ]
