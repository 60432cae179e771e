"""What is being prepared, on the days it would be held: agreements that nobody was told of yet have no dates of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from sites.models import Site, User

from .iso_week import IsoWeek
from .lines import Item
from .models import Series
from .recurrence import expand
from .standing import Offer, draft_offers
from .words import when_words


def draft_items(site: Site, iso: IsoWeek, user: User, language: str) -> list[Item]:
    """What is being prepared, on the days it would be held in a week; without a day when it has none yet. Three queries, or four."""
    offers = draft_offers(site, language)
    rows = Series.objects.visible_to(user).at(site).drafts().select_related("proposed_by")
    rows = rows.prefetch_related("dates", "proposed_by__names").order_by("title", "pk")
    return [
        _draft_item(offers[row.pk], row, day)
        for row in rows
        if row.pk in offers
        for day in _days_of(row, offers[row.pk], iso)
    ]


def _days_of(series: Series, offer: Offer, iso: IsoWeek) -> Sequence[dt.date | None]:
    if offer.is_undated and offer.is_on(iso.monday, iso.sunday):
        return [None]
    return expand(series.rule, iso.monday, iso.sunday)


def _draft_item(offer: Offer, series: Series, day: dt.date | None) -> Item:
    hours, told_on = offer.hours, day or offer.told_on(offer.rule.first_day)
    proposer = series.proposed_by
    words = _("Voorstel van %(who)s") % {"who": proposer.name_on(told_on)} if proposer else _("Ontwerp")
    return Item(
        offer=offer, organisers=offer.hosts_on(told_on), day=day, current_day=day, original_date=day,
        begin=hours.begin, end=hours.end, part=hours.part, badge=words, badge_kind="draft",
        hours=when_words(hours.begin, hours.end, hours.part),
    )  # fmt: skip
