"""Letters about a quarter: written for everybody at once, by hand or when their day has come, and held back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sites.actions import log_change
from sites.models import Partnership, User
from stek.outbox import post
from stek.outbox.models import Delivery
from stek.steering.digest_rules import is_due, period_of, receivers, window
from stek.steering.enums import DigestState, LetterKind
from stek.steering.letters import KINDS
from stek.steering.models import Digest
from stek.time import today


@transaction.atomic
def send_digest(partnership: Partnership, kind: str, *, by: User | None) -> int:
    """Write the letter about the last quarter to everybody who gets it and has not had it. How many were written.

    The row and the letters are one transaction: killed halfway, nothing of it was. By itself (`by` None) it writes nothing that was
    sent or held back before; by hand it also reaches who came since. A second click writes none.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    day = today()
    period = period_of(day)
    digest = Digest.objects.filter(partnership=partnership, kind=kind, period=str(period)).first()
    if digest and by is None:
        return 0
    if digest is None or digest.state == DigestState.HELD:
        since, until = window(partnership, kind, period, day)
        fields = {"state": DigestState.SENT, "since": since, "until": until}
        digest, _is_new = Digest.objects.update_or_create(
            partnership=partnership, kind=kind, period=str(period), defaults=fields
        )
    written = _write(digest, day)
    if written and by:
        _log(digest, by=by, verb="send_digest")
    return written


def _write(digest: Digest, day: dt.date) -> int:
    name, about = KINDS[digest.kind], f"partnership:{digest.partnership_id}"
    known = Delivery.objects.filter(kind=name, about=about, period=digest.period, user__isnull=False)
    rows = [
        post(name, to=user, about=about, period=digest.period, facts={"digest": digest.pk})
        for user in receivers(digest.partnership, digest.kind, day).exclude(pk__in=known.values("user"))
    ]
    return sum(row is not None for row in rows)


@transaction.atomic
def hold_digest(partnership: Partnership, kind: str, *, by: User) -> Digest:
    """The letter about the last quarter does not leave by itself. Sending it later by hand is still possible. Raises ValidationError."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    day = today()
    period = period_of(day)
    since, until = window(partnership, kind, period, day)
    digest, is_new = Digest.objects.get_or_create(
        partnership=partnership, kind=kind, period=str(period),
        defaults={"state": DigestState.HELD, "since": since, "until": until},
    )  # fmt: skip
    if digest.state == DigestState.SENT:
        raise ValidationError(_("Deze brief is al vertrokken."))
    if is_new:
        _log(digest, by=by, verb="hold_digest")
    return digest


def _log(digest: Digest, *, by: User, verb: str) -> None:
    changes = {"period": [None, digest.period]}
    log_change(by=by, verb=verb, about=digest, site=None, partnership=digest.partnership, changes=changes)


def send_due() -> int:
    """Every letter whose day has come, of every partnership. How many were written."""
    if not is_due(period_of(today()), today()):
        return 0
    return sum(
        send_digest(one, kind, by=None) for one in Partnership.objects.order_by("pk") for kind in LetterKind.values
    )
