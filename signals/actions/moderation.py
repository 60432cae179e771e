"""The coordinator's verbs: a signal is accepted, said otherwise, refused, or added to one that says the same.

None of them leaves a line in the change log. What falls away is destroyed where it stood, as far as a database can (`stek.traces.wipe`).
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from signals.contributors import start_anew
from signals.enums import State
from signals.models import Refused, Signal
from signals.weeks import quarter_of
from stek import traces

from .holding import lock

FIELDS = ("theme", "text", "barrier", "service", "idea", "is_positive")


@transaction.atomic
def accept(signal: Signal) -> None:
    """From now on workers of the site read it. Once more does no harm."""
    row = _locked(signal)
    row.state, row.was_asked = State.ACCEPTED, False
    row.save(update_fields=["state", "was_asked"])


@transaction.atomic
def rewrite(signal: Signal, **told: Any) -> None:
    """Say it otherwise (`FIELDS`), and accept it. The former words are gone for good."""
    row = _locked(signal)
    if told["theme"].pk != row.theme_id:
        _falls_away(row)
    for name in FIELDS:
        setattr(row, name, told[name])
    row.state, row.was_asked = State.ACCEPTED, False
    row.save(update_fields=[*FIELDS, "state", "was_asked"])
    transaction.on_commit(_leave_nothing)


@transaction.atomic
def refuse(signal: Signal, *, reason: str) -> None:
    """Take it away; that there was one, and why, is told to nobody in particular."""
    row = _locked(signal)
    if row.others.exists():
        raise ValidationError(_("Bij dit signaal zijn andere gevoegd. Herschrijf het dan, of laat het staan."))
    _falls_away(row)
    Refused.objects.create(
        site_id=row.site_id, theme_id=row.theme_id, reason=reason, year=row.year, week=row.week,
        is_example=row.is_example,
    )  # fmt: skip
    row.delete()
    transaction.on_commit(_leave_nothing)


@transaction.atomic
def merge(signal: Signal, *, into: Signal) -> None:
    """It was told once more: the other one keeps its words, this one only where, when and about what, and still counts.

    Raises ValidationError for one that cannot be merged: into itself, into another site's, into one that waits or was merged itself.
    """
    lock(signal.site.partnership_id)
    # By their number, so that two merges that cross each other wait instead of standing still.
    rows = {
        row.pk: row
        for row in Signal.objects.select_for_update(of=("self",)).filter(pk__in=[signal.pk, into.pk]).order_by("pk")
    }
    row, kept = rows.get(signal.pk), rows.get(into.pk)
    if row is None or kept is None:
        raise ValidationError(_("Een van de twee is er niet meer."))
    if row.pk == kept.pk or row.site_id != kept.site_id:
        raise ValidationError(_("Kies een ander signaal van dezelfde plek."))
    if kept.state != State.ACCEPTED or kept.merged_into_id or row.merged_into_id:
        raise ValidationError(_("Dat signaal is nog niet aanvaard, of is zelf bij een ander gevoegd."))
    if row.theme_id != kept.theme_id:
        _falls_away(row)
    row.others.update(merged_into=kept)
    row.text = row.service = row.idea = ""
    row.state, row.was_asked, row.theme_id, row.merged_into = State.ACCEPTED, False, kept.theme_id, kept
    kept.marks = " ".join(sorted({*kept.marks.split(), *row.marks.split()}))
    row.marks = ""
    row.save()
    kept.save(update_fields=["marks"])
    transaction.on_commit(_leave_nothing)


def _locked(signal: Signal) -> Signal:
    """Raises ValidationError for one that somebody else refused or merged meanwhile."""
    lock(signal.site.partnership_id)
    row = Signal.objects.select_for_update(of=("self",)).filter(pk=signal.pk, merged_into=None).first()
    if row is None:
        raise ValidationError(_("Iemand anders besliste dit al. Kijk in de lijst."))
    return row


def _falls_away(row: Signal) -> None:
    """It counts no more for its theme: see there what follows for who else told of it."""
    start_anew(partnership=row.site.partnership_id, quarter=quarter_of(row.iso_week), theme=row.theme.code)


_leave_nothing = partial(traces.wipe, [Signal._meta.db_table])
