"""Where papers hang: a spot written down, a paper hung, a spot given up."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.iso_week import IsoWeek
from activities.models import Spot
from activities.versions import Versions
from sites.actions import log_change
from sites.actions.rows import begun, take_over
from sites.models import Site, User
from sites.seen import refuse_overtaken
from stek.time import today

FIELDS = ("where", "paper", "activity", "language")


@transaction.atomic
def keep_spot(spot: Spot, *, by: User | None, seen: str | None = None, **fields: Any) -> Spot:
    """Write a spot down, or change it; for another paper or language nothing hangs there yet. What is there already is left alone.

    Raises `Overtaken` when somebody else changed it meanwhile, ValidationError for a spot that is there twice, or is gone.
    """
    is_new = spot.pk is None
    if not is_new:
        spot = _locked(spot)
        refuse_overtaken(spot, FIELDS, seen)
    # Of two at once the second sees the first; who writes in the change log of the site does not wait.
    Site.objects.select_for_update(no_key=True).get(pk=spot.site_id)
    changes = take_over(spot, fields)
    if not (changes or is_new):
        return spot
    if not is_new and set(changes) - {"where"}:
        spot.hung_on, spot.version = None, ""
    spot.full_clean()
    spot.save()
    changes = begun(fields) if is_new else changes
    log_change(by=by, verb="keep_spot", about=spot, site=spot.site, changes=changes)
    return spot


@transaction.atomic
def hang(spot: Spot, *, by: User | None, iso: IsoWeek | None = None, seen: str | None = None) -> Spot:
    """The paper that is true now hangs there from today on; of a week the flyer of `iso`. Twice changes nothing.

    Raises ValidationError when it says something else by now than the version that was `seen`, and for a spot that is gone.
    """
    spot = _locked(spot)
    version, day = Versions(spot.site).of(spot, iso), today(spot.site.time_zone)
    if seen is not None and seen != version:
        raise ValidationError(_("Dit blad is intussen veranderd. Druk het opnieuw af, en hang het dan op."))
    if (spot.version, spot.hung_on) == (version, day):
        return spot
    before, spot.hung_on, spot.version = spot.hung_on, day, version
    spot.save(update_fields=["hung_on", "version"])
    log_change(by=by, verb="hang", about=spot, site=spot.site, changes={"hung_on": [before and str(before), str(day)]})
    return spot


@transaction.atomic
def give_up_spot(spot: Spot, *, by: User | None) -> None:
    """Nothing hangs there any more. Harmless for one that is gone already."""
    found = Spot.objects.select_for_update(of=("self",)).select_related("site").filter(pk=spot.pk).first()
    if found is None:
        return
    log_change(by=by, verb="give_up_spot", about=found, site=found.site, changes={"where": [found.where, None]})
    found.delete()


def _locked(spot: Spot) -> Spot:
    rows = Spot.objects.select_for_update(of=("self",)).select_related("site", "activity")
    found = rows.filter(pk=spot.pk).first()
    if found is None:
        raise ValidationError(_("%(where)s staat niet meer op de lijst.") % {"where": spot.where})
    return found
