"""Questions about organisations and invitations. Never writes."""

from __future__ import annotations

import datetime as dt
import hashlib

from sites.enums import RoleKind
from sites.models import User
from sites.rules import can_invite
from stek.time import today

from .leaving import last_day_here
from .models import Invitation

# Long enough for somebody who reads mail once a week; a key must not lie around for ever.
VALID = dt.timedelta(days=14)
RESENDS_A_DAY = 3


def hash_of(token: str) -> str:
    """All that is kept of the link in an invitation."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_open(invitation: Invitation, now: dt.datetime) -> bool:
    """Whether the link still works: not answered, in time, and who invites may still do so today."""
    if invitation.is_answered or invitation.is_late(now) or _has_left(invitation):
        return False
    by = invitation.invited_by
    return by is not None and can_invite(by, invitation.kind, site=invitation.site, partnership=invitation.partnership)


def _has_left(invitation: Invitation) -> bool:
    """Whether the organisation somebody was to work for no longer works there."""
    if not (invitation.organisation and invitation.site):
        return False
    last = last_day_here(invitation.organisation, invitation.site)
    return last is not None and last < today(invitation.site.time_zone)


def can_change_invitation(user: User, invitation: Invitation) -> bool:
    """Who may send an invitation again or take it back:

    - who may invite for the same key; at most an administrator or a coordinator of the site.
    """
    return can_invite(user, invitation.kind, site=invitation.site, partnership=invitation.partnership)


def can_resend(invitation: Invitation, now: dt.datetime) -> bool:
    """Whether it was sent again fewer than three times today (UTC): a mailbox is not ours to fill."""
    return invitation.resent_on != now.date() or invitation.resent < RESENDS_A_DAY


def needs_organisation(kind: str) -> bool:
    """A worker works for somebody; every other key is of a person alone."""
    return kind == RoleKind.PARTNER_WORKER
