"""The yearly talk with a partner."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import CheckIn, Engagement
from sites.actions import log_change
from sites.models import User

from .changing import locked


@transaction.atomic
def check_in(
    engagement: Engagement, *, by: User | None, day: dt.date, next_due: dt.date | None = None, **said: Any
) -> CheckIn:
    """Keep what was said; the next one is due a year later, unless told otherwise. Sending it twice keeps it once.

    The log says that there was a talk, not what was said. Raises ValidationError, by field, for a next talk before this one.
    """
    locked(engagement.organisation)
    next_due = next_due or day + relativedelta(years=1)
    if next_due <= day:
        raise ValidationError({"next_due": _("Kies een dag na het gesprek.")})
    new = CheckIn(engagement=engagement, day=day, next_due=next_due, **said)
    same = CheckIn.objects.filter(engagement=engagement, day=day, next_due=next_due, **said).first()
    if same:
        return same
    new.full_clean(exclude=["engagement"])
    new.save()
    log_change(by=by, verb="check_in", about=new, site=engagement.site, changes={"day": [None, str(day)]})
    return new
