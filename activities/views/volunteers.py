"""`/beheer/<slug>/vrijwilligers/`: who helps here, with a mailbox or without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions.shifts import volunteer_of
from activities.actions.volunteers import add_volunteer, forget_volunteer, keep_volunteer
from activities.hours import hours_at, people_as_csv, sum_of
from activities.roster import key_of
from activities.shift_forms import PeriodForm, WelcomeForm, WithoutAccountForm
from activities.team import Thanks, team, thanks
from activities.words import day_words, period_words
from partners.actions.welcoming import welcome
from partners.models import Candidate, Volunteer
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import answer, sent
from stek.time import today

from .files import csv_file

THANK_AHEAD = dt.timedelta(days=31)


@opened_at_site_by(Right.MANAGE_ROSTER)
def volunteers(request: KeyRequest, site: Site) -> HttpResponse:
    """Everybody who helps here today, what is still to do with who is new, and whom to thank soon."""
    day = today(site.time_zone)
    members = team(site, day)
    context = {
        "site": site, "members": members, "new": [one for one in members if one.is_new(day) and one.to_do],
        "thanks": [_said(one) for one in thanks(members, day, day + THANK_AHEAD)],
        "candidates": Candidate.objects.visible_to(request.user).at(site).count(),
    }  # fmt: skip
    return inside(request, "activities/volunteers.html", context)


def _said(one: Thanks) -> str:
    words = {"name": one.member.volunteer, "day": day_words(one.day), "years": one.years}
    return _("%(name)s helpt op %(day)s %(years)d jaar mee.") % words


@opened_at_site_by(Right.MANAGE_ROSTER)
def welcome_page(request: KeyRequest, site: Site, whom: str) -> HttpResponse:
    """The steps of welcoming one of those who help here, with the day each was done."""
    members = {key_of(one.volunteer): one for one in team(site, today(site.time_zone))}
    if (member := members.get(whom)) is None:
        raise Http404
    form = WelcomeForm(sent(request), done=member.done)

    def keep() -> None:
        row = member.volunteer
        welcome(volunteer_of(row.user) if row.user else row, site, form.days)

    return answer(
        request, form, keep, told=_("Bewaard."), to=reverse("activities:volunteers", args=[site.slug]),
        context={
            "site": site, "title": _("%(name)s welkom heten") % {"name": member.volunteer}, "button": _("Bewaar"),
            "lead": _("Vul in wanneer iets gebeurd is. Leeg wil zeggen: nog te doen."),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_ROSTER)
def site_hours(request: KeyRequest, site: Site) -> HttpResponse:
    """Hours of everybody who helped here in a period, this year unless another is asked for; with `csv` in the query as a file."""
    day = today(site.time_zone)
    this_year = {"first": dt.date(day.year, 1, 1), "last": day}
    form = PeriodForm(request.GET if "first" in request.GET else None, initial=this_year)
    period = form.cleaned_data if form.is_valid() else None if form.is_bound else this_year
    people = hours_at(site, period["first"], period["last"]) if period else []
    if "csv" not in request.GET or not period:
        context = {
            "site": site, "form": form, "people": people, "total": sum_of(people), "back": reverse("activities:volunteers", args=[site.slug]),
            "period": period and period_words(period["first"], period["last"]), "days": period,
        }  # fmt: skip
        return inside(request, "activities/site_hours.html", context)
    return csv_file(people_as_csv(people), f"{_('uren')}-{period['first']}-{period['last']}.csv")


@opened_at_site_by(Right.MANAGE_ROSTER)
def new_volunteer(request: KeyRequest, site: Site) -> HttpResponse:
    """Somebody without a mailbox."""
    row = Volunteer(site=site, since=today(site.time_zone))
    return _volunteer_page(request, site, row, partial(add_volunteer, site), title=_("Iemand zonder e-mail helpt mee"))


@opened_at_site_by(Right.MANAGE_ROSTER)
def volunteer(request: KeyRequest, site: Site, helper: int) -> HttpResponse:
    """What is known of somebody without an account."""
    row = get_object_or_404(Volunteer.objects.filter(site=site), pk=helper)
    remove = {
        "remove": reverse("activities:forget_volunteer", args=[site.slug, row.pk]),
        "remove_name": _("Vergeet deze persoon"),
    }
    return _volunteer_page(request, site, row, partial(keep_volunteer, row), title=row.name, **remove)


def _volunteer_page(
    request: KeyRequest, site: Site, row: Volunteer, keep: Callable[..., Volunteer], *, title: str, **more: Any
) -> HttpResponse:
    form = WithoutAccountForm(sent(request), instance=row)
    return answer(
        request, form, lambda: keep(**form.cleaned_data), told=_("Bewaard."),
        to=reverse("activities:volunteers", args=[site.slug]),
        context={"site": site, "title": title, "button": _("Bewaar"), "form_class": "compact", **more},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_ROSTER)
def forget_volunteer_page(request: KeyRequest, site: Site, helper: int) -> HttpResponse:
    """Their name and number go; the hours the site had from them stay, from nobody."""
    row = get_object_or_404(Volunteer.objects.filter(site=site), pk=helper)
    to = reverse("activities:volunteers", args=[site.slug])
    if request.method == "POST":
        forget_volunteer(row)
        messages.success(request, _("Vergeten. De uren van de plek blijven, zonder naam."))
        return HttpResponseRedirect(to)
    context = {
        "site": site, "title": _("%(name)s vergeten") % {"name": row.name}, "button": _("Ja, vergeet"), "back": to, "is_grave": True,
        "more": [_("Naam en telefoon gaan weg, en de beurten die nog komen zijn weer vrij."), _("Dit kan je niet terugdraaien.")],
        "form": forms.Form(),
    }  # fmt: skip
    return inside(request, "sites/form.html", context)
