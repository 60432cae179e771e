"""Letters to who registered and left a mailbox: their own link, a place that came free, a date that changed.

They have no account. No name stands in a letter, and the address is in its row only until it is sent. Each letter brings a code
of its own, sealed like every secret, so that what somebody wrote down at home stays good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stek import outbox
from stek.outbox import post
from stek.outbox.actions import secret_of
from stek.outbox.enums import Night, State
from stek.outbox.kinds import AT_ONCE, Kind, add_kind
from stek.outbox.models import Delivery
from stek.pages import current_language
from stek.time import now

from .change_words import Told, tell
from .codes import hash_of_code, new_code, shown
from .effects import Changed, Effect, Held, held_of
from .emails import packed, unpacked
from .enums import ReservationState
from .free_places import people_words
from .models import Occurrence, Outing, Reservation, ReservationKey
from .outing_rules import begins, has_begun, is_on
from .rules import closed_where
from .words import day_words, when_words

OWN_PLACE, PLACE_FREE, DATE_CHANGED = (f"activities/{name}" for name in ("own_place", "place_free", "outing_changed"))


def say() -> None:
    """For `AppConfig.ready`. Who asked for one letter about one day has nothing to stop: cancelling is in each of them."""
    plain: dict[str, Any] = {"wait": AT_ONCE, "may_stop": False}
    # Somebody asked for it a moment ago, and looks in their mailbox now.
    add_kind(Kind(OWN_PLACE, _("de link van een inschrijving"), _own_place, night=Night.SEND, **plain))
    add_kind(Kind(PLACE_FREE, _("een plaats op een uitstap is vrij"), _place_free, **plain))
    add_kind(Kind(DATE_CHANGED, _("een uitstap verandert"), _date_changed, may_stop=False))


def own_place(mine: Reservation, code: str = "") -> None:
    """Their link, because they asked for it; the one they have on their screen, or one of the letter's own."""
    _post(OWN_PLACE, mine, mine.outing, code=code)


def place_free(mine: Reservation, outing: Outing) -> None:
    """They waited and have a place now."""
    _post(PLACE_FREE, mine, outing, begins_at=begins(outing.occurrence))


def date_changed(mine: Reservation, outing: Outing, was: Held | None) -> None:
    """`was` is the date as they know it, None when they know that it is off. What changes again before the letter leaves goes along."""
    waiting = Delivery.objects.waiting().filter(kind=DATE_CHANGED, address=mine.mailbox, about=about(mine.pk)).first()
    facts = {"was": packed(was) if was else None, "date": outing.occurrence_id}
    if waiting:
        facts["was"] = waiting.facts["was"]
    _post(DATE_CHANGED, mine, outing, facts=facts)


def about(key: int) -> str:
    return f"reservation:{key}"


def unsay(keys: Collection[int]) -> int:
    """Nothing that was written about these reservations is kept. How many letters."""
    return outbox.forget_about([about(key) for key in keys])


def is_on_its_way(mine: Reservation) -> bool:
    """Whether a letter with the link was written, and not refused."""
    letters = Delivery.objects.filter(kind=OWN_PLACE, about=about(mine.pk))
    return bool(mine.mailbox) and letters.exclude(state=State.FAILED).exists()


def _post(
    kind: str, mine: Reservation, outing: Outing, *, code: str = "", facts: dict[str, Any] | None = None,
    begins_at: dt.datetime | None = None,
) -> None:  # fmt: skip
    if not code:
        code = new_code()
        ReservationKey.objects.create(reservation=mine, hash=hash_of_code(code))
    post(
        kind, address=mine.mailbox, language=mine.language, about=about(mine.pk), site=outing.occurrence.site,
        facts={"reservation": mine.pk} | (facts or {}), secret=code, begins_at=begins_at,
    )  # fmt: skip


def _read(delivery: Delivery) -> Reservation | None:
    rows = Reservation.objects.select_related(
        "outing__occurrence__site__municipality", "outing__occurrence__place", "outing__occurrence__series__activity__site"
    )  # fmt: skip
    mine = rows.filter(pk=delivery.facts["reservation"]).first()
    return None if mine is None or has_begun(mine.outing, now()) else mine


def _context(delivery: Delivery, mine: Reservation) -> dict[str, Any]:
    date = mine.outing.occurrence
    text = date.series.texts.filter(language=current_language()).first()
    code = secret_of(delivery)
    return {
        "title": text.title if text else date.series.title,
        "site": date.site, "day": day_words(date.day, year=True), "hours": when_words(date.begin, date.end, date.part),
        "people": people_words(mine.people), "is_waiting": mine.state == ReservationState.WAITING,
        "code": shown(code), "path": reverse("activities:own_place", args=[date.site.slug, shown(code)]),
    }  # fmt: skip


def _own_place(delivery: Delivery) -> dict[str, Any] | None:
    mine = _read(delivery)
    return _context(delivery, mine) if mine else None


def _place_free(delivery: Delivery) -> dict[str, Any] | None:
    mine = _read(delivery)
    if mine is None or mine.state != ReservationState.GOING or not _is_on(mine.outing.occurrence):
        return None
    return _context(delivery, mine)


def _is_on(date: Occurrence) -> bool:
    return is_on(date, closed_where([date], current_language()))


def _date_changed(delivery: Delivery) -> dict[str, Any] | None:
    """What is different from what they know; None when that is nothing."""
    mine = _read(delivery)
    if mine is None:
        return None
    date, was = mine.outing.occurrence, delivery.facts["was"]
    old = unpacked(str(date.pk), was) if was else None
    new = held_of(date) if _is_on(date) else None
    if (old and old.facts) == (new and new.facts):
        return None
    told: Told = tell(Effect(date.series.activity, date.day, [Changed(old, new)]))
    return _context(delivery, mine) | {"told": told, "is_off": new is None, "note": date.note}
