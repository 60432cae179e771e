"""What an organisation is called, from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Alias, Organisation, OrganisationName
from sites.models import User
from sites.told import about_to_change

from .changing import locked, tell_everywhere


@transaction.atomic
def rename(organisation: Organisation, *, name: str, since: dt.date, by: User | None) -> OrganisationName:
    """Give a new name from a local day on; pages of days before it keep the old one, which stays findable.

    Saying the same twice changes nothing. Raises ValidationError, by field, for a second name on one day and for the name
    it has on that day already.
    """
    organisation, name = locked(organisation), name.strip()
    on_that_day = organisation.names.filter(since=since).first()
    if on_that_day and on_that_day.name == name:
        return on_that_day
    if on_that_day:
        message = _("Op die dag begint al de naam “%(name)s”. Kies een andere dag.") % {"name": on_that_day.name}
        raise ValidationError({"since": message})
    old = organisation.name_on(since)
    if old == name:
        raise ValidationError({"name": _("Zo heet ze dan al.")})
    new = OrganisationName(organisation=organisation, name=name, since=since)
    new.full_clean(exclude=["organisation"])
    about_to_change([organisation])
    new.save()
    tell_everywhere(organisation, by=by, verb="rename", changes={"name": [old, name], "since": [None, str(since)]})
    return new


@transaction.atomic
def set_aliases(organisation: Organisation, names: Iterable[str], *, by: User | None) -> None:
    """The other spellings people may search for: these, and no more."""
    organisation = locked(organisation)
    old, new = {alias.name for alias in organisation.aliases.all()}, {name.strip() for name in names} - {""}
    if old == new:
        return
    organisation.aliases.filter(name__in=old - new).delete()
    Alias.objects.bulk_create(Alias(organisation=organisation, name=name) for name in sorted(new - old))
    tell_everywhere(organisation, by=by, verb="set_aliases", changes={"aliases": [sorted(old), sorted(new)]})
