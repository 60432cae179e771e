"""`/signalen/doorverwezen/`: how many people were pointed to which service, as numbers only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.iso_week import IsoWeek
from activities.words import week_words
from partners.models import Service
from signals.actions.referring import count_referrals
from signals.contributors import contributor_of
from signals.referring import MOST
from signals.rules import is_code, new_code, sites_to_log_at
from signals.weeks import this_week
from sites.forms.base import attempt
from sites.inside import KeyRequest, inside, opened_by
from sites.models import Site
from sites.rights import Right
from stek.quiet import quiet


class ReferralForm(forms.Form):
    """A number for each service; an empty one is nobody."""

    def __init__(self, *args: Any, services: list[Service], weeks: dict[str, str], day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = services
        self.fields["week"] = forms.ChoiceField(
            label=_("Welke week?"), choices=list(weeks.items()), widget=forms.RadioSelect, initial=next(iter(weeks))
        )
        for service in services:
            self.fields[f"n{service.pk}"] = forms.IntegerField(
                label=f"{service.name} ({service.organisation.name_on(day)})", required=False, min_value=0,
                max_value=MOST, widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        if not self.errors and not sum(self.numbers.values()):
            raise forms.ValidationError(_("Vul bij minstens één dienst een getal in."))
        return self.cleaned_data

    @property
    def numbers(self) -> dict[Service, int]:
        return {one: self.cleaned_data.get(f"n{one.pk}") or 0 for one in self.services}


@quiet
@opened_by(Right.LOG_SIGNAL)
def referrals(request: KeyRequest) -> HttpResponse:
    sites = sites_to_log_at(request.user)
    asked = request.POST.get("plek") or request.GET.get("plek")
    site = next((one for one in sites if asked in (None, one.slug)), None)
    if site is None:
        raise Http404
    now = this_week(site.time_zone)
    services = list(Service.objects.offered().at_desk(site).whole())
    told = [(now, _("Deze week: %(week)s")), (now.plus(-1), _("Vorige week: %(week)s"))]
    # By its name and not as "this one": a form that stood open on Sunday and is sent on Monday is of the week it spoke of.
    weeks = {str(week): words % {"week": week_words(week)} for week, words in told}
    form = ReferralForm(
        request.POST if request.method == "POST" else None, services=services, weeks=weeks, day=now.monday
    )
    sent_key = request.POST.get("code", "")
    key = sent_key if is_code(sent_key) else new_code()
    if request.method == "POST" and _count(request, site, form, key):
        return HttpResponseRedirect(f"{reverse('signals:referrals')}?plek={site.slug}")
    others = [one for one in sites if one != site]
    return inside(request, "signals/referrals.html", {"site": site, "others": others, "form": form, "code": key})


def _count(request: KeyRequest, site: Site, form: ReferralForm, key: str) -> bool:
    """Whether it was kept, which is said above the next form. A form that was kept before says the same again."""
    kept = attempt(
        form,
        lambda: count_referrals(
            site, form.numbers, week=IsoWeek.parse(form.cleaned_data["week"]), contributor=contributor_of(request.user, site), key=key
        ),
    )  # fmt: skip
    if kept:
        number = sum(form.numbers.values())
        said = ngettext("%(number)d mens geteld. Bedankt.", "%(number)d mensen geteld. Bedankt.", number)
        messages.success(request, said % {"number": number})
    return kept
