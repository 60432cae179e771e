"""The referral guide is kept."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partners.models import Organisation, Service
from sites.actions import log_change
from sites.actions.rows import begun, take_over
from sites.models import Partnership, Site, User
from sites.seen import refuse_overtaken

from .changing import locked

SERVICE = ("name", "what_for", "reach", "website", "translations")
LONGEST_CODE = 34  # of 40: room for a number


@transaction.atomic
def add_service(site: Site, organisation: Organisation, *, by: User | None, **values: Any) -> Service:
    """A line for all sites of the partnership. The same once more is the same line; one that was taken out is there again, as it is told now.

    Raises ValidationError, by field, when the organisation has a line of that name that says something else.
    """
    partnership = Partnership.objects.select_for_update().get(pk=site.partnership_id)
    there = Service.objects.filter(partnership=partnership, organisation=organisation, name=values["name"]).first()
    if there and not there.is_active:
        return change_service(offer_service(there, by=by, is_active=True), by=by, **values)
    if there and any(getattr(there, name) != value for name, value in values.items()):
        raise ValidationError({"name": _("Deze dienst staat al in de wegwijzer. Verander ze daar.")})
    if there:
        return there
    service = Service(
        partnership=partnership, organisation=locked(organisation), code=_free_code(site, values["name"]), **values,
    )  # fmt: skip
    service.full_clean(exclude=["partnership"])
    service.save()
    _log(service, by, "add_service", begun({"name": service.name}))
    return service


@transaction.atomic
def change_service(service: Service, *, by: User | None, seen: str | None = None, **values: Any) -> Service:
    """Other words. Raises `Overtaken`; its code never changes: what was counted keeps it."""
    service = _locked(service)
    refuse_overtaken(service, SERVICE, seen)
    changes = take_over(service, values)
    if changes:
        service.is_example = False
        service.full_clean(exclude=["partnership", "organisation"])
        service.save()
        _log(service, by, "change_service", changes)
    return service


@transaction.atomic
def offer_service(service: Service, *, by: User | None, is_active: bool) -> Service:
    """In the guide, or no longer. Twice changes nothing."""
    service = _locked(service)
    changes = take_over(service, {"is_active": is_active})
    if changes:
        service.save(update_fields=["is_active"])
        _log(service, by, "offer_service", changes)
    return service


def _locked(service: Service) -> Service:
    return Service.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=service.pk)


def _log(service: Service, by: User | None, verb: str, changes: dict[str, Any]) -> None:
    """Of all places of the partnership: they read one guide."""
    log_change(by=by, verb=verb, about=service, site=None, partnership=service.partnership, changes=changes)


def _free_code(site: Site, name: str) -> str:
    wanted = slugify(name)[:LONGEST_CODE].strip("-") or "dienst"
    taken = set(Service.objects.at_desk(site).values_list("code", flat=True))
    return next(code for code in (wanted if n == 1 else f"{wanted}-{n}" for n in count(1)) if code not in taken)
