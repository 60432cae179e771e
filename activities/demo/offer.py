"""Activities, agreements and dates of the demonstration, through the same actions a coordinator uses."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from activities.actions.occurrence import open_anyway
from activities.actions.series import start_series
from activities.models import Activity, ActivityType, Occurrence, Plan, Series, Stop, Text
from partners.models import Organisation
from sites.enums import Function, Precision
from sites.models import Place, Site

from .facts import Entry, FactError
from .rows import Rows


def load_activities(rows: Rows, sites: dict[str, Site], organisations: dict[str, Organisation], facts: Entry) -> None:
    """Every activity with its chain of agreements."""
    types = {kind.code: kind for kind in ActivityType.objects.all()}
    activities: dict[tuple[str, str], Activity] = {}
    for entry in facts["activities"]:
        if entry["type"] not in types:
            raise FactError(f"activity {entry['site']}/{entry['slug']}: there is no type {entry['type']!r}.")
        activities[entry["site"], entry["slug"]] = rows.put(
            Activity,
            {"site": sites[entry["site"]], "slug": entry["slug"]},
            {
                "type": types[entry["type"]],
                "volunteers_allowed": entry.get("volunteers_allowed", True),
                "needs_check": entry.get("needs_check", False),
                **{function: function in entry["functions"] for function in Function.values},
            },
        )
    for entry in facts["activities"]:
        activity = activities[entry["site"], entry["slug"]]
        rows.correct(activity, {"combined_with": activities.get((entry["site"], entry.get("combined_with")))})
        _load_agreements(rows, activity, entry["series"], organisations)


def load_plans(rows: Rows, sites: dict[str, Site], facts: Entry) -> None:
    """What the sources announce and nobody wrote down as begun."""
    for entry in facts["plans"]:
        rows.put(
            Plan,
            {"site": sites[entry["site"]], "title": entry["name"]},
            {
                "with_whom": entry.get("with_whom", ""),
                "status": entry["status"],
                "needs_check": entry.get("needs_check", False),
            },
        )


def _load_agreements(
    rows: Rows, activity: Activity, entries: list[Entry], organisations: dict[str, Organisation]
) -> None:
    """Each agreement of an activity follows the one before it."""
    known = {series.first_day: series for series in Series.objects.filter(activity=activity).order_by("-pk")}
    before: Series | None = None
    for entry in entries:
        series = known.get(entry["first_day"])
        if series is None:
            series = _start(rows, activity, entry, organisations, follows=before)
        else:
            rows.correct(series, _words(entry))
        for language in ("fr", "en"):
            rows.put(Text, {"series": series, "language": language}, _text(entry, language), about=series)
        for note in entry.get("notes", []):
            _note(rows, series, note)
        before = series


def _start(
    rows: Rows, activity: Activity, entry: Entry, organisations: dict[str, Organisation], *, follows: Series | None
) -> Series:
    places = {place.name: place for place in Place.objects.filter(site=activity.site_id)}
    try:
        series = start_series(
            activity,
            by=None,
            organisers=[organisations[code] for code in entry.get("organisers", [])],
            follows=follows,
            first_day=entry["first_day"],
            first_day_precision=entry.get("first_day_precision", Precision.DAY),
            last_day=entry.get("last_day"),
            frequency=entry["frequency"],
            weekday=entry.get("weekday"),
            part=entry.get("part", ""),
            place=places.get(entry.get("place", "")),
            price_kind=entry["price"],
            with_volunteers=entry.get("with_volunteers", False),
            **_words(entry),
        )
    except ValidationError as error:
        where = f"activity {activity}, agreement of {entry['first_day']}"
        raise FactError(f"{where}: {getattr(error, 'message_dict', error.messages)}") from error
    rows.changed = True
    for occurrence in Occurrence.objects.filter(series=series) if entry.get("opened_anyway") else ():
        open_anyway(occurrence, by=None)
    for occurrence in Occurrence.objects.filter(series=series) if entry.get("stops") else ():
        for position, name in enumerate(entry["stops"]):
            Stop.objects.create(occurrence=occurrence, place=places[name], position=position)
    return series


def _note(rows: Rows, series: Series, note: Entry) -> None:
    """What visitors are told about one date."""
    date = Occurrence.objects.filter(series=series, original_date=note["day"]).first()
    if date is None:
        raise FactError(f"activity {series.activity}: there is no date on {note['day']} to tell something about.")
    words = note["text"]
    translations = {language: words[language] for language in words if language != "nl"}
    rows.correct(date, {"note": words["nl"], "note_translations": translations})


def _words(entry: Entry) -> dict[str, Any]:
    """What may be corrected backwards: words, which fields are examples, whether the beginning is known.

    Never a rule, a price or a host.
    """
    reason = entry.get("reason", {})
    return {
        **_text(entry, "nl"),
        "reason": reason.get("nl", ""),
        "reason_translations": {language: words for language, words in reason.items() if language != "nl"},
        "example_fields": entry.get("example_fields", []),
        "first_day_known": entry.get("first_day_known", True),
    }


def _text(entry: Entry, language: str) -> dict[str, str]:
    return {name: entry[name][language] if name in entry else "" for name in ("title", "description", "audience")}
