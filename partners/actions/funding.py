"""Money is promised, corrected, and goes on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Funding
from sites.actions import log_change
from sites.actions.rows import begun, take_over
from sites.enums import Precision
from sites.models import Partnership, Site, User
from sites.seen import refuse_overtaken
from sites.words import first_of

FUNDING = ("source", "first_day", "first_precision", "last_day", "fte", "approved_on", "note")
DAY = dt.timedelta(days=1)


@transaction.atomic
def promise(partnership: Partnership, *, by: User | None, site: Site | None, **values: Any) -> Funding:
    """Money for a site, or for all of them without one. The same once more is the same money. Raises ValidationError by field."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    values = _whole(values)
    there = Funding.objects.filter(partnership=partnership, site=site, **values).first()
    if there:
        return there
    funding = Funding(partnership=partnership, site=site, **values)
    _check(funding)
    funding.save()
    _log(funding, by, "promise", begun(values))
    return funding


@transaction.atomic
def correct_funding(funding: Funding, *, by: User | None, seen: str | None = None, **values: Any) -> Funding:
    """It was written down otherwise than it is; what follows on it begins the day after, as before.

    Raises `Overtaken`, ValidationError by field.
    """
    funding = _locked(funding)
    refuse_overtaken(funding, FUNDING, seen)
    stopped = funding.last_day
    changes = take_over(funding, _whole(values))
    if changes:
        funding.is_example = False
        _check(funding)
        funding.save()
        _log(funding, by, "correct_funding", changes)
    if "last_day" in changes and stopped:
        _move_what_follows(funding, stopped, by)
    return funding


def _move_what_follows(funding: Funding, stopped: dt.date, by: User | None) -> None:
    after = Funding.objects.select_for_update().filter(follows=funding, first_day=stopped + DAY).first()
    if after is None:
        return
    if funding.last_day is None:
        raise ValidationError({"last_day": _("Dit is al verlengd: schrijf op wanneer het stopte.")})
    changes = take_over(after, {"first_day": funding.last_day + DAY, "first_precision": Precision.DAY})
    if after.last_day and after.last_day < funding.last_day + DAY:
        raise ValidationError({"last_day": _("Wat erna komt stopt dan voor het begint. Verbeter dat eerst.")})
    after.save(update_fields=["first_day", "first_precision"])
    _log(after, by, "correct_funding", changes)


@transaction.atomic
def extend(
    funding: Funding, *, by: User | None, last_day: dt.date, source: str = "", approved_on: dt.date | None = None,
    note: str = "", fte: Any = None,
) -> Funding:  # fmt: skip
    """It goes on from the day after its last one; what was promised first stays as it was. Twice is once.

    Raises ValidationError by field: for money that goes on already, that has no end, or that would not go on.
    """
    funding = _locked(funding)
    after = Funding.objects.filter(follows=funding).first()
    if after and after.last_day == last_day:
        return after
    if after:
        raise ValidationError(_("Dit is al verlengd. Verleng wat erna kwam."))
    if funding.last_day is None:
        raise ValidationError(_("Schrijf eerst op wanneer dit geld stopt."))
    if last_day <= funding.last_day:
        raise ValidationError({"last_day": _("Kies een dag na de vorige laatste dag.")})
    longer = Funding(
        partnership=funding.partnership, site=funding.site, source=source or funding.source, follows=funding,
        first_day=funding.last_day + DAY, last_day=last_day, fte=fte, approved_on=approved_on, note=note,
    )  # fmt: skip
    _check(longer)
    longer.save()
    changes = {"source": [None, longer.source], "last_day": [str(funding.last_day), str(last_day)]}
    _log(longer, by, "extend_funding", changes)
    return longer


def _whole(values: dict[str, Any]) -> dict[str, Any]:
    """Any day of the month, season or year that is meant will do."""
    if values.get("first_day"):
        values = values | {"first_day": first_of(values["first_day"], values["first_precision"])}
    return values


def _locked(funding: Funding) -> Funding:
    return Funding.objects.select_for_update(of=("self",)).select_related("site", "partnership").get(pk=funding.pk)


def _check(funding: Funding) -> None:
    if funding.last_day and funding.first_day and funding.last_day < funding.first_day:
        raise ValidationError({"last_day": _("De laatste dag ligt voor de eerste dag.")})
    funding.full_clean(exclude=["partnership", "site"])


def _log(funding: Funding, by: User | None, verb: str, changes: dict[str, Any]) -> None:
    log_change(by=by, verb=verb, about=funding, site=funding.site, partnership=funding.partnership, changes=changes)
