"""Reads the file of facts, and refuses one that does not hold together before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from django.db import models

from activities.enums import Frequency, Part, PlanStatus, PriceKind, Weekday
from activities.models import Series
from partners.enums import BodyKind, OrganisationKind
from partners.models import Engagement
from sites.enums import Function, PlaceKind, Precision, SiteKind, SiteStatus
from sites.models import HomeAddress, Place, Site

type Entry = dict[str, Any]

LANGUAGES = ("nl", "fr", "en")

# For each kind of entry: what it must say, and what it may.
KEYS = {
    "partnership": ("slug name source", ""),
    "municipality": ("code name source", "inhabitants density"),
    "site": ("slug name municipality kind status source places home_addresses", "example_fields"),
    "place": ("name kind source", "municipality example_fields"),
    "home address": ("place since source", "example_fields"),
    "organisation": ("code name kind source", "aliases parent municipality control_function engagements"),
    "engagement": ("site does source", "since since_precision days_a_month example_fields"),
    "body": ("kind seats source", "site first_met with_volunteers with_visitors"),
    "seat": ("organisation", "since"),
    "milestone": ("day text source", "site precision correction_note needs_check"),
    "activity": ("site slug type functions series", "volunteers_allowed combined_with needs_check"),
    "series": (
        "first_day frequency price title description source",
        "first_day_precision first_day_known last_day weekday part organisers with_volunteers audience reason place stops "
        "opened_anyway example_fields notes",
    ),
    "note": ("day text source", ""),
    "plan": ("site name status source", "with_whom needs_check"),
}

# Lists of entries inside an entry.
NESTED = {
    "places": "place",
    "home_addresses": "home address",
    "engagements": "engagement",
    "seats": "seat",
    "series": "series",
    "notes": "note",
}

# Words of the file for members of our enums; `kind` depends on what it is the kind of.
WORDS: dict[str, type[models.Choices]] = {
    "precision": Precision,
    "since_precision": Precision,
    "first_day_precision": Precision,
    "status": SiteStatus,
    "frequency": Frequency,
    "weekday": Weekday,
    "part": Part,
    "price": PriceKind,
}
KINDS: dict[str, type[models.Choices]] = {
    "site": SiteKind,
    "place": PlaceKind,
    "organisation": OrganisationKind,
    "body": BodyKind,
}

MAY_BE_EXAMPLES: dict[str, type[models.Model]] = {
    "site": Site, "place": Place, "home address": HomeAddress, "engagement": Engagement, "series": Series,
}  # fmt: skip
# What an example may stand in for. A field that is not here must be a fact.
EXAMPLE_FIELDS: dict[str, set[str]] = {
    kind: set(model._meta.get_field("example_fields").names)  # type: ignore[union-attr]
    for kind, model in MAY_BE_EXAMPLES.items()
}

DATES = {"day", "since", "first_day", "last_day", "first_met"}
FLAGS = {"control_function", "with_volunteers", "with_visitors", "volunteers_allowed", "needs_check", "opened_anyway",
         "first_day_known"}  # fmt: skip
TEXTS = {"text", "title", "description", "audience", "reason", "does", "correction_note"}


class FactError(Exception):
    """The file does not hold together. The message names the entry and says what to do."""


def read(path: Path) -> Entry:
    """The file as plain dicts and lists, with the words for enums replaced by their members.

    Raises FactError for an unknown or missing key, word, language, date or reference.
    """
    try:
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise FactError(f"{path.name} is not YAML: {error}") from error
    lists = {"municipalities": "municipality", "sites": "site", "organisations": "organisation", "bodies": "body",
             "milestones": "milestone", "activities": "activity", "plans": "plan"}  # fmt: skip
    if not isinstance(facts, dict) or set(facts) != {"partnership", *lists}:
        raise FactError(f"{path.name} must have exactly: partnership, {', '.join(lists)}.")
    checked: Entry = {"partnership": _entry("partnership", facts["partnership"], "partnership")}
    for name, kind in lists.items():
        checked[name] = _entries(kind, facts[name], name)
    _check_references(checked)
    return checked


def _entries(kind: str, entries: Any, where: str) -> list[Entry]:
    if not isinstance(entries, list):
        raise FactError(f"{where}: must be a list.")
    return [_entry(kind, entry, f"{where}[{number}]") for number, entry in enumerate(entries)]


def _entry(kind: str, entry: Any, where: str) -> Entry:
    if not isinstance(entry, dict):
        raise FactError(f"{where}: must be a {kind} with keys.")
    name = entry.get("slug") or entry.get("code") or entry.get("name") or entry.get("day") or entry.get("first_day")
    where = f"{where} ({name})" if name else where
    required, optional = (set(keys.split()) for keys in KEYS[kind])
    if missing := required - entry.keys():
        raise FactError(f"{where}: say {', '.join(sorted(missing))}.")
    if unknown := entry.keys() - required - optional:
        raise FactError(f"{where}: a {kind} has no {', '.join(sorted(map(str, unknown)))}.")
    return {key: _value(kind, key, value, f"{where} {key}") for key, value in entry.items()}


def _value(kind: str, key: str, value: Any, where: str) -> Any:
    if key in NESTED:
        return _entries(NESTED[key], value, where)
    if kind == "plan" and key == "status":
        return _word(PlanStatus, value, where)
    if key in WORDS or key == "kind":
        return _word(KINDS[kind] if key == "kind" else WORDS[key], value, where)
    if key == "functions" and (not value or set(value) - set(Function.values)):
        raise FactError(f"{where}: name one or more of {', '.join(Function.values)}.")
    if key == "example_fields" and (unknown := set(value) - EXAMPLE_FIELDS[kind]):
        raise FactError(f"{where}: {', '.join(sorted(unknown))} of a {kind} cannot be an example.")
    if key in TEXTS and (not isinstance(value, dict) or set(value) != set(LANGUAGES) or not all(value.values())):
        raise FactError(f"{where}: write it in {', '.join(LANGUAGES)}.")
    if key in DATES and type(value) is not dt.date:
        raise FactError(f"{where}: {value!r} is not a date such as 2022-09-22.")
    if key in FLAGS and not isinstance(value, bool):
        raise FactError(f"{where}: say true or false.")
    return value


def _word(enum: type[models.Choices], value: Any, where: str) -> models.Choices:
    """Text enums are named by their value, numbers (weekdays, precisions) by their name in lower case."""
    members = {str(member.value) if isinstance(member.value, str) else member.name.lower(): member for member in enum}
    if value not in members:
        raise FactError(f"{where}: {value!r} is none of {', '.join(members)}.")
    return members[value]


def _check_references(facts: Entry) -> None:
    """Every name that points at another entry points at one, and no entry stands twice."""
    municipalities = _once((row["code"] for row in facts["municipalities"]), "municipalities")
    organisations = _once((row["code"] for row in facts["organisations"]), "organisations")
    sites = _once((row["slug"] for row in facts["sites"]), "sites")
    activities = _once(((row["site"], row["slug"]) for row in facts["activities"]), "activities")
    places = {site["slug"]: _once((place["name"] for place in site["places"]), site["slug"]) for site in facts["sites"]}

    for site in facts["sites"]:
        for row in (site, *site["places"]):
            _known(row.get("municipality"), municipalities, row["name"])
        for row in site["home_addresses"]:
            _known(row["place"], places[site["slug"]], site["slug"])
    for row in facts["organisations"]:
        _known(row.get("municipality"), municipalities, row["code"])
        _known(row.get("parent"), organisations, row["code"])
        for engagement in row.get("engagements", []):
            _known(engagement["site"], sites, row["code"])
    for row in facts["bodies"]:
        _known(row.get("site"), sites, f"body {row['kind']}")
        for seat in row["seats"]:
            _known(seat["organisation"], organisations, f"body {row['kind']}")
    for row in facts["milestones"]:
        _known(row.get("site"), sites, f"milestone {row['day']}")
    for row in facts["plans"]:
        _known(row["site"], sites, f"plan {row['name']}")
    for row in facts["activities"]:
        where = f"activity {row['site']}/{row['slug']}"
        _known(row["site"], sites, where)
        if "combined_with" in row:
            _known((row["site"], row["combined_with"]), activities, where)
        _once((series["first_day"] for series in row["series"]), where)
        if row["series"] != sorted(row["series"], key=lambda series: series["first_day"]):
            raise FactError(f"{where}: put the agreements in the order of their first days.")
        for series in row["series"]:
            for code in series.get("organisers", []):
                _known(code, organisations, where)
            for name in [series.get("place"), *series.get("stops", [])]:
                _known(name, places[row["site"]], where)


def _known(name: Any, names: set[Any], where: str) -> None:
    if name is not None and name not in names:
        raise FactError(f"{where}: {name!r} stands nowhere in the file.")


def _once(names: Iterable[Any], where: str) -> set[Any]:
    seen: set[Any] = set()
    for name in names:
        if name in seen:
            raise FactError(f"{where}: {name} stands there twice.")
        seen.add(name)
    return seen
