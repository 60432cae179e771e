"""Who registered for a date that changes: a collector (`effects.add_collector`), and how they hear of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from django.db import transaction
from django.utils.translation import ngettext

from sites.models import Site

from .effects import Changed, Effect, Touch
from .enums import News
from .free_places import people_words
from .models import Outing, Reservation
from .outing_letters import date_changed


def reservations(effects: Sequence[Effect], site: Site) -> Sequence[Sequence[Touch]]:
    """Everybody who goes along or waits, on the dates that change. Two queries, for many as for one."""
    dates = {held.id for effect in effects for date in effect.dates for held in (date.old, date.new) if held}
    outings = {one.occurrence_id: one for one in Outing.objects.at(site).filter(occurrence__in=dates)}
    groups: dict[int, list[Reservation]] = defaultdict(list)
    for row in Reservation.objects.filter(outing__in=outings.values()) if outings else ():
        groups[row.outing_id].append(row)
    return [_of(effect, outings, groups) for effect in effects]


def _of(effect: Effect, outings: Mapping[int, Outing], groups: Mapping[int, Sequence[Reservation]]) -> list[Touch]:
    found: list[tuple[Outing, Changed]] = []
    for date in effect.dates:
        held = date.new or date.old
        if held and (outing := outings.get(held.id)) and groups.get(outing.pk):
            found.append((outing, date))
    rows = [row for outing, _date in found for row in groups[outing.pk]]
    if not rows:
        return []
    mails = sum(bool(row.mailbox) for row in rows)
    words = ngettext("%(number)d inschrijving: %(people)s", "%(number)d inschrijvingen: %(people)s", len(rows)) % {
        "number": len(rows), "people": people_words(sum(row.people for row in rows)),
    }  # fmt: skip
    return [
        Touch("list", words, _told_words(mails, len(rows) - mails), others=mails, tell=partial(tell_of_dates, found))
    ]


def _told_words(mails: int, calls: int) -> str:
    sentences = []
    if mails:
        words = ngettext("%(number)d kan een mail krijgen.", "%(number)d kunnen een mail krijgen.", mails)
        sentences.append(words % {"number": mails})
    if calls:
        words = ngettext(
            "%(number)d heeft geen mail: die komt op je lijst om te bellen.",
            "%(number)d hebben geen mail: die komen op je lijst om te bellen.",
            calls,
        )
        sentences.append(words % {"number": calls})
    return " ".join(sentences)


@transaction.atomic
def tell_of_dates(changes: Sequence[tuple[Outing, Changed]]) -> None:
    """A letter to who left a mailbox; the others are on the list to call. Who is to hear of a place hears of the day with it."""
    for outing, date in changes:
        for row in Reservation.objects.filter(outing=outing).order_by("pk"):
            if row.mailbox:
                date_changed(row, outing, date.old)
            elif not row.news:
                Reservation.objects.filter(pk=row.pk).update(news=News.DATE)
