"""What STEK sent, or could not send, as one reader may know it: which kind, when, to whom, and what became of it. Never a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stek.outbox.enums import BY_HAND, UNDER_WAY, Reason, State
from stek.outbox.models import Delivery
from stek.outbox.querysets import DeliveryQuerySet

from .models import User
from .words import moment_words

PAGE = 50

# What stands in the address -> what it is called, and which states it shows.
FILTERS: dict[str, tuple[Promise, tuple[State, ...]]] = {
    "aandacht": (gettext_lazy("Vraagt aandacht"), BY_HAND),
    "wacht": (gettext_lazy("Wacht nog"), (State.WAITING, *UNDER_WAY)),
    "verstuurd": (gettext_lazy("Verstuurd"), (State.SENT,)),
    "vervallen": (gettext_lazy("Niet meer nodig"), (State.DROPPED,)),
}
BADGES = {
    State.SENT: "b-open",
    State.FAILED: "b-no",
    State.UNCERTAIN: "b-warn",
    State.DROPPED: "b-closed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """`can_again`: whether somebody may send it once more by hand. `where` is empty for what is of no site."""

    id: int
    about: str
    to: str
    where: str
    when: str
    state: str
    badge: str
    why: str
    can_again: bool


def counts(rows: DeliveryQuerySet) -> list[dict[str, Any]]:
    """The filters, each with how many messages it shows."""
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return [
        {"code": code, "name": name, "number": sum(found.get(state, 0) for state in states)}
        for code, (name, states) in FILTERS.items()
    ]


def page(
    user: User, rows: DeliveryQuerySet, *, group: str = "", before: int | None = None
) -> tuple[list[Line], int | None]:
    """The newest messages, `PAGE` at most, and from where the next page goes on (None: that was all)."""
    if group:
        rows = rows.filter(state__in=FILTERS[group][1])
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("site").in_order()[: PAGE + 1])
    shown = found[:PAGE]
    known = User.objects.visible_to(user).in_bulk({row.user_id for row in shown if row.user_id})
    return [line(row, known) for row in shown], shown[-1].pk if len(found) > PAGE else None


def line(row: Delivery, known: dict[int, User]) -> Line:
    """`known` are the people that the reader may know by name."""
    kind = row.sort
    words = str(kind.about) if kind else _("een bericht")
    return Line(
        id=row.pk,
        about=words[:1].upper() + words[1:],
        to=_to(row, known),
        where=str(row.site or ""),
        when=moment_words(row.settled_at or row.written_at, row.site.time_zone if row.site else ""),
        state=row.get_state_display(),
        badge=BADGES.get(State(row.state), "b-soft"),
        why=row.get_reason_display() if row.reason != Reason.NONE else "",
        can_again=row.state in BY_HAND and bool(row.user_id or row.address),
    )


def _to(row: Delivery, known: dict[int, User]) -> str:
    if row.user_id is None:
        return _("wie nog geen account heeft")
    person = known.get(row.user_id)
    return (person.name or _("iemand zonder naam")) if person else _("iemand")
