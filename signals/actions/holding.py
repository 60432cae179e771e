"""A signal is given, changed or taken back while nobody reads it yet.

These verbs get what was told, for which organisation, and a code; never a person.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from signals.contributors import note_contribution
from signals.models import Held
from signals.rules import hash_of
from signals.shuffling import put_anew
from signals.weeks import quarter_of, this_week
from sites.models import Partnership, Site
from stek import traces

FIELDS = ("theme", "text", "barrier", "service", "idea", "is_positive", "was_asked")


class Opened(Exception):
    """What was to be changed waits no more."""


@transaction.atomic
def hold(
    site: Site, *, code: str, contributor: str, is_change: bool = False, is_example: bool = False, **told: Any
) -> bool:
    """Keep what was told (`FIELDS`) until it is opened; with the code of one that waits, it becomes that one.

    So a form that is sent twice is one signal, and nothing else is needed to know that. Whether it is a new one. Raises `Opened` for a change
    of one that is not there, and for a code that is of another partnership's.
    """
    rows = _locked(site)
    row = next((one for one in rows if one.code_hash == hash_of(code)), None)
    is_new = row is None
    if row is None:
        if is_change or Held.objects.filter(code_hash=hash_of(code)).exists():
            raise Opened
        week = this_week(site.time_zone)
        row = Held(site=site, code_hash=hash_of(code), year=week.year, week=week.number, is_example=is_example)
        rows.append(row)
    for name in FIELDS:
        setattr(row, name, told[name])
    put_anew(Held, rows)
    note_contribution(
        contributor, partnership=site.partnership_id, quarter=quarter_of(row.iso_week), theme=told["theme"]
    )
    transaction.on_commit(traces.settle_journal if is_new else _leave_nothing)
    return is_new


@transaction.atomic
def withdraw(site: Site, *, code: str) -> bool:
    """Take back a signal that waits; whether there was one."""
    rows = _locked(site)
    gone = [one for one in rows if one.code_hash == hash_of(code)]
    put_anew(Held, [one for one in rows if one not in gone], without=gone)
    if gone:
        transaction.on_commit(_leave_nothing)
    return bool(gone)


def _locked(site: Site) -> list[Held]:
    """All that waits in the partnership, which nobody else changes or opens until this is done."""
    lock(site.partnership_id)
    return list(Held.objects.filter(site__partnership=site.partnership_id).select_related("theme"))


def lock(partnership: int) -> None:
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership)


# What was changed or taken back was somebody's words: they leave the file and the journal now, not at night.
_leave_nothing = partial(traces.wipe, [Held._meta.db_table])
