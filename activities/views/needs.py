"""`/beheer/<slug>/rooster/…`: what help is asked, on every date of an agreement or on one of them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions.needs import add_need, change_need, end_need
from activities.enums import OccurrenceStatus
from activities.models import Series, ShiftNeed
from activities.need_letters import how_many_hear
from activities.shift_forms import NeedForm
from activities.words import day_words
from sites.inside import KeyRequest, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.views.confirming import confirm
from stek.time import today

from .change import date_at, hours_of


@opened_at_site_by(Right.MANAGE_ROSTER)
def needs(request: KeyRequest, site: Site, agreement: int) -> HttpResponse:
    """What help an agreement asks for, and one more task."""
    series = _agreement(request, site, agreement)
    rows = list(ShiftNeed.objects.filter(series=series, until__isnull=True, occurrence__isnull=True))
    form = NeedForm(sent(request), has_hours=series.begin is not None)
    here = reverse("activities:needs", args=[site.slug, series.pk])
    return answer(
        request, form, lambda: add_need(series, by=request.user, **form.cleaned_data), told=_("Bewaard. Vrijwilligers zien het meteen."),
        to=here, template="activities/needs.html",
        context={
            "site": site, "series": series, "needs": rows, "title": _("Hulp bij “%(title)s”") % {"title": series.title},
            "button": _("Vraag deze hulp"), "back": reverse("activities:roster", args=[site.slug]),
        },
    )  # fmt: skip


def _agreement(request: KeyRequest, site: Site, key: int) -> Series:
    rows = Series.objects.visible_to(request.user).at(site).published().select_related("activity__site")
    return get_object_or_404(rows, pk=key)


@opened_at_site_by(Right.MANAGE_ROSTER)
def date_help(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """What help is asked on one date only, and one more task; what is asked every time stands beside it."""
    one = date_at(request, site, date)
    back = reverse("activities:change_date", args=[site.slug, one.uuid])
    if one.day < today(site.time_zone) or one.status != OccurrenceStatus.PLANNED or not one.series.is_published:
        return HttpResponseRedirect(back)
    rows = ShiftNeed.objects.filter(series=one.series, until__isnull=True)
    form = NeedForm(sent(request), has_hours=one.begin is not None)
    return answer(
        request, form, lambda: add_need(one.series, by=request.user, occurrence=one, **form.cleaned_data),
        told=_("Bewaard. Vrijwilligers zien het meteen."), to=request.path, template="activities/needs.html",
        context={
            "site": site, "series": one.series, "needs": list(rows.filter(occurrence=one)), "back": back,
            "always": list(rows.filter(occurrence__isnull=True)), "is_once": True,
            "title": _("Hulp voor één keer bij “%(title)s”") % {"title": one.series.title},
            "lead": format_html("{} · {}", day_words(one.day, year=True), hours_of(one)), "button": _("Vraag deze hulp"),
        },
    )  # fmt: skip


def _need(request: KeyRequest, site: Site, key: int) -> ShiftNeed:
    rows = ShiftNeed.objects.filter(series__activity__site=site, until__isnull=True)
    return get_object_or_404(rows.select_related("series__activity__site", "occurrence"), pk=key)


def _page_of(need: ShiftNeed, site: Site) -> str:
    """Where it stands: with its agreement, or with its only date."""
    if need.occurrence:
        return reverse("activities:date_help", args=[site.slug, need.occurrence.uuid])
    return reverse("activities:needs", args=[site.slug, need.series_id])


@opened_at_site_by(Right.MANAGE_ROSTER)
def need(request: KeyRequest, site: Site, need: int) -> HttpResponse:
    """Another task, number or hour, for every date to come or the only one."""
    row = _need(request, site, need)
    has_hours = (row.occurrence or row.series).begin is not None and row.begin is None
    form = NeedForm(sent(request), has_hours=has_hours, instance=row)
    return answer(
        request, form, lambda: change_need(row, by=request.user, **form.cleaned_data), told=_("Bewaard."),
        to=_page_of(row, site), context={"site": site, "title": row.task, "button": _("Bewaar")},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_ROSTER)
def need_ends(request: KeyRequest, site: Site, need: int) -> HttpResponse:
    """No help is asked for this any more: from tomorrow on, or on its only date. First with how many people who would have come."""
    row = _need(request, site, need)
    last_day, button = today(site.time_zone), _("Ja, vanaf morgen niet meer")
    if row.occurrence:
        last_day, button = row.occurrence.day - dt.timedelta(days=1), _("Ja, niet meer nodig")
    hear = how_many_hear(row)
    more = ngettext(
        "%(number)d vrijwilliger heeft nog een plaats en krijgt bericht.",
        "%(number)d vrijwilligers hebben nog een plaats en krijgen bericht.", hear,
    )  # fmt: skip
    return confirm(
        request, lambda: end_need(row, last_day, by=request.user), told=_("We vragen hiervoor geen hulp meer."), to=_page_of(row, site),
        context={
            "site": site, "title": _("“%(task)s” niet meer nodig?") % {"task": row.task}, "button": button,
            "more": [more % {"number": hear}] if hear else [],
        },
    )  # fmt: skip
