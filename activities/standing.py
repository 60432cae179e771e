"""The standing facts of a site: agreements and their words, hosts, addresses, closures.

They change only with the site's `schedule_version`, so a process reads them once for each version and language, and a week
costs the query of its dates. A process that remembers an old version never uses it: the version is read at each request.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Case, DateField, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.transaction import on_commit
from django.utils.translation import override

from partners.periods import has_left
from sites.dated import end_of_period, in_force
from sites.enums import Function
from sites.models import Closure, HomeAddress, Site
from sites.rules import closed_days
from sites.words import Dutch, vague_words
from stek.time import today

from .enums import Frequency
from .models import Occurrence, Series
from .querysets import SeriesQuerySet
from .recurrence import Rule
from .words import price_words

SOURCE_LANGUAGE = "nl"
HOST_STAYS = "organisers__organisation__engagements"
NEWS = dt.timedelta(weeks=8)
REMEMBERED = 512  # (site, version, language): some ten kB each
YEARS_BACK = 10  # for the holidays on which an agreement did not begin


@dataclass(frozen=True, slots=True)
class HostName:
    """A name of a host from a day on."""

    since: dt.date
    name: str


class Hours(NamedTuple):
    """When on a day, as far as it is known: clock times, a part of the day, or neither."""

    begin: dt.time | None
    end: dt.time | None
    part: str


@dataclass(frozen=True, slots=True)
class Stay:
    """An engagement of a host at the site; None is an open end."""

    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Host:
    """Who organises, under dated names. `stays` are its engagements here: after the last one it is named no longer."""

    code: str
    names: tuple[HostName, ...]
    stays: tuple[Stay, ...] = ()

    def name_on(self, day: dt.date) -> str:
        """The name in force on a day, the first known one for a day before it; empty once the host has left."""
        return "" if has_left(self.stays, day) else self.known_as(day)

    def known_as(self, day: dt.date) -> str:
        """The name in force on a day, also of one that has left."""
        name = in_force(self.names, day)
        return name.name if name else ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """When an agreement began, as exactly as it is known; `precision` None when it ran before anyone wrote it down."""

    day: dt.date
    precision: int | None

    @property
    def words(self) -> str:
        """“najaar 2023”; empty when nobody knows."""
        return vague_words(self.day, self.precision) if self.precision else ""

    def is_news_on(self, day: dt.date) -> bool:
        """In the eight weeks from it, and as long as the month, season or year lasts that is all we know of it."""
        if not self.precision:
            return False
        return day < max(self.day + NEWS, end_of_period(self.day, self.precision))


@dataclass(frozen=True, slots=True)
class Offer:
    """One agreement in the reader's language; `language` is that of the title, `kind` what it is in the reader's.

    `hosts` stand in order. `rule` is without dates added or taken out.
    `is_elsewhere`: where nobody said where, it is not in the house, as an outing is not.
    `first_date` is the first day on which this one, following another, takes place on its own weekday.
    """

    series_id: int
    follows: int | None
    slug: str
    title: str
    language: str
    description: str
    audience: str
    type_name: str
    kind: str
    type_code: str
    pictogram: str
    is_elsewhere: bool
    functions: tuple[str, ...]
    price: str
    price_kind: str
    with_volunteers: bool
    example: list[str]
    rule: Rule
    hours: Hours
    reason: str
    first_date: dt.date | None
    hosts: tuple[Host, ...]
    beginning: Beginning
    needs_check: bool
    is_undone: bool

    @property
    def is_undated(self) -> bool:
        return self.rule.frequency != Frequency.ONCE and self.rule.weekday is None and not self.is_undone

    def is_on(self, first: dt.date, last: dt.date) -> bool:
        """Whether the agreement holds on at least one day of `first`..`last`, both inclusive."""
        return self.rule.first_day <= last and not (self.rule.last_day and self.rule.last_day < first)

    def hosts_on(self, day: dt.date) -> list[str]:
        """Names, in force on a day, of the hosts that have not left by then."""
        return list(self.named_on(day).values())

    def named_on(self, day: dt.date) -> dict[str, str]:
        """Code -> name in force on a day, of the hosts that have not left by then."""
        return {host.code: name for host in self.hosts if (name := host.name_on(day))}

    def told_on(self, day: dt.date) -> dt.date:
        """The day whose names tell of the agreement as a whole: this one, or the last one it held on."""
        last = self.rule.first_day if self.rule.frequency == Frequency.ONCE else self.rule.last_day
        return min(day, last) if last else day


@dataclass(frozen=True, slots=True)
class Standing:
    offers: dict[int, Offer]
    homes: list[HomeAddress] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    followers: dict[int, Offer] = field(default_factory=dict)

    def next_weekday_of(self, offer: Offer) -> Offer | None:
        """The agreement that follows, when it is on another day of the week."""
        following = self.followers.get(offer.series_id)
        return following if following and following.rule.weekday not in {None, offer.rule.weekday} else None

    def holding_on(self, offer: Offer, day: dt.date) -> Offer | None:
        """Of the agreements that followed it one after the other, the one that holds on a day."""
        following = self.followers.get(offer.series_id)
        while following and not following.is_on(day, day):
            following = self.followers.get(following.series_id)
        return following

    def beginning_of(self, series_id: int) -> Beginning:
        """That of the first agreement, which the later ones only changed."""
        return self.offers[self.first_of(series_id)].beginning

    def first_of(self, series_id: int) -> int:
        """The first of the agreements that followed each other up to this one: to a visitor they are one."""
        while (before := self.offers[series_id].follows) in self.offers:
            series_id = before
        return series_id


Key = tuple[int, int, str]
_kept: dict[Key, Standing] = {}


def standing(site: Site, language: str) -> Standing:
    """The facts at the version `site` was read at; three queries the first time, none after.

    What is read inside a transaction is remembered when that is committed: a version that is taken back is given out again,
    for other facts.
    """
    key = (site.pk, site.schedule_version, language)
    facts = _kept.get(key)
    if facts is None:
        facts = _read(site, language)
        on_commit(partial(_keep, key, facts))
    return facts


def _keep(key: Key, facts: Standing) -> None:
    for oldest in list(_kept)[: max(0, len(_kept) - REMEMBERED + 1)]:
        _kept.pop(oldest, None)
    _kept[key] = facts


forget = _kept.clear
"""For tests, which write rows without raising the version."""


def _read(site: Site, language: str) -> Standing:
    closures = list(Closure.objects.filter(partnership=site.partnership_id))
    offers = _offers(Series.objects.at(site).told(), site, language, first_date=_first_date(site, closures))
    return Standing(
        offers=offers,
        homes=list(HomeAddress.objects.filter(site=site).select_related("place__municipality")),
        closures=closures,
        followers={offer.follows: offer for offer in offers.values() if offer.follows},
    )


def draft_offers(site: Site, language: str) -> dict[int, Offer]:
    """Series id -> what is being prepared and nobody was told of yet. One query, and not remembered: only the desk asks."""
    return _offers(Series.objects.at(site).drafts(), site, language, first_date=Value(None, output_field=DateField()))


def _offers(agreements: SeriesQuerySet, site: Site, language: str, *, first_date: Case | Value) -> dict[int, Offer]:
    with override(language):
        by_series = groupby(_series_and_hosts(agreements, site, language, first_date), key=itemgetter("id"))
        return {series_id: _offer(list(rows), language) for series_id, rows in by_series}


def _first_date(site: Site, closures: list[Closure]) -> Case:
    """When a successor first takes place on its own weekday: not on a date taken out, cancelled or closed."""
    year = today(site.time_zone).year
    closed = closed_days(site, closures, dt.date(year - YEARS_BACK, 1, 1), dt.date(year + 2, 12, 31))
    held = (
        Occurrence.objects.filter(series=OuterRef("pk"), day__iso_week_day=OuterRef("weekday") + 1)
        .filter(Q(opened_anyway=True) | ~Q(day__in=closed))
        .happening()
        .order_by("day")
    )
    return Case(When(follows__isnull=False, then=Subquery(held.values("day")[:1])))


def _series_and_hosts(agreements: SeriesQuerySet, site: Site, language: str, first_date: Case | Value) -> Any:
    """Agreements, each once for every name and every stay a host ever had; in order of agreement, host and name."""
    return (
        agreements
        .annotate(text=FilteredRelation("texts", condition=Q(texts__language=language)))
        .annotate(stay=FilteredRelation(HOST_STAYS, condition=Q(**{f"{HOST_STAYS}__site": site})))
        .order_by("activity__slug", "pk", "organisers__position", "organisers__pk", "organisers__organisation__names__since")
        .values(
            "id", "title", "description", "audience", "price_kind", "price_cents", "with_volunteers", "example_fields",
            "frequency", "weekday", "interval", "nth", "first_day", "first_day_precision", "first_day_known", "last_day",
            "reason", "reason_translations", "is_undone",
            "activity__slug", "activity__needs_check", *(f"activity__{function}" for function in Function.values),
            "activity__type__code", "activity__type__pictogram", "activity__type__names", "activity__type__is_elsewhere",
            "begin", "end", "part", "follows", first_date=first_date,
            text_title=F("text__title"), text_description=F("text__description"), text_audience=F("text__audience"),
            host=F("organisers__organisation"), host_code=F("organisers__organisation__code"), host_since=F("organisers__organisation__names__since"),
            host_name=F("organisers__organisation__names__name"),
            stay_id=F("stay__id"), stay_since=F("stay__since"), stay_until=F("stay__until"),
        )
    )  # fmt: skip


def _hosts(rows: list[dict[str, Any]]) -> tuple[Host, ...]:
    """Hosts in order, each with its dated names and its engagements at the site: the rows hold every pair of them."""
    codes: dict[int, str] = {}
    names: dict[int, dict[HostName, None]] = {}
    stays: dict[int, dict[Stay, None]] = {}
    for row in rows:
        if row["host_name"]:
            codes[row["host"]] = row["host_code"]
            names.setdefault(row["host"], {})[HostName(row["host_since"], Dutch(row["host_name"]))] = None
            if row["stay_id"]:
                stays.setdefault(row["host"], {})[Stay(row["stay_since"], row["stay_until"])] = None
    return tuple(Host(codes[host], tuple(dated), tuple(stays.get(host, ()))) for host, dated in names.items())


def _offer(rows: list[dict[str, Any]], language: str) -> Offer:
    row = rows[0]
    translated = row["text_title"] is not None
    type_names = row["activity__type__names"]
    return Offer(
        series_id=row["id"],
        follows=row["follows"],
        slug=row["activity__slug"],
        title=row["text_title"] if translated else row["title"],
        language=language if translated else SOURCE_LANGUAGE,
        description=row["text_description"] or Dutch(row["description"]),
        audience=row["text_audience"] or Dutch(row["audience"]),
        type_name=type_names.get(language) or Dutch(type_names.get(SOURCE_LANGUAGE, "")),
        kind=type_names.get(language, ""),
        type_code=row["activity__type__code"],
        pictogram=row["activity__type__pictogram"],
        is_elsewhere=row["activity__type__is_elsewhere"],
        functions=tuple(function for function in Function.values if row[f"activity__{function}"]),
        price=price_words(row["price_kind"], row["price_cents"]),
        price_kind=row["price_kind"],
        with_volunteers=row["with_volunteers"],
        example=row["example_fields"],
        rule=Rule(
            frequency=row["frequency"], first_day=row["first_day"], last_day=row["last_day"], weekday=row["weekday"],
            interval=row["interval"], nth=row["nth"],
        ),
        hours=Hours(row["begin"], row["end"], row["part"]),
        reason=row["reason_translations"].get(language) or Dutch(row["reason"]),
        first_date=row["first_date"],
        hosts=_hosts(rows),
        needs_check=row["activity__needs_check"],
        is_undone=row["is_undone"],
        beginning=Beginning(row["first_day"], row["first_day_precision"] if row["first_day_known"] else None),
    )  # fmt: skip
