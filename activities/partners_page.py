"""The read model of a site's partners: four queries for any number of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partners.models import Engagement
from sites.models import Site
from sites.words import vague_words
from stek.time import today

from .enums import Frequency
from .models import SeriesOrganiser
from .words import title_words


@dataclass(frozen=True, slots=True)
class Offered:
    """One activity of an organisation; `language` is that of the title, `function` the first that it serves."""

    slug: str
    title: str
    language: str
    kind: str
    pictogram: str
    function: str

    @property
    def heading(self) -> SafeString:
        return title_words(self.title, self.language, self.kind)


@dataclass(slots=True)
class Partner:
    """One organisation at a site; `does_language` is the language of `does`."""

    code: str
    name: str
    kind: str
    does: str
    does_language: str
    since: str
    website: str
    contact: str
    is_guest: bool
    activities: list[Offered]


def partners_page(site: Site, language: str) -> list[Partner]:
    """Organisations engaged at a site today, by name; guests come last."""
    day = today(site.time_zone)
    engagements = (
        Engagement.objects.filter(site=site)
        .on(day)
        .select_related("organisation")
        .prefetch_related("organisation__names")
    )
    offered = _offered(site, language)
    partners = [_partner(engagement, offered, language, day) for engagement in engagements]
    return sorted(partners, key=lambda partner: (partner.is_guest, partner.name.casefold().lstrip("'’t ")))


def _partner(engagement: Engagement, offered: dict[int, list[Offered]], language: str, day: dt.date) -> Partner:
    organisation = engagement.organisation
    translated = engagement.does_translations.get(language)
    since = engagement.since and vague_words(engagement.since, engagement.since_precision)
    return Partner(
        code=organisation.code,
        name=organisation.name_on(day),
        kind=str(organisation.get_kind_display()),
        does=translated or engagement.does,
        does_language=language if translated else "nl",
        since=_("Sinds %(date)s") % {"date": since} if since else "",
        website=organisation.website,
        contact=organisation.contact,
        is_guest=engagement.is_guest,
        activities=offered.get(organisation.pk, []),
    )


def _offered(site: Site, language: str) -> dict[int, list[Offered]]:
    """Organisation id -> what it offers at the site today, by title, each activity once."""
    day = today(site.time_zone)
    rows = (
        SeriesOrganiser.objects.filter(
            Q(series__last_day__isnull=True) | Q(series__last_day__gte=day),
            series__activity__site=site, series__is_published=True, series__is_undone=False, series__first_day__lte=day,
        )
        .exclude(series__frequency=Frequency.ONCE, series__first_day__lt=day)
        .select_related("series__activity__type")
        .annotate(text=FilteredRelation("series__texts", condition=Q(series__texts__language=language)))
        .annotate(translated=F("text__title"))
        .order_by("series__title", "pk")
    )  # fmt: skip
    offered: dict[int, dict[str, Offered]] = defaultdict(dict)
    for row in rows:
        activity, translated = row.series.activity, row.translated
        offered[row.organisation_id][activity.slug] = Offered(
            slug=activity.slug,
            title=translated or row.series.title,
            language=language if translated else "nl",
            kind=activity.type.names.get(language, ""),
            pictogram=activity.type.pictogram,
            function=activity.functions[0],
        )
    return {organisation_id: list(by_slug.values()) for organisation_id, by_slug in offered.items()}
