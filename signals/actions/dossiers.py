"""A dossier begins, is put in words, and goes its way step by step. Of what was written the change log keeps no words."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from signals.dossier_figures import shown_cells
from signals.dossier_rules import AFTER, refuse_odd_answer, refuse_unready, refuse_wrong_day, repeats
from signals.enums import Status
from signals.models import Dossier, DossierFigure, DossierSentence, DossierStep, Signal
from sites.actions import log_change, schedule_changed
from sites.actions.rows import begun, gone, take_over
from sites.models import Partnership, Site, User
from sites.seen import refuse_overtaken
from stek import traces
from stek.time import today

WORDS = ("title", "problem", "causes", "affected", "proposals", "addressee")
STEP_WORDS = ("day", "addressee", "text", "due_on", "answer", "answered_on", "effect")


@transaction.atomic
def begin_dossier(
    partnership: Partnership, site: Site | None, *, by: User | None, key: uuid.UUID | None = None, **values: Any
) -> Dossier:
    """With a first step of today. The same `key` again gives the dossier that is there already."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if key and (there := Dossier.objects.filter(pk=key).first()):
        return there
    dossier = Dossier(partnership=partnership, site=site, **values)
    dossier.pk = key or dossier.pk
    dossier.full_clean(exclude=["partnership", "site"])
    dossier.save(force_insert=True)
    DossierStep.objects.create(dossier=dossier, position=1, status=dossier.status, day=today())
    _log(dossier, dossier, "begin_dossier", by, begun(values))
    return dossier


@transaction.atomic
def change_dossier(dossier: Dossier, *, by: User | None, seen: str | None = None, **values: Any) -> Dossier:
    """Put it in other words. Raises `Overtaken` when it is not what was `seen`, ValidationError when it is further than its words."""
    row = _locked(dossier)
    refuse_overtaken(row, WORDS, seen)
    changes = take_over(row, values)
    if not changes:
        return row
    row.full_clean(exclude=["partnership", "site"])
    _refuse_emptied(row)
    row.save(update_fields=list(changes))
    _log(row, row, "change_dossier", by, changes)
    _show_anew(row)
    return row


def _refuse_emptied(row: Dossier) -> None:
    try:
        refuse_unready(row, row.status)
    except ValidationError as refusal:
        raise ValidationError(_("Het dossier is al verder. %(why)s") % {"why": " ".join(refusal.messages)}) from refusal


@transaction.atomic
def take_step(
    dossier: Dossier, *, by: User | None, status: str, day: dt.date, after: int | None = None,
    key: uuid.UUID | None = None, **words: Any,
) -> DossierStep:  # fmt: skip
    """The next step. The same `key` again gives the step that is there; `after` is the position of the newest step its writer saw.

    Raises ValidationError by field for a state that cannot come now, a day that does not fit, or when somebody else was first.
    """
    row = _locked(dossier)
    if key and (there := DossierStep.objects.filter(pk=key, dossier=row).first()):
        return there
    last = _last(row)
    if after is not None and after != last.position:
        words_of = {"status": last.get_status_display()}
        raise ValidationError(_("Iemand anders zette intussen een stap: %(status)s. Kijk na of de jouwe er nog bij moet.") % words_of)  # fmt: skip
    return _take(row, last, by=by, status=status, day=day, key=key, **words)


def _take(
    row: Dossier, last: DossierStep, *, by: User | None, status: str, day: dt.date, key: uuid.UUID | None = None, **words: Any
) -> DossierStep:  # fmt: skip
    if status not in AFTER[row.status]:
        raise ValidationError({"status": _("Dat kan na deze toestand niet. Kies een andere.")})
    refuse_unready(row, status)
    refuse_wrong_day(day, before=last.day, after=None, on=today())
    step = DossierStep(dossier=row, position=last.position + 1, status=status, day=day, **words)
    step.pk = key or step.pk
    step.addressee = step.addressee or (row.addressee if status not in (Status.COLLECTED, Status.ANALYSED) else "")
    _refuse_odd_answer(step)
    step.full_clean(exclude=["dossier"])
    step.save(force_insert=True)
    if row.status != status:
        row.status = status
        row.save(update_fields=["status"])
        _show_anew(row)  # also of a step that is hidden: the wait for an answer may be over
    _log(row, step, "take_step", by, begun({"status": status, "day": day, "due_on": step.due_on}))
    return step


@transaction.atomic
def change_step(step: DossierStep, *, by: User | None, seen: str | None = None, **values: Any) -> DossierStep:
    """Correct a step: its day and its words, not how far the dossier was."""
    row, dossier = _locked_step(step)
    refuse_overtaken(row, STEP_WORDS, seen)
    changes = take_over(row, values)
    if not changes:
        return row
    _refuse_between(row)
    _refuse_odd_answer(row)
    row.full_clean(exclude=["dossier"])
    row.save(update_fields=list(changes))
    _log(dossier, row, "change_step", by, changes)
    _show_anew(dossier)
    return row


@transaction.atomic
def answer_step(
    step: DossierStep, *, by: User | None, answer: str, answered_on: dt.date, effect: str = "", status: str = "",
    seen: str | None = None,
) -> DossierStep:  # fmt: skip
    """What was answered, and on which day. With a `status` that is not the present one, the dossier takes a step too."""
    row, dossier = _locked_step(step)
    refuse_overtaken(row, STEP_WORDS, seen)
    changes = take_over(row, {"answer": answer, "answered_on": answered_on, "effect": effect})
    if answered_on > today():
        raise ValidationError({"answered_on": _("Die dag moet nog komen.")})
    if changes:
        _refuse_odd_answer(row)
        row.full_clean(exclude=["dossier"])
        row.save(update_fields=list(changes))
        _log(dossier, row, "answer_step", by, changes)
    if status and status != dossier.status:
        last = _last(dossier)
        day = max(answered_on, last.day)
        _take(dossier, last, by=by, status=status, day=day, addressee=row.addressee)
    _show_anew(dossier)
    return row


@transaction.atomic
def publish_step(step: DossierStep, *, by: User | None, is_published: bool) -> None:
    """Whether everybody reads it. Once more does no harm."""
    row, dossier = _locked_step(step)
    if row.is_published == is_published:
        return
    changes = take_over(row, {"is_published": is_published})
    if is_published:
        row.published_on = today()
    row.save(update_fields=["is_published", "published_on"])
    _log(dossier, row, "publish_step" if is_published else "hide_step", by, changes)
    _show_anew(dossier)


@transaction.atomic
def drop_step(step: DossierStep, *, by: User | None) -> None:
    """Take back the newest step, which was a mistake: the dossier is as far as it was before. Raises ValidationError for any other."""
    row, dossier = _locked_step(step)
    last = _last(dossier)
    if row.pk != last.pk or row.position == 1:
        raise ValidationError(_("Alleen de laatste stap kan weg, en nooit de eerste. Verbeter deze stap."))
    changes = gone({"status": row.status, "day": row.day})
    _log(dossier, row, "drop_step", by, changes)
    row.delete()
    dossier.status = _last(dossier).status
    dossier.save(update_fields=["status"])
    _show_anew(dossier)


@transaction.atomic
def add_sentence(dossier: Dossier, *, by: User | None, text: str) -> DossierSentence:
    """A sentence somebody approved for everybody. Raises ValidationError for what is in a signal nearly word for word."""
    row = _locked(dossier)
    there = DossierSentence.objects.filter(dossier=row, text=text).first()
    if there:
        return there
    # Only among those its writer may read: a refusal must tell nothing of the others.
    told = Signal.objects.visible_to(by).exclude(text="").values_list("text", flat=True) if by else []
    if repeats(text, list(told)):
        raise ValidationError(
            {"text": _("Dit is bijna woord voor woord wat iemand vertelde. Zeg het met andere woorden: niemand mag zijn eigen zin terugvinden.")}
        )  # fmt: skip
    sentence = DossierSentence(dossier=row, text=text, approved_on=today())
    sentence.full_clean(exclude=["dossier"])
    sentence.save()
    _log(row, sentence, "add_sentence", by, {"text": [None, text]})
    _show_anew(row)
    return sentence


@transaction.atomic
def drop_sentence(sentence: DossierSentence, *, by: User | None) -> None:
    """It is gone for good, from the files too: somebody may have been recognised in it."""
    dossier = _locked(sentence.dossier)
    row = DossierSentence.objects.filter(pk=sentence.pk).first()
    if row is None:
        return
    _log(dossier, row, "drop_sentence", by, {"text": [row.text, None]})
    row.delete()
    _show_anew(dossier)
    transaction.on_commit(_leave_nothing)


@transaction.atomic
def choose_figures(
    dossier: Dossier, *, by: User | None, cells: Collection[int], seen: Collection[int] | None = None
) -> None:
    """The published figures that stand in it: these and no others. `seen` are those that stood there when somebody began to choose.

    Raises ValidationError for one that is not shown to everybody, and when somebody else chose meanwhile.
    """
    row = _locked(dossier)
    there = set(row.figures.values_list("cell", flat=True))
    if seen is not None and set(seen) != there and set(cells) != there:
        raise ValidationError(_("Iemand anders koos intussen ook cijfers. Kijk na wat moet blijven."))
    may_be = {cell.pk for cell in shown_cells(row)}
    if set(cells) - may_be - there:
        raise ValidationError(_("Kies alleen cijfers die gepubliceerd zijn."))
    added, removed = set(cells) - there, there - set(cells)
    if not (added or removed):
        return
    row.figures.filter(cell__in=removed).delete()
    DossierFigure.objects.bulk_create(DossierFigure(dossier=row, cell_id=pk) for pk in sorted(added))
    _log(row, row, "choose_figures", by, {"chosen": [len(there), len(set(cells))]})


def _locked(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)


def _locked_step(step: DossierStep) -> tuple[DossierStep, Dossier]:
    """The dossier is locked first, always. Raises ValidationError for a step that somebody else took back."""
    dossier = _locked(step.dossier)
    row = DossierStep.objects.filter(pk=step.pk).first()
    if row is None:
        raise ValidationError(_("Deze stap is er niet meer. Iemand anders nam hem terug."))
    row.dossier = dossier
    return row, dossier


def _last(dossier: Dossier) -> DossierStep:
    return DossierStep.objects.filter(dossier=dossier).latest("position")


def _refuse_between(row: DossierStep) -> None:
    """A corrected day lies between those of its neighbours."""
    beside = DossierStep.objects.filter(dossier=row.dossier_id)
    before = beside.filter(position__lt=row.position).aggregate(day=models.Max("day"))["day"]
    after = beside.filter(position__gt=row.position).aggregate(day=models.Min("day"))["day"]
    refuse_wrong_day(row.day, before=before, after=after, on=today())


def _refuse_odd_answer(row: DossierStep) -> None:
    refuse_odd_answer(**{name: getattr(row, name) for name in ("day", "due_on", "answer", "answered_on", "effect")})


def _log(dossier: Dossier, about: models.Model, verb: str, by: User | None, changes: dict[str, Any]) -> None:
    log_change(by=by, verb=verb, about=about, site=dossier.site, partnership=dossier.partnership, changes=changes)


def _show_anew(dossier: Dossier) -> None:
    """What is published stands on a page of every site of the partnership."""
    for pk in Site.objects.filter(partnership=dossier.partnership_id).order_by("pk").values_list("pk", flat=True):
        schedule_changed(pk)


_leave_nothing = partial(traces.wipe, [DossierSentence._meta.db_table])
