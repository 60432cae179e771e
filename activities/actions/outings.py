"""A date gets a limited number of places, another number, or none."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.enums import Frequency, OccurrenceStatus
from activities.models import Occurrence, Outing
from sites.actions import log_change, schedule_changed
from sites.models import User
from sites.seen import refuse_overtaken
from stek.time import today

from .reservations import locked, move_up

FACTS = ("places", "largest_group", "opens_at", "closes_at")


@transaction.atomic
def offer_places(date: Occurrence, *, by: User | None, is_example: bool = False, **facts: Any) -> Outing:
    """From now on names are taken for a date, and no more of them than there are places. `facts` are some of `FACTS`.

    Raises ValidationError for what happens again and again: nobody registers to walk in; and for a date that is past or off.
    """
    date = Occurrence.objects.select_for_update(of=("self",)).select_related("site", "series__activity").get(pk=date.pk)
    _refuse(date)
    if (known := Outing.objects.filter(occurrence=date).first()) is not None:
        return change_places(known, by=by, **facts)
    outing = Outing(occurrence=date, is_example=is_example, **facts)
    _check(outing)
    outing.save()
    schedule_changed(date.site_id)
    log_change(by=by, verb="offer_places", about=outing, site=date.site, changes=_words({}, facts))
    return outing


def _refuse(date: Occurrence) -> None:
    if date.series.frequency != Frequency.ONCE:
        raise ValidationError(
            _("Inschrijven is er voor iets dat één keer gebeurt. Bij een vast aanbod komt iedereen zomaar binnen.")
        )
    if date.day < today(date.site.time_zone):
        raise ValidationError(_("Dit is voorbij."))
    if date.status != OccurrenceStatus.PLANNED:
        raise ValidationError(_("Deze datum gaat niet door."))


@transaction.atomic
def change_places(outing: Outing, *, by: User | None, seen: str | None = None, **facts: Any) -> Outing:
    """More places go to who waits, in order. Raises `Overtaken`, and ValidationError, by field, for fewer places than people have.

    Nobody is put out by a number: whoever wants fewer places says first who does not come.
    """
    outing = locked(outing)
    refuse_overtaken(outing, FACTS, seen)
    old = {name: getattr(outing, name) for name in facts}
    for name, value in facts.items():
        setattr(outing, name, value)
    if outing.places < outing.taken:
        words = ngettext(
            "Er gaat al %(number)d mens mee. Kies %(number)d of meer, of zeg eerst iemand af.",
            "Er gaan al %(number)d mensen mee. Kies %(number)d of meer, of zeg eerst iemand af.",
            outing.taken,
        )
        raise ValidationError({"places": words % {"number": outing.taken}})
    if old == facts:
        return outing
    _check(outing)
    outing.save(update_fields=list(facts))
    move_up(outing)
    site = outing.occurrence.site
    schedule_changed(site.pk)
    log_change(by=by, verb="change_places", about=outing, site=site, changes=_words(old, facts))
    return outing


def _check(outing: Outing) -> None:
    """Raises ValidationError, by field."""
    outing.full_clean(exclude=["occurrence"], validate_constraints=False)
    if not outing.places:
        raise ValidationError({"places": _("Kies minstens één plaats.")})
    if outing.opens_at and outing.closes_at and outing.closes_at <= outing.opens_at:
        raise ValidationError({"closes_at": _("Het einde van het inschrijven ligt voor het begin.")})
    outing.full_clean(exclude=["occurrence"])


def _words(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What differs, as JSON holds it."""
    return {
        name: [_word(old.get(name)), _word(value)] for name, value in new.items() if value != old.get(name)
    }  # fmt: skip


def _word(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else value.isoformat(timespec="minutes")


@transaction.atomic
def drop_places(outing: Outing, *, by: User | None) -> None:
    """Everybody may walk in after all. Raises ValidationError while somebody is registered: they would lose their place."""
    outing = locked(outing)
    if outing.taken or outing.waiting:
        raise ValidationError(_("Er zijn al mensen ingeschreven. Zeg hen eerst af."))
    site = outing.occurrence.site
    log_change(by=by, verb="drop_places", about=outing, site=site, changes={"places": [outing.places, None]})
    outing.delete()
    schedule_changed(site.pk)
