"""A report is frozen for a meeting: what stands in it then is what the meeting decided on."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sites.actions import log_change
from sites.models import Partnership, User
from stek.steering.models import Report
from stek.steering.periods import Period
from stek.steering.snapshot import VERSION, snapshot
from stek.time import today


@transaction.atomic
def freeze(partnership: Partnership, period: Period, *, by: User | None, meeting_on: dt.date | None = None) -> Report:
    """Keep the figures of a period as they are now; the report that is there already when somebody did. Raises ValidationError."""
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if report := Report.objects.filter(partnership=partnership, period=str(period)).first():
        return report
    if period.end > today():
        raise ValidationError(_("Deze periode loopt nog. Zet ze vast als ze voorbij is."))
    if meeting_on and meeting_on < period.first:
        raise ValidationError({"meeting_on": _("Die dag ligt voor deze periode. Kijk de datum na.")})
    report = Report.objects.create(
        partnership=partnership, period=str(period), frozen_on=today(), meeting_on=meeting_on, version=VERSION,
        figures=snapshot(partnership, period),
    )  # fmt: skip
    changes = {"period": [None, str(period)]}
    log_change(by=by, verb="freeze_report", about=report, site=None, partnership=partnership, changes=changes)
    return report
