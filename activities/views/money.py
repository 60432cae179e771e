"""`/stuurgroep/geld/`: what is paid by whom until when, and what stays when it stops; and the page of a site where that is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions.staying import choose_what_stays
from activities.enums import Staying
from activities.models import Activity, Continuation
from activities.what_stays import counted, running, what_stays
from partners.desk_forms import WatchedForm
from partners.form_fields import OrganisationField
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
        (site, lines := what_stays(site, day), counted(lines), can(request.user, Right.MANAGE_FUNDING, site))
        for site in sites
    ]
    return inside(request, "activities/money.html", {"lines": funding_lines(rows, day), "parts": parts})


class StayForm(WatchedForm):
    """For each activity what becomes of it and who could carry it: choices only."""

    def __init__(self, *args: Any, activities: dict[Activity, str], site: Site, **kwargs: Any) -> None:
        self.activities = activities
        day = today(site.time_zone)
        organisations = Organisation.objects.engaged_at(site, day).with_names().order_by("code")
        super().__init__(*args, **kwargs)
        for activity, title in activities.items():
            self.fields[f"w{activity.pk}"] = forms.ChoiceField(
                label=title, choices=Staying.choices, required=False, widget=forms.RadioSelect
            )
            field = OrganisationField(label=_("Wie kan het dragen?"), required=False)
            field.queryset = organisations
            self.fields[f"o{activity.pk}"] = field
        self.order_fields([*(name for name in self.fields if name != "seen"), "seen"])

    @property
    def choices(self) -> dict[Activity, tuple[str, Organisation | None]]:
        said = self.cleaned_data
        return {one: (said[f"w{one.pk}"] or Staying.UNKNOWN, said[f"o{one.pk}"]) for one in self.activities}


@opened_at_site_by(Right.MANAGE_FUNDING)
def staying(request: KeyRequest, site: Site) -> HttpResponse:
    activities = running(site, today(site.time_zone))
    chosen = {row.activity_id: row for row in Continuation.objects.filter(activity__in=list(activities))}
    initial: dict[str, Any] = {}
    for one in activities:
        row = chosen.get(one.pk)
        initial |= {
            f"w{one.pk}": row.what if row else Staying.UNKNOWN.value,
            f"o{one.pk}": row.organisation_id if row else None,
        }
    form = StayForm(sent(request), activities=activities, site=site, initial=initial)
    return answer(
        request, form, lambda: choose_what_stays(site, form.choices, by=request.user), told=_("Bewaard."),
        to=reverse("partners:fundings", args=[site.slug]),
        context={
            "site": site, "title": _("Wat blijft als het geld stopt?"), "button": _("Bewaar"), "form_class": "compact",
            "lead": _("Kies voor elke vaste activiteit wat ervan blijft, en wie ze kan dragen. De stuurgroep leest dit."),
        },
    )  # fmt: skip
