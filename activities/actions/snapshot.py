"""How an activity stands: all its agreements, and its dates from a day on. To compare two moments, and to go back to one."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from activities.enums import OccurrenceStatus
from activities.models import Activity, Guest, Occurrence, Series, SeriesDate, SeriesOrganiser, Stop, Text

from .several import renew

# Key of a row, as text -> its columns, as JSON has them: what was kept reads the same as what was just taken.
type Rows = dict[str, dict[str, Any]]
type Snapshot = dict[str, Rows]

AGREED = [field.attname for field in Series._meta.concrete_fields if field.name not in {"id", "activity"}]
DECIDED = [
    "status", "day", "begin", "end", "part", "begins_at", "ends_at", "place_id", "opened_anyway", "is_changed", "note",
    "note_translations",
]  # fmt: skip
# Of an agreement, what calendars tell with each of its dates.
TOLD = ["title", "description", "price_kind", "price_cents", "with_volunteers"]
# What hangs on an agreement or a date, and is put back as a whole: its model, its owner, its columns.
PARTS: dict[str, tuple[type[models.Model], str, list[str]]] = {
    "dates": (SeriesDate, "series", ["day", "change"]),
    "organisers": (SeriesOrganiser, "series", ["organisation_id", "position"]),
    "texts": (Text, "series", ["language", "title", "description", "audience"]),
    "stops": (Stop, "occurrence", ["place_id", "position", "begin", "end"]),
    "guests": (Guest, "occurrence", ["organisation_id"]),
}


def take(activity: Activity, since: dt.date) -> Snapshot:
    """How the activity stands now; of its dates those that are, or were first planned, on `since` or later.

    {"series": rows, "occurrences": rows, and for each of `PARTS` owner's key -> {"rows": list}}.
    """
    agreements = Series.objects.filter(activity=activity)
    dates = Occurrence.objects.filter(series__activity=activity).filter(Q(day__gte=since) | Q(original_date__gte=since))
    taken: Snapshot = {
        "series": _rows(agreements, AGREED),
        "occurrences": _rows(dates, [*DECIDED, "series_id", "original_date"]),
    }
    for name, (model, owner, columns) in PARTS.items():
        owners = agreements if owner == "series" else dates
        taken[name] = _parts(model, owner, columns, owners)
    return json.loads(json.dumps(taken, cls=DjangoJSONEncoder))


def _rows(rows: models.QuerySet, columns: list[str]) -> Rows:
    return {str(row.pop("pk")): row for row in rows.order_by("pk").values("pk", *columns)}


def _parts(model: type[models.Model], owner: str, columns: list[str], owners: models.QuerySet) -> Rows:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = model._default_manager.filter(**{f"{owner}__in": owners}).order_by(owner, *columns)
    for row in rows.values(f"{owner}_id", *columns):
        found[str(row.pop(f"{owner}_id"))].append(row)
    return {key: {"rows": some} for key, some in found.items()}


def fingerprint(now: Snapshot) -> str:
    """A short word that is the same for the same agreements and decisions.

    What was undone or withdrawn does not count, nor do dates as their agreement has them: the night adds new ones.
    """
    agreed = {key: row for key, row in now["series"].items() if not row["is_undone"]}
    dates = {key: row for key, row in now["occurrences"].items() if _holds(row, agreed)}
    decided = {key: row for key, row in dates.items() if _is_decided(row, agreed[str(row["series_id"])])}
    facts: Snapshot = {"series": agreed, "occurrences": decided}
    for name, (_model, owner, _columns) in PARTS.items():
        owners = agreed if owner == "series" else dates
        facts[name] = {key: rows for key, rows in now[name].items() if key in owners}
    return hashlib.blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=16).hexdigest()


def _holds(date: dict[str, Any], agreed: Rows) -> bool:
    return str(date["series_id"]) in agreed and date["status"] != OccurrenceStatus.WITHDRAWN


def _is_decided(date: dict[str, Any], agreed: dict[str, Any]) -> bool:
    by_hand = date["is_changed"] or date["opened_anyway"] or date["note"] or date["place_id"] != agreed["place_id"]
    return bool(by_hand) or date["status"] != OccurrenceStatus.PLANNED


def put_back(activity: Activity, before: Snapshot, since: dt.date) -> None:
    """Let everything be as it was; the rows are locked. Agreements made since are marked as undone, none is deleted.

    Dates that come to stand elsewhere get a higher SEQUENCE. The caller makes the dates right and tells the site.
    """
    now = take(activity, since)
    for key in now["series"].keys() - before["series"].keys():
        Series.objects.filter(pk=key).update(is_undone=True, follows=None)
    for key, row in before["series"].items():
        if row != now["series"][key]:
            Series.objects.filter(pk=key).update(**_stored(Series, row))
    for key, row in before["occurrences"].items():
        if row != now["occurrences"].get(key):
            decided = {name: row[name] for name in DECIDED}
            renew(Occurrence.objects.all(), [int(key)], **_stored(Occurrence, decided))
    renew(Occurrence.objects.all(), {*_told_otherwise(now, before), *_last_times(now, before)})
    for name, (model, owner, _columns) in PARTS.items():
        owners = before["series" if owner == "series" else "occurrences"]
        for key in owners:
            _put_back_part(model, owner, key, now[name].get(key), before[name].get(key))


def differing(before: Snapshot, after: Snapshot) -> set[int]:
    """Keys of the dates that come, go, stand or are told otherwise."""
    rows = before["occurrences"].keys() | after["occurrences"].keys()
    changed = {int(key) for key in rows if before["occurrences"].get(key) != after["occurrences"].get(key)}
    return changed | set(_told_otherwise(after, before))


def _told_otherwise(now: Snapshot, before: Snapshot) -> list[int]:
    """Dates that stand where they stood, of which calendars tell something else: a guest, a stop, or the words of their agreement."""
    agreements = {
        key
        for key, row in before["series"].items()
        if any(row[name] != now["series"][key][name] for name in TOLD)
        or any(now[name].get(key) != before[name].get(key) for name in ("organisers", "texts"))
    }
    return [
        int(key)
        for key, row in before["occurrences"].items()
        if row == now["occurrences"].get(key)
        and (
            str(row["series_id"]) in agreements
            or any(now[name].get(key) != before[name].get(key) for name in ("stops", "guests"))
        )
    ]


def _last_times(now: Snapshot, before: Snapshot) -> list[int]:
    """Dates that calendars told of as the last time on their day of the week, because of an agreement made since."""
    found = []
    for key in now["series"].keys() - before["series"].keys():
        row = now["series"][key]
        old = now["series"].get(str(row["follows_id"]))
        if old and old["weekday"] != row["weekday"]:
            slots = {
                int(date): one["original_date"]
                for date, one in now["occurrences"].items()
                if one["series_id"] == row["follows_id"] and one["original_date"] < row["first_day"]
            }
            found += sorted(slots, key=slots.__getitem__)[-1:]
    return found


def _put_back_part(model: type[models.Model], owner: str, key: str, now: Any, before: Any) -> None:
    if now == before:
        return
    model._default_manager.filter(**{owner: key}).delete()
    rows = before["rows"] if before else []
    model._default_manager.bulk_create(model(**{f"{owner}_id": int(key)}, **_stored(model, row)) for row in rows)


def _stored(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """Columns of JSON as the fields of the model hold them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _value(fields[name], value) for name, value in row.items()}


def _value(field: Any, value: Any) -> Any:
    return (field.target_field if field.is_relation else field).to_python(value)
