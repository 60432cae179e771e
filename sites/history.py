"""The change log in words: who, what, from what to what. Every room says when it starts how its rows and verbs are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_time
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .models import ChangeLog, Site, User
from .words import date_words, hour_words, moment_words

PAGE = 50
NOTHING = "–"
EMPTY: tuple[object, ...] = (None, "", "None", [])


@dataclass(frozen=True, slots=True)
class Subject:
    """A table in the history: the group it is filtered by, and how one row is called. `related` is read along."""

    group: str
    name: Callable[[Any], str]
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`is_hidden`: it changed, and the log may not say into what. An empty `old` or `new`: nothing stood or stands there."""

    label: str
    old: str
    new: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log. `name` is empty for a row that is gone, or about a person."""

    id: int
    when: str
    who: str
    verb: str
    noun: str
    name: str
    fields: list[FieldChange]
    reason: str


_groups: dict[str, Promise] = {}
_subjects: dict[str, Subject] = {}
_verbs: dict[str, Promise] = {}
_keys: dict[str, Promise] = {}


def add_group(code: str, name: Promise) -> None:
    """For `AppConfig.ready`: a kind of thing to filter by; `code` stands in the address."""
    _groups[code] = name


def add_subject(label: str, subject: Subject) -> None:
    """For `AppConfig.ready`: `label` is that of the model, "sites.place"."""
    _subjects[label] = subject


def add_words(verbs: Mapping[str, Promise], keys: Mapping[str, Promise] | None = None) -> None:
    """For `AppConfig.ready`: what was done, and the keys of changes that are no field of the model."""
    _verbs.update(verbs)
    _keys.update(keys or {})


def groups() -> dict[str, Promise]:
    """Code -> name of the kinds of thing one can filter by."""
    return dict(_groups)


def known_verbs() -> frozenset[str]:
    return frozenset(_verbs)


def verb_words(verb: str) -> str:
    """What was done: “Datum afgezegd”."""
    return str(_verbs.get(verb, _("Veranderd")))


def page(user: User, site: Site, *, group: str = "", before: int | None = None) -> tuple[list[Change], int | None]:
    """The newest changes of a site, `PAGE` at most, and from where the next page goes on (None: that was all).

    By key and not by number, so that the last page costs no more than the first, and a new line shifts nothing.
    """
    rows = ChangeLog.objects.visible_to(user).at(site).order_by("-pk")
    if group:
        rows = rows.filter(about_model__in=[label for label, subject in _subjects.items() if subject.group == group])
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return in_words(user, found[:PAGE]), found[PAGE - 1].pk if len(found) > PAGE else None


def latest(user: User, site: Site, labels: Iterable[str], *, about: int | None = None, number: int = 5) -> list[Change]:
    """The last changes of some tables at a site, or of their row `about`, for `sites/_history.html`."""
    rows = ChangeLog.objects.visible_to(user).at(site).filter(about_model__in=list(labels))
    if about is not None:
        rows = rows.filter(about_id=str(about))
    return in_words(user, list(rows.order_by("-pk")[:number]))


def in_words(user: User, rows: list[ChangeLog]) -> list[Change]:
    """Lines in the active language; one query for each kind of thing among them, however many there are."""
    names = _names(rows)
    known = User.objects.visible_to(user).in_bulk({row.by_id for row in rows if row.by_id})
    return [_change(row, _who(row, known), names.get((row.about_model, row.about_id), "")) for row in rows]


def _who(row: ChangeLog, known: dict[int, User]) -> str:
    """The name of a colleague; who is none and may not be known by name is a word."""
    if row.by_id is None:
        return _("STEK zelf, of iemand die weg is")
    person = known.get(row.by_id)
    if person is None:
        return _("een beheerder, of iemand van een andere plek of groep")
    return person.name or _("iemand zonder naam")


def _names(rows: list[ChangeLog]) -> dict[tuple[str, str], str]:
    """(label, id) -> name today, of the rows that still are there."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        if row.about_model in _subjects:
            wanted.setdefault(row.about_model, set()).add(row.about_id)
    found = {}
    for label, ids in wanted.items():
        subject = _subjects[label]
        rows_of = apps.get_model(label)._base_manager.filter(pk__in=ids)
        for one in rows_of.select_related(*subject.related) if subject.related else rows_of:
            found[label, str(one.pk)] = subject.name(one)
    return found


def _change(row: ChangeLog, who: str, name: str) -> Change:
    model = _model(row.about_model)
    fields = [_field(model, key, values) for key, values in row.changes.items()]
    return Change(
        id=row.pk,
        when=moment_words(row.at),  # in the local time of Brussels: people look for when they were at it
        who=who,
        verb=verb_words(row.verb),
        noun=str(model._meta.verbose_name) if model else "",
        name=name,
        fields=fields,
        reason=row.reason,
    )


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _field(model: type[models.Model] | None, key: str, values: Any) -> FieldChange:
    old, new = values if isinstance(values, list) and len(values) == 2 else (None, None)
    field = _model_field(model, key)
    if field is not None and field.related_model is User:
        old = new = None  # a key, which says nothing to a reader
    return FieldChange(
        label=label_of(model, key),
        old="" if old in EMPTY else value_words(model, key, old),
        new="" if new in EMPTY else value_words(model, key, new),
        is_hidden=old is None and new is None,
    )


def label_of(model: type[models.Model] | None, key: str) -> str:
    """What a field is called on the pages."""
    field = _model_field(model, key)
    is_nameless = field is not None and field.verbose_name == field.name.replace("_", " ")
    if field is None or (is_nameless and key in _keys):
        return str(_keys.get(key, key))
    return str(field.related_model._meta.verbose_name if is_nameless and field.is_relation else field.verbose_name)


def value_words(model: type[models.Model] | None, key: str, value: Any) -> str:
    """A value of a field in words: a choice by its name, a day written out, an hour as 9.00, nothing as a dash; of what was counted only what there is."""
    if value in EMPTY:
        return NOTHING
    if isinstance(value, bool) or value in ("True", "False"):
        return _("ja") if value in (True, "True") else _("nee")
    if isinstance(value, list):
        return " – ".join(value_words(model, key, one) for one in value)
    if isinstance(value, dict):
        return " · ".join(f"{_keys.get(name, name)}: {words}" for name, words in value.items() if words != 0)
    field = _model_field(model, key)
    choices = {str(code): str(name) for code, name in (field.flatchoices if field is not None else [])}
    hour = parse_time(str(value)) if isinstance(field, models.TimeField) else None
    return choices.get(str(value)) or (hour_words(hour) if hour else _day_words(str(value)) or str(value))


def _model_field(model: type[models.Model] | None, key: str) -> Any:
    """None for what is no column here: rows that point at this one have words of their own, in `_keys`."""
    try:
        field = model._meta.get_field(key) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _day_words(text: str) -> str:
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    return date_words(day, _("j F Y")) if day else ""
