"""Two rows that are one organisation become one: the doubled one goes, and nothing that hung on it is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from partners.leaving import goes_on
from partners.models import Alias, CheckIn, Engagement, Leaving, Membership, Organisation, Seat
from partners.periods import first_of, last_of, overlaps
from partners.relations import Merge, relations, sites_showing
from sites.actions import log_change, schedule_changed
from sites.models import Site, User
from sites.told import about_to_change


@transaction.atomic
def merge(kept: Organisation, doubled: Organisation, *, by: User | None) -> Organisation:
    """All that hangs on `doubled` hangs on `kept` from now on, and `doubled` goes. Merging twice changes nothing.

    Its names become other spellings: old weeks show what happened under the name the kept one had in those days.
    Raises ValidationError for an organisation and itself, and for a kept one that was itself merged away meanwhile.
    """
    if kept.pk == doubled.pk:
        raise ValidationError({"doubled": _("Kies twee verschillende organisaties.")})
    # In order of id: two merges at once would wait for each other otherwise.
    found = {
        one.pk: one
        for one in Organisation.objects.select_for_update().filter(pk__in=[kept.pk, doubled.pk]).order_by("pk")
    }
    if kept.pk not in found:
        raise ValidationError(
            {"doubled": _("Deze organisatie is intussen samengevoegd met een andere. Zoek ze opnieuw.")}
        )
    if doubled.pk not in found:
        return found[kept.pk]
    return _merge(Merge(found[kept.pk], found[doubled.pk]), by)


def _merge(both: Merge, by: User | None) -> Organisation:
    sites = sites_showing(both.kept, both.doubled)
    about_to_change([both.doubled])
    facts = _take_facts(both)
    moved = {relation.name: count for relation in relations() if (count := relation.move(both))}
    code = both.doubled.code
    both.doubled.delete()
    for pk in sites:
        schedule_changed(pk)
    changes = {"doubled": [code, None], "kept": [None, both.kept.code]}
    whole = changes | {"moved": [None, moved], **facts}
    log_change(by=by, verb="merge", about=both.kept, site=None, changes=whole)
    for site in Site.objects.filter(pk__in=sites).order_by("pk"):  # so that its coordinators read of it too
        log_change(by=by, verb="merge", about=both.kept, site=site, changes=changes)
    return both.kept


def _take_facts(both: Merge) -> dict[str, Any]:
    """What the kept one does not say of itself, the other says. Who controls people goes on doing so."""
    changes: dict[str, Any] = {}
    kept, doubled = both.kept, both.doubled
    for name in ("parent_id", "municipality_id", "website", "contact"):
        if not getattr(kept, name) and getattr(doubled, name):
            changes[name] = [getattr(kept, name), getattr(doubled, name)]
    for name in ("has_control_function", "needs_check"):
        if getattr(doubled, name) and not getattr(kept, name):
            changes[name] = [False, True]
    for name, (_old, new) in changes.items():
        setattr(kept, name, new)
    if kept.parent_id in {kept.pk, doubled.pk}:
        kept.parent_id = doubled.parent_id if doubled.parent_id not in {kept.pk, doubled.pk} else None
    kept.save()
    return changes


# --- How the rows of this room move ------------------------------------------------------------------------------------


def move_names(both: Merge) -> list[str]:
    return _become_aliases(both, [name.name for name in both.doubled.names.all()])


def move_aliases(both: Merge) -> list[str]:
    return _become_aliases(both, [alias.name for alias in both.doubled.aliases.all()])


def _become_aliases(both: Merge, names: Iterable[str]) -> list[str]:
    known = {*both.kept.names.values_list("name", flat=True), *both.kept.aliases.values_list("name", flat=True)}
    new = [name for name in dict.fromkeys(names) if name not in known]
    Alias.objects.bulk_create(Alias(organisation=both.kept, name=name) for name in new)
    return new


def move_engagements(both: Merge) -> list[dict[str, Any]]:
    return _move_periods(both, Engagement, ["site_id"], _join_engagements)


def move_seats(both: Merge) -> list[dict[str, Any]]:
    return _move_periods(both, Seat, ["body_id"], _join_nothing_more)


def move_memberships(both: Merge) -> list[dict[str, Any]]:
    return _move_periods(both, Membership, ["user_id", "site_id"], _join_nothing_more)


Join = Callable[[Any, Any], None]


def _move_periods(both: Merge, model: Any, beside: list[str], join: Join) -> list[dict[str, Any]]:
    """Rows that last from a day to a day, once at a time beside something: those with a day in common become one.

    Gives the moved rows as they were.
    """
    rows = model._default_manager.filter(organisation__in=[both.kept, both.doubled])
    of_doubled = [row for row in rows if row.organisation_id == both.doubled.pk]
    was = [_as_it_was(row) for row in of_doubled]
    places = {tuple(getattr(row, name) for name in beside) for row in of_doubled}
    for place in places:
        here = [row for row in rows if tuple(getattr(row, name) for name in beside) == place]
        _join_periods(both, here, join)
    return was


def _as_it_was(row: models.Model) -> dict[str, Any]:
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    return {
        name: value if isinstance(value, int | str | dict) else str(value) for name, value in values.items() if value
    }


def _join_periods(both: Merge, rows: list[Any], join: Join) -> None:
    kept_first = sorted(rows, key=lambda row: (row.organisation_id != both.kept.pk, first_of(row), row.pk))
    joined: list[Any] = []
    for row in sorted(kept_first, key=first_of):
        before = next((one for one in joined if overlaps(one, row)), None)
        if before is None:
            joined.append(row)
            continue
        # The row of the kept organisation lives on, whichever began first.
        stays, goes = (row, before) if kept_first.index(row) < kept_first.index(before) else (before, row)
        joined[joined.index(before)] = stays
        _absorb(both, stays, goes, join)
    for row in joined:
        row.organisation = both.kept
        row.save()


def _absorb(both: Merge, stays: Any, goes: Any, join: Join) -> None:
    join(stays, goes)
    if first_of(goes) < first_of(stays):
        stays.since = goes.since
        if hasattr(stays, "since_precision"):
            stays.since_precision = goes.since_precision
    stays.until = None if None in (stays.until, goes.until) else max(last_of(stays), last_of(goes))
    label = stays._meta.label
    both.absorbed = {key: stays.pk if pk == goes.pk and key[0] == label else pk for key, pk in both.absorbed.items()}
    both.absorbed[label, goes.pk] = stays.pk
    goes.delete()


def _join_engagements(stays: Engagement, goes: Engagement) -> None:
    for name in ("does", "contribution", "added_value"):
        if not getattr(stays, name):
            setattr(stays, name, getattr(goes, name))
    stays.does_translations = goes.does_translations | stays.does_translations
    stays.days_a_month = stays.days_a_month or goes.days_a_month
    stays.is_guest = stays.is_guest and goes.is_guest
    CheckIn.objects.filter(engagement=goes).update(engagement=stays)


def _join_nothing_more(stays: models.Model, goes: models.Model) -> None:
    """Days are all such a row has."""


def move_leavings(both: Merge) -> int:
    """A leaving of the doubled one becomes one of the kept; two on one day become one, that undoes both.

    Where the two together go on working, nobody is leaving.
    """
    leavings = list(Leaving.objects.filter(organisation=both.doubled))
    for leaving in leavings:
        same = Leaving.objects.filter(organisation=both.kept, site=leaving.site_id, last_day=leaving.last_day).first()
        into = same or leaving
        if same:
            same.ended += leaving.ended
            same.removed += leaving.removed
            leaving.delete()
        into.organisation = both.kept
        into.ended = [[label, both.absorbed.get((label, pk), pk), *days] for label, pk, *days in into.ended]
        for entry in into.removed:
            if entry["fields"].get("organisation") == both.doubled.pk:
                entry["fields"]["organisation"] = both.kept.pk
        into.save()
    for leaving in Leaving.objects.filter(organisation=both.kept).select_related("site"):
        if goes_on(both.kept, leaving.site, leaving.last_day):
            leaving.delete()
    return len(leavings)


def move_members(both: Merge) -> int:
    """Organisations under the doubled one; the kept one is not put under itself."""
    return Organisation.objects.filter(parent=both.doubled).exclude(pk=both.kept.pk).update(parent=both.kept)
