"""What happened lately to the keys of a site, from the change log, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.models import ChangeLog, Role, Site, User

from .models import Invitation

SHOWN = 10
VERBS: dict[str, Promise] = {
    "grant_role": gettext_lazy("Sleutel gegeven"),
    "extend_role": gettext_lazy("Sleutel verlengd"),
    "end_role": gettext_lazy("Sleutel laten eindigen"),
    "invite": gettext_lazy("Uitgenodigd"),
    "resend_invitation": gettext_lazy("Uitnodiging opnieuw gestuurd"),
    "withdraw_invitation": gettext_lazy("Uitnodiging ingetrokken"),
    "accept_invitation": gettext_lazy("Ja gezegd"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """`about` is empty for somebody who is no longer known, `who` a word and no name for whom the reader may not see
    (STEK itself: the command, and who is no longer known)."""

    at: dt.datetime
    verb: str
    about: str
    kind: str
    who: str


def lately(user: User, site: Site) -> list[Happening]:
    """The last changes of keys and invitations here, newest first; four queries however many there are."""
    rows = ChangeLog.objects.visible_to(user).filter(site=site, verb__in=VERBS)
    log = list(rows.filter(about_model__in=["sites.role", "partners.invitation"]).order_by("-pk")[:SHOWN])
    ids = {
        label: [row.about_id for row in log if row.about_model == label]
        for label in ("sites.role", "partners.invitation")
    }
    roles = Role.objects.visible_to(user).select_related("user").in_bulk(ids["sites.role"])
    invitations = Invitation.objects.visible_to(user).in_bulk(ids["partners.invitation"])
    known = User.objects.visible_to(user).in_bulk([row.by_id for row in log if row.by_id])
    return [_happening(row, roles if row.about_model == "sites.role" else invitations, known) for row in log]


def _happening(row: ChangeLog, rows: dict, known: dict[int, User]) -> Happening:
    about = rows.get(int(row.about_id))
    person = about.user if isinstance(about, Role) else about and (about.name or about.email)
    return Happening(
        at=row.at,
        verb=str(VERBS[row.verb]),
        about=str(person or ""),
        kind=about.get_kind_display() if about else "",
        who=str(known.get(row.by_id or 0) or (_("een beheerder") if row.by_id else "STEK")),
    )
