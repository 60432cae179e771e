"""What a coordinator reads of the partners of a site: the list, and one of them. As many queries for one as for a hundred."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sites.enums import Precision
from sites.models import Site
from sites.words import Dutch, date_words, vague_words

from .models import CheckIn, Engagement, Organisation, Seat
from .periods import first_of, holds_on, last_of
from .search import key


@dataclass(slots=True)
class Row:
    """One organisation at a site's desk. `since` is a sentence and `until` a day in words, empty when there is nothing to say."""

    organisation: Organisation
    name: str
    does: str = ""
    since: str = ""
    until: str = ""
    engagement: Engagement | None = None
    groups: list[str] = field(default_factory=list)
    is_late: bool = False
    flag: str = ""


@dataclass(slots=True)
class PartnerList:
    here: list[Row]
    not_here: list[Row]

    @property
    def late(self) -> list[Row]:
        return [row for row in self.here if row.is_late]


def partner_list(site: Site, day: dt.date) -> PartnerList:
    """Organisations engaged at a site on a local day, by name; and those that were, will be, or only sit in a group."""
    engagements: dict[int, list[Engagement]] = defaultdict(list)
    for engagement in Engagement.objects.at(site):
        engagements[engagement.organisation_id].append(engagement)
    late = set(Engagement.objects.at(site).due_on(day).values_list("organisation", flat=True))
    groups = _groups(site, day)
    organisations = Organisation.objects.at_desk(site).with_names()
    rows = [_row(one, engagements[one.pk], groups[one.pk], one.pk in late, day) for one in organisations]
    rows.sort(key=lambda row: (bool(row.engagement and row.engagement.is_guest), key(row.name)))
    return PartnerList([row for row in rows if row.engagement], [row for row in rows if not row.engagement])


def _groups(site: Site, day: dt.date) -> dict[int, list[str]]:
    """Organisation id -> the groups it sits in."""
    found: dict[int, list[str]] = defaultdict(list)
    for seat in Seat.objects.at_desk(site).on(day).select_related("body").order_by("body__kind", "pk"):
        found[seat.organisation_id].append(seat.body.get_kind_display())
    return found


def _row(
    organisation: Organisation, engagements: list[Engagement], groups: list[str], is_late: bool, day: dt.date
) -> Row:
    row = Row(organisation, organisation.name_on(day), groups=groups, is_late=is_late)
    row.engagement = next((one for one in engagements if holds_on(one, day)), None)
    told = row.engagement or max(engagements, key=last_of, default=None)
    if told:
        row.does, row.since, row.until = does_words(told), since_sentence(told), until_words(told)
    if row.engagement is None:
        row.flag = _flag(told, day)
    return row


def _flag(told: Engagement | None, day: dt.date) -> str:
    if told is None:
        return _("geen engagement")
    return _("begint nog") if first_of(told) > day else _("geen engagement meer")


def does_words(engagement: Engagement) -> str:
    """What an organisation does here, in the reader's language where somebody translated it."""
    return engagement.does_translations.get(get_language() or "nl") or Dutch(engagement.does)


def since_words(engagement: Engagement) -> str:
    return vague_words(engagement.since, engagement.since_precision) if engagement.since else ""


def since_sentence(engagement: Engagement) -> str:
    """“sinds najaar 2021”; empty for an unknown beginning. A known day has an article in French, a vaguer one has none."""
    since = since_words(engagement)
    if not since:
        return ""
    if engagement.since_precision == Precision.DAY:
        return _("sinds %(day)s") % {"day": since}
    return _("sinds %(since)s") % {"since": since}


def until_words(period: Engagement | Seat) -> str:
    return date_words(period.until, _("j F Y")) if period.until else ""


def days_sentence(engagement: Engagement) -> str:
    """From when until when, as far as anybody knows."""
    since, until = since_words(engagement), until_words(engagement)
    if since and until:
        return _("van %(since)s tot en met %(until)s") % {"since": since, "until": until}
    if until:
        return _("tot en met %(until)s") % {"until": until}
    return since_sentence(engagement) or _("begin niet bekend")


@dataclass(slots=True)
class OrganisationPage:
    organisation: Organisation
    name: str
    names: list[tuple[str, str]]
    aliases: list[str]
    engagements: list[tuple[Engagement, str, bool]]
    seats: list[tuple[Seat, str, str]]
    check_ins: list[CheckIn]
    current: Engagement | None


def organisation_page(site: Site, organisation: Organisation, day: dt.date) -> OrganisationPage:
    """One organisation as this site knows it: (engagement, its days, is over), (seat, since, until), in words."""
    engagements = sorted(organisation.engagements.filter(site=site), key=first_of, reverse=True)
    seats = Seat.objects.at_desk(site).filter(organisation=organisation).select_related("body")
    names = sorted(organisation.names.all(), key=lambda name: name.since)
    return OrganisationPage(
        organisation=organisation,
        name=organisation.name_on(day),
        names=[(one.name, date_words(one.since, _("j F Y")) if position else "") for position, one in enumerate(names)],
        aliases=sorted(alias.name for alias in organisation.aliases.all()),
        engagements=[(one, days_sentence(one), last_of(one) < day) for one in engagements],
        seats=[
            (seat, date_words(seat.since, _("j F Y")) if seat.since else "", until_words(seat))
            for seat in seats.order_by("body__kind", "pk")
        ],
        check_ins=list(CheckIn.objects.filter(engagement__in=engagements).order_by("-day", "-pk")),
        current=next((one for one in engagements if holds_on(one, day)), None),
    )
