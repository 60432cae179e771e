"""The figures of a period once more, by plain SQL and arithmetic that shares nothing with the application: what a report must say.

Each date is looked at by itself, in the words of the definitions. Holidays of the summer of 2023 are written down here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django.db import connection

HOLIDAYS = {dt.date(2023, 7, 21), dt.date(2023, 8, 15)}


def query(sql: str, *values: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def as_day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def as_moment(value: Any) -> dt.datetime | None:
    found = value if value is None or isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    return found and found.replace(tzinfo=None)


def as_minutes(value: Any) -> int:
    hour, minute = (value.hour, value.minute) if isinstance(value, dt.time) else map(int, value.split(":")[:2])
    return hour * 60 + minute


def dates(partnership: str, first: str, last: str) -> list[dict[str, Any]]:
    """Every agreed date of these days (both inclusive), each with `what` became of it."""
    found = query(
        "SELECT o.id, o.day, o.status, o.opened_anyway, o.begins_at, o.ends_at, s.slug AS site, a.slug AS activity, a.meet, a.learn,"
        " a.politicise, a.refer, c.took_place, c.people, c.new_faces, c.id AS count FROM activities_occurrence o"
        " JOIN activities_series r ON r.id = o.series_id JOIN activities_activity a ON a.id = r.activity_id"
        " JOIN sites_site s ON s.id = o.site_id JOIN sites_partnership p ON p.id = s.partnership_id"
        " LEFT JOIN activities_attendance c ON c.occurrence_id = o.id"
        " WHERE p.slug = %s AND o.day BETWEEN %s AND %s AND r.is_published AND NOT r.is_undone AND o.status <> 'withdrawn'",
        partnership, first, last,
    )  # fmt: skip
    closures = query(
        "SELECT c.first_day, c.last_day, s.slug AS site FROM sites_closure c LEFT JOIN sites_site s ON s.id = c.site_id"
        " JOIN sites_partnership p ON p.id = c.partnership_id WHERE p.slug = %s", partnership,
    )  # fmt: skip
    for row in found:
        row["day"] = as_day(row["day"])
        row["what"] = _what(row, closures)
    return found


def _what(row: dict[str, Any], closures: list[dict[str, Any]]) -> str:
    if row["status"] == "cancelled":
        return "cancelled"
    shut = row["day"] in HOLIDAYS or any(
        closure["site"] in {None, row["site"]} and as_day(closure["first_day"]) <= row["day"] <= as_day(closure["last_day"])
        for closure in closures
    )  # fmt: skip
    if shut and not row["opened_anyway"]:
        return "shut"
    return "fell" if row["took_place"] is not None and not row["took_place"] else "held"


def numbers(partnership: str, first: str, last: str, site: str = "") -> dict[str, int]:
    """Every figure of a period; of one site, or of all."""
    rows = [row for row in dates(partnership, first, last) if site in {"", row["site"]}]
    held = [row for row in rows if row["what"] == "held"]
    counted = [row for row in held if row["people"] is not None]
    found = {
        "held": len(held), **{what: sum(row["what"] == what for row in rows) for what in ("cancelled", "shut", "fell")},
        "minutes": sum(map(_minutes, held)), "without_hours": sum(row["begins_at"] is None for row in held),
        "people": sum(row["people"] for row in counted), "new_faces": sum(row["new_faces"] or 0 for row in counted),
        "counted": len(counted), "counted_new": sum(row["new_faces"] is not None for row in counted),
    }  # fmt: skip
    for code in ("meet", "learn", "politicise", "refer"):
        served = [row for row in held if row[code]]
        found |= {f"held_{code}": len(served), f"minutes_{code}": sum(map(_minutes, served))}
    return found | _help(rows)


def _minutes(row: dict[str, Any]) -> int:
    begin, end = as_moment(row["begins_at"]), as_moment(row["ends_at"])
    return int((end - begin).total_seconds() // 60) if begin and end else 0


def _help(rows: list[dict[str, Any]]) -> dict[str, int]:
    went_on = {row["id"]: row for row in rows if row["what"] == "held"}
    taken = Counter(row["shift_id"] for row in query("SELECT shift_id FROM activities_signup WHERE state = 'taken'"))
    found = Counter(help_minutes=0, places=0, shifts=0, short=0, missing=0)
    for shift in query(
        "SELECT h.id, h.occurrence_id, n.minimum, n.before, n.after, n.begin, n.end FROM activities_shift h"
        " JOIN activities_shiftneed n ON n.id = h.need_id WHERE n.until IS NULL"
    ):
        if (date := went_on.get(shift["occurrence_id"])) is None:
            continue
        if shift["begin"] is not None:
            minutes = as_minutes(shift["end"]) - as_minutes(shift["begin"])
        elif date["begins_at"] is not None:
            minutes = _minutes(date) + shift["before"] + shift["after"]
        else:
            continue
        people = taken[shift["id"]]
        found.update(help_minutes=minutes * people, places=people, shifts=1)
        if people < shift["minimum"]:
            found.update(short=1, missing=shift["minimum"] - people)
    return dict(found)


def days_there(partnership: str, first: str, last: str) -> dict[tuple[str, str], int]:
    """(code of an organisation, site) -> on how many days it was there."""
    held = {row["count"]: row for row in dates(partnership, first, last) if row["what"] == "held"}
    found: dict[tuple[str, str], set[dt.date]] = defaultdict(set)
    for row in query(
        "SELECT g.code, p.attendance_id FROM activities_presence p JOIN partners_organisation g ON g.id = p.organisation_id"
    ):
        if date := held.get(row["attendance_id"]):
            found[row["code"], date["site"]].add(date["day"])
    return {key: len(days) for key, days in found.items()}
