"""`/stuurgroep/`: what the steering group and the coordinators look at together; meetings, what is to be done and what was decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from partners.meeting_page import last_decided, talks_of
from partners.meeting_rules import can_keep
from partners.meeting_words import group_name
from partners.models import Body
from sites.inside import KeyRequest, inside, opened_by
from sites.models import Partnership
from sites.rights import Right
from stek.time import today

LATEST = 5


@opened_by(Right.READ_DASHBOARD)
def home(request: KeyRequest) -> HttpResponse:
    """One part for each partnership somebody has a part in; for nearly everybody that is one."""
    bodies = Body.objects.followed_by(request.user).select_related("site", "partnership").order_by("kind", "site", "pk")
    of: dict[Partnership, list[Body]] = {}
    for body in bodies:
        of.setdefault(body.partnership, []).append(body)
    parts = [_part(request, partnership, some) for partnership, some in of.items()]
    return inside(request, "steering/home.html", {"parts": parts, "has_several": len(parts) > 1})


def _part(request: KeyRequest, partnership: Partnership, bodies: list[Body]) -> dict[str, Any]:
    return {
        "partnership": partnership,
        "groups": [{"body": one, "name": group_name(one), "may_keep": can_keep(request.user, one)} for one in bodies],
        "talks": talks_of(bodies, request.user, today(), most=LATEST),
        "decisions": last_decided(bodies, LATEST),
    }
