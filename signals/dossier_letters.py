"""The letter when an answer is late: to who carries the dossier, once for each day it was promised on. And the line on the desk that stays until it is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.problems import Problem, add_finder
from sites.models import Site, User
from sites.words import Dutch
from stek.outbox import post
from stek.outbox.kinds import AT_ONCE, Kind, add_kind
from stek.outbox.models import Delivery
from stek.time import today

from .dossier_rules import can_work_on, is_late
from .dossier_words import day_of, headline
from .models import Dossier, DossierStep

ANSWER_LATE = "signals/answer_late"
SHOWN = 3  # on a desk: more of them stand together on the page of dossiers


def say() -> None:
    """For `AppConfig.ready`."""
    about = gettext_lazy("een antwoord in een dossier is te laat")
    add_kind(Kind(ANSWER_LATE, about, _answer_late, once=True, wait=AT_ONCE))
    add_finder(_late_answers)


def remind_of_answers() -> int:
    """Write a letter for each answer that did not come, once for each reader and day it was expected on. How many were written.

    Whenever it runs: what is late stays late until it is answered, put off, or the dossier is over.
    """
    written = 0
    for step in _late(today()):
        for user in _carriers(step.dossier):
            row = post(
                ANSWER_LATE, to=user, about=f"dossier step:{step.pk}", site=step.dossier.site,
                period=str(step.due_on), facts={"step": str(step.pk)},
            )  # fmt: skip
            written += row is not None
    return written


def _late(day: dt.date) -> QuerySet[DossierStep]:
    rows = DossierStep.objects.owed().filter(due_on__lt=day)
    return rows.select_related("dossier__site", "dossier__partnership").order_by("due_on", "pk")


def _carriers(dossier: Dossier) -> QuerySet[User]:
    """Who coordinates its site, or any site of its partnership."""
    sites = [dossier.site] if dossier.site else Site.objects.filter(partnership=dossier.partnership_id)
    return User.objects.coordinating(*sites)


def _answer_late(delivery: Delivery) -> dict[str, Any] | None:
    """None when it came meanwhile, was put off, or its reader does not carry the dossier any more."""
    rows = DossierStep.objects.select_related("dossier__site", "dossier__partnership")
    step = rows.filter(pk=delivery.facts["step"]).first()
    if step is None or delivery.user is None or str(step.due_on) != delivery.period:
        return None
    if not is_late(step, step.dossier, today()) or not can_work_on(delivery.user, step.dossier):
        return None
    assert step.due_on is not None
    return {
        "title": Dutch(step.dossier.title), "head": headline(step.status, step.addressee), "day": day_of(step.day),
        "due": day_of(step.due_on), "path": reverse("signals:answer_step", args=[step.pk]),
    }  # fmt: skip


def _late_answers(site: Site, day: dt.date) -> Iterator[Problem]:
    """What waits longest first."""
    late = list(_late(day).filter(dossier__in=Dossier.objects.at(site)))
    for step in late[:SHOWN]:
        assert step.due_on is not None
        words = {"title": step.dossier.title, "who": step.addressee, "day": day_of(step.due_on)}
        said = (
            _("Dossier “%(title)s”: het antwoord van %(who)s is te laat, het kwam niet op %(day)s.")
            if step.addressee
            else _("Dossier “%(title)s”: het antwoord is te laat, het kwam niet op %(day)s.")
        )
        yield Problem("mail", said % words, _("Vul het antwoord in"), reverse("signals:answer_step", args=[step.pk]))
    if len(late) > SHOWN:
        yield Problem("mail", _("Nog meer antwoorden zijn te laat."), _("Bekijk de dossiers"), reverse("signals:dossiers"))  # fmt: skip
