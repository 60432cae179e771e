"""`/stuurgroep/geld/`: what is paid by whom until when, and what stays when it stops; and the page of a site where that is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions.staying import choose_what_stays
from activities.enums import Staying
from activities.models import Activity, Continuation
from activities.what_stays import counted, running, what_stays_at
from partners.desk_forms import WatchedForm
from partners.funding_page import funding_lines
from partners.models import Funding, Organisation
from sites.enums import SiteStatus
from sites.inside import KeyRequest, inside, opened_at_site_by, opened_by
from sites.models import Site
from sites.rights import Right, can
from sites.views.answering import answer, sent
from stek.time import today


@opened_by(Right.READ_DASHBOARD)
def money(request: KeyRequest) -> HttpResponse:
    """For the sites one steers or coordinates; it prints on a sheet or two."""
    day = today()
    sites = [
        site
        for site in Site.objects.visible_to(request.user).exclude(status=SiteStatus.STOPPED).order_by("name")
        if can(request.user, Right.READ_DASHBOARD, site)
    ]
    rows = Funding.objects.visible_to(request.user).whole().order_by("site__name", "last_day", "pk")
    parts = [
        (site, lines, counted(lines), can(request.user, Right.MANAGE_FUNDING, site))
        for site, lines in what_stays_at(sites, day).items()
    ]
    return inside(request, "activities/money.html", {"lines": funding_lines(rows, day), "parts": parts})


class StayForm(WatchedForm):
    """For each activity what becomes of it and who could carry it: choices only."""

    def __init__(
        self,
        *args: Any,
        activities: dict[Activity, str],
        organisations: dict[str, Organisation],
        day: dt.date,
        **kwargs: Any,
    ) -> None:
        """`organisations` by their primary key, as the form sends it: read once, however many activities may be carried by each."""
        self.activities, self.organisations = activities, organisations
        who = [("", _("– kies –")), *((pk, one.name_on(day)) for pk, one in organisations.items())]
        super().__init__(*args, **kwargs)
        for activity, title in activities.items():
            self.fields[f"w{activity.pk}"] = forms.ChoiceField(
                label=title, choices=Staying.choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"o{activity.pk}"] = forms.ChoiceField(
                label=_("Wie kan het dragen?"), choices=who, required=False
            )
        self.order_fields([*(name for name in self.fields if name != "seen"), "seen"])

    @property
    def choices(self) -> dict[Activity, tuple[str, Organisation | None]]:
        said = self.cleaned_data
        return {
            one: (said[f"w{one.pk}"] or Staying.UNKNOWN, self.organisations.get(said[f"o{one.pk}"]))
            for one in self.activities
        }


@opened_at_site_by(Right.MANAGE_FUNDING)
def staying(request: KeyRequest, site: Site) -> HttpResponse:
    day = today(site.time_zone)
    activities = running(site, day)
    chosen = {row.activity_id: row for row in Continuation.objects.filter(activity__in=list(activities))}
    initial: dict[str, Any] = {}
    for one in activities:
        row = chosen.get(one.pk)
        initial |= {
            f"w{one.pk}": row.what if row else Staying.UNKNOWN.value,
            f"o{one.pk}": str(row.organisation_id or "") if row else "",
        }
    form = StayForm(
        sent(request), activities=activities, organisations=_who_could_carry(site, chosen.values(), day), day=day, initial=initial
    )  # fmt: skip
    return answer(
        request, form, lambda: choose_what_stays(site, form.choices, by=request.user), told=_("Bewaard."),
        to=reverse("partners:fundings", args=[site.slug]),
        context={
            "site": site, "title": _("Wat blijft als het geld stopt?"), "button": _("Bewaar"), "form_class": "compact",
            "lead": _("Kies voor elke vaste activiteit wat ervan blijft, en wie ze kan dragen. De stuurgroep leest dit."),
        },
    )  # fmt: skip


def _who_could_carry(site: Site, chosen: Iterable[Continuation], day: dt.date) -> dict[str, Organisation]:
    """Who works there on a day, and who was chosen when they still did: saving the page forgets nobody."""
    here = Q(pk__in=Organisation.objects.engaged_at(site, day).values("pk"))
    rows = Organisation.objects.filter(here | Q(pk__in=[row.organisation_id for row in chosen if row.organisation_id]))
    return {str(one.pk): one for one in rows.with_names().order_by("code")}
