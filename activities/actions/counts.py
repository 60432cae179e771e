"""A count of a date: kept once, whoever sends it how often, and never over somebody else's without having seen it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.count_rules import Count, count_of, may_be_present, sending, stamp, why_not_count
from activities.counting import MOST
from activities.models import Attendance, Occurrence, Presence
from activities.rules import closed_where
from partners.models import Organisation
from sites.actions import log_change
from sites.models import User
from sites.seen import Overtaken
from stek.time import now

NUMBERS = ("took_place", "people", "new_faces", "volunteers", "note")
# A date is counted by a few people within a week: more forms than this are never on their way.
KEPT_SENDINGS = 50


@transaction.atomic
def keep_count(
    date: Occurrence, count: Count, *, by: User | None, seen: str | None = None, key: str = ""
) -> Attendance:
    """Keep what was counted. The same numbers again, and the same form (`key`) again, change nothing.

    `seen` is the `stamp` of what stood there when the form was opened; None looks at nothing. Raises `Overtaken` when somebody else
    counted since then, ValidationError, by field, for numbers that cannot be or a date that cannot be counted.
    """
    date = _locked(date)
    count = count.whole
    row = Attendance.objects.filter(occurrence=date).prefetch_related("presences").first()
    this = sending(key, count)
    if row and key and this in row.sendings:
        return row
    if refusal := why_not_count(date, by=by, now=now(), closed=closed_where([date])):
        raise ValidationError(refusal)
    before = count_of(row)
    if row and seen is not None and seen != stamp(before) and count != before:
        raise Overtaken(row)
    _check(count, date)
    kept = row or Attendance(occurrence=date)
    if key:
        kept.sendings = [*kept.sendings, this][-KEPT_SENDINGS:]
    if count == before:
        kept.save(update_fields=["sendings"])
        return kept
    _write(kept, count)
    verb = "change_count" if row else "count"
    log_change(by=by, verb=verb, about=kept, site=date.site, changes=_changes(before, count))
    return kept


def _locked(date: Occurrence) -> Occurrence:
    rows = Occurrence.objects.select_for_update(of=("self",)).select_related("site", "series__activity")
    return rows.get(pk=date.pk)


def _check(count: Count, date: Occurrence) -> None:
    if count.took_place and count.people is None:
        raise ValidationError({"people": _("Vul een getal in. Was er niemand? Dan is het 0.")})
    for name in ("people", "new_faces", "volunteers"):
        if not 0 <= (getattr(count, name) or 0) <= MOST:
            raise ValidationError({name: _("Kies een getal van 0 tot 999.")})
    if (count.new_faces or 0) > (count.people or 0):
        raise ValidationError({"new_faces": _("Dat is meer dan het aantal mensen.")})
    if count.present - {one.pk for one in may_be_present(date)}:
        raise ValidationError({"present": _("Die organisatie werkt niet op deze plek.")})


def _write(kept: Attendance, count: Count) -> None:
    for name in NUMBERS:
        setattr(kept, name, getattr(count, name))
    kept.is_example = False
    kept.full_clean(exclude=["occurrence"])
    kept.save()
    Presence.objects.filter(attendance=kept).exclude(organisation__in=count.present).delete()
    there = set(Presence.objects.filter(attendance=kept).values_list("organisation", flat=True))
    Presence.objects.bulk_create(
        Presence(attendance=kept, organisation_id=one) for one in sorted(count.present - there)
    )


def _changes(before: Count | None, count: Count) -> dict[str, Any]:
    """Of a first count only what was counted."""
    old = before or Count()
    changes: dict[str, Any] = {
        name: [getattr(before, name, None), getattr(count, name)]
        for name in NUMBERS
        if getattr(old, name) != getattr(count, name)
    }
    if old.present != count.present:
        changes["present"] = [_codes(old.present), _codes(count.present)]
    return changes


def _codes(organisations: frozenset[int]) -> list[str]:
    return sorted(Organisation.objects.filter(pk__in=organisations).values_list("code", flat=True))


def carry_counts(twins: dict[int, int]) -> None:
    """A date of today that goes on under another agreement takes its count along: key of the old date -> that of the new one.

    It began, or nobody could have counted it; so the change is not undone any more, and the count need not find its way back.
    """
    for row in Attendance.objects.filter(occurrence__in=twins).order_by("pk"):
        row.occurrence_id = twins[row.occurrence_id]
        row.save(update_fields=["occurrence"])
