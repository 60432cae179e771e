"""`/beheer/<slug>/planner/…`: a new activity, a partner's proposal, a draft, and what was agreed as a whole."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from activities.actions.ideas import becomes
from activities.actions.identity import change_activity
from activities.actions.offers import begin_offer, discard, publish
from activities.actions.series import change_from
from activities.actions.steps import Change, begin_step, rehearse_new
from activities.actions.whole import change_always, change_whole, correct_words
from activities.change_forms import ALWAYS
from activities.change_words import first_dates, next_dates
from activities.effects import Effect, Sharing
from activities.enums import Part
from activities.models import Activity, Idea, Series
from activities.offer_forms import ChangeAgreementForm, IdentityForm, NewOfferForm, ProposalForm, WordsForm
from partners.models import Membership, Organisation
from sites.forms.base import ReasonForm
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right, can
from sites.views.answering import answer, sent
from sites.views.previewing import Pages, preview_first
from stek.time import today

from .change import planner_of
from .stepping import Asked, step_page

# What the last button of a new activity says: in the offer, and then to the planner or to one more.
ONE_MORE = "nog"
PUBLIC = {"open", ONE_MORE}
LONGEST_TITLE, MOST_DIGITS = 120, 12


@opened_at_site_by(Right.MANAGE_OFFER)
def new_offer(request: KeyRequest, site: Site) -> HttpResponse:
    """One screen; then its next dates; then it is in the offer, or kept as a draft."""
    day = today(site.time_zone)
    idea = _asked_idea(request, site)
    initial = _asked_place(request, day) | ({"title": idea.text[:LONGEST_TITLE]} if idea else {})
    form = NewOfferForm(sent(request), site=site, day=day, initial=initial)
    return _new(request, site, form, proposed_by=None, idea=idea)


def _asked_idea(request: KeyRequest, site: Site) -> Idea | None:
    """Whose card this is to become of, when somebody came here from one; it stays in the address."""
    asked = request.GET.get("idee", "")
    rows = Idea.objects.visible_to(request.user).at(site)
    return rows.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < MOST_DIGITS else None


def _asked_place(request: KeyRequest, day: dt.date) -> dict[str, Any]:
    """Where in the planner somebody tapped."""
    with suppress(ValueError):
        day = dt.date.fromisoformat(request.GET.get("dag", ""))
    part = request.GET.get("deel", "")
    return {"first_day": day, "part": part if part in Part.values else ""}


@opened_at_site_by(Right.PROPOSE_OFFER)
def propose(request: KeyRequest, site: Site) -> HttpResponse:
    """The same by a partner's worker: it becomes a draft that the coordinator looks at. Who is the coordinator need not ask."""
    if can(request.user, Right.MANAGE_OFFER, site):
        return HttpResponseRedirect(reverse("activities:new_offer", args=[site.slug]))
    organisation = _own_organisation(request, site)
    if organisation is None:
        messages.error(request, _("Je werkt hier voor geen organisatie die iets kan voorstellen."))
        return HttpResponseRedirect(reverse("sites:mine"))
    day = today(site.time_zone)
    form = ProposalForm(sent(request), site=site, day=day, initial={"first_day": day})
    return _new(request, site, form, proposed_by=organisation)


def _own_organisation(request: KeyRequest, site: Site) -> Organisation | None:
    """Whom somebody works for at this site today."""
    rows = Membership.objects.on(today(site.time_zone)).filter(user=request.user, site=site)
    membership = rows.select_related("organisation").order_by("pk").first()
    return membership.organisation if membership else None


def _new(
    request: KeyRequest, site: Site, form: NewOfferForm, *, proposed_by: Organisation | None, idea: Idea | None = None
) -> HttpResponse:
    """Who proposes may leave it to the coordinator whether two share a room."""
    is_proposal = proposed_by is not None
    back = reverse("sites:mine") if is_proposal else reverse("activities:planner", args=[site.slug])

    def begin(*, is_public: bool) -> Series:
        fields = form.begun
        organisers = fields.pop("organisers") or ([proposed_by] if proposed_by else [])
        series = begin_offer(
            site, by=request.user, organisers=list(organisers), publish=is_public, proposed_by=proposed_by, **fields
        )
        if idea:
            becomes(idea, series.activity, by=request.user)
        return series

    def show(effect: Effect) -> dict[str, Any]:
        shared = [] if is_proposal else effect.shared
        return {"next": next_dates(effect), "shared": shared, "forgot_shared": "zeker" in request.POST}

    def do(effect: Effect) -> HttpResponse | None:
        if effect.shared and "samen" not in request.POST and not is_proposal:
            return None
        return _begin(request, site, begin, is_public=request.POST["zeker"] in PUBLIC and not is_proposal)

    return preview_first(
        request, form, Pages("activities/new_offer.html", "activities/offer_preview.html"),
        {"site": site, "is_proposal": is_proposal, "back": back},
        look=lambda: rehearse_new(lambda: begin(is_public=True)), show=show, do=do,
    )  # fmt: skip


def _begin(request: KeyRequest, site: Site, begin: Any, *, is_public: bool) -> HttpResponse:
    if is_public:
        series = begin_step(lambda: begin(is_public=True))
        messages.success(request, _("“%(title)s” staat in het aanbod. Iedereen ziet het.") % {"title": series.title})
        # Who enters a season stays at it, with the day of the last one filled in.
        again = (
            f"{reverse('activities:new_offer', args=[site.slug])}?{urlencode({'dag': series.first_day.isoformat()})}"
        )
        return HttpResponseRedirect(again if request.POST["zeker"] == ONE_MORE else planner_of(site, series.first_day))
    series = begin(is_public=False)
    if series.proposed_by:
        messages.success(request, _("Bedankt. De opbouwwerker bekijkt je voorstel."))
        return HttpResponseRedirect(reverse("sites:mine"))
    messages.success(
        request, _("“%(title)s” is een ontwerp. Alleen jij en je collega’s zien het.") % {"title": series.title}
    )
    return HttpResponseRedirect(reverse("activities:draft", args=[site.slug, series.pk]))


def _draft(request: KeyRequest, site: Site, pk: int) -> Series:
    rows = Series.objects.visible_to(request.user).at(site).drafts().select_related("activity__site", "proposed_by")
    return get_object_or_404(rows, pk=pk)


@opened_at_site_by(Right.MANAGE_OFFER)
def draft(request: KeyRequest, site: Site, draft: int) -> HttpResponse:
    """A draft or a proposal: its next dates, and the two buttons. Publishing it twice is publishing it once."""
    series = _draft(request, site, draft)
    shared: list[Sharing] = []
    if request.method == "POST":
        shared = rehearse_new(lambda: publish(series, by=request.user)).shared
        if not shared or "samen" in request.POST:
            begin_step(lambda: publish(series, by=request.user))
            messages.success(
                request, _("“%(title)s” staat in het aanbod. Iedereen ziet het.") % {"title": series.title}
            )
            return HttpResponseRedirect(planner_of(site, max(series.first_day, today(site.time_zone))))
    context = {
        "site": site, "series": series, "next": first_dates(series), "shared": shared,
        "proposed_by": series.proposed_by.name_on(today(site.time_zone)) if series.proposed_by else "",
        "changes": latest(request.user, site, ["activities.series"], about=series.pk),
    }  # fmt: skip
    return inside(request, "activities/draft.html", context)


@opened_at_site_by(Right.MANAGE_OFFER)
def discard_draft(request: KeyRequest, site: Site, draft: int) -> HttpResponse:
    """It goes away, with the reason in the history."""
    series = _draft(request, site, draft)
    form = ReasonForm(sent(request))
    return answer(
        request, form, lambda: discard(series, by=request.user, reason=form.cleaned_data["reason"]),
        told=_("Het ontwerp is weg."), to=reverse("activities:planner", args=[site.slug]),
        context={
            "site": site, "title": _("Leg “%(title)s” weg") % {"title": series.title}, "button": _("Leg weg"),
            "is_grave": True,
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def change_agreement(request: KeyRequest, site: Site, agreement: int) -> HttpResponse:
    """Day, hour, price, room, who organises it: from a day on, or always. Of a draft everything may change."""
    rows = Series.objects.visible_to(request.user).at(site).filter(is_undone=False).select_related("activity__site")
    series = get_object_or_404(rows, pk=agreement)
    day = today(site.time_zone)
    initial = ChangeAgreementForm.initial_of(series) | {"since": max(day, series.first_day)}
    form = ChangeAgreementForm(sent(request), site=site, day=day, initial=initial)
    to = planner_of(site, day) if series.is_published else reverse("activities:draft", args=[site.slug, series.pk])
    asked = Asked(
        activity=series.activity, verb="change_from", button=_("Verander de afspraak"),
        title=_("Verander “%(title)s”") % {"title": series.title}, back=to, to=to,
        change=partial(_changed, request, form, series), told=_("De afspraak is veranderd."),
    )  # fmt: skip
    return step_page(request, site, form, asked, template="activities/change_simple.html", context={})


def _changed(request: KeyRequest, form: ChangeAgreementForm, series: Series) -> Change:
    values, by = form.cleaned_data, request.user
    fields = form.agreed(values["since"], is_day_known=True)
    rest = {"reason": values["reason"], "organisers": list(values["organisers"])}
    if not series.is_published or values["since"] <= series.first_day:
        first = {} if series.is_published else {"first_day": values["since"]}
        return lambda: change_whole(series, by=by, **rest, **fields, **first)
    if values["how_long"] == ALWAYS:
        return lambda: change_always(series, by=by, **rest, **fields)
    return lambda: change_from(series, values["since"], by=by, **rest, **fields)


@opened_at_site_by(Right.MANAGE_OFFER)
def correct(request: KeyRequest, site: Site, agreement: int) -> HttpResponse:
    """Spelling and translations, backwards too, with a reason."""
    rows = Series.objects.visible_to(request.user).at(site).prefetch_related("texts").select_related("activity__site")
    series = get_object_or_404(rows, pk=agreement)
    form = WordsForm(sent(request), series=series)
    return answer(
        request, form,
        lambda: correct_words(
            series, by=request.user, reason=form.cleaned_data["reason"], words=form.words, texts=form.texts
        ),
        told=_("De woorden zijn verbeterd."), to=reverse("activities:planner", args=[site.slug]),
        context={"site": site, "title": _("Woorden van “%(title)s”") % {"title": series.title}, "button": _("Bewaar")},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def identity(request: KeyRequest, site: Site, offer: int) -> HttpResponse:
    """What it is: kind, functions, who may help, what it goes together with."""
    row = get_object_or_404(Activity.objects.visible_to(request.user).at(site).select_related("site"), pk=offer)
    series = Series.objects.at(site).filter(activity=row).order_by("-first_day", "-pk").first()
    form = IdentityForm(sent(request), instance=row)
    return answer(
        request, form,
        lambda: change_activity(row, by=request.user, seen=form.cleaned_data["seen"] or None, **form.values),
        told=_("Bewaard."), to=reverse("activities:planner", args=[site.slug]),
        context={"site": site, "title": series.title if series else row.slug, "button": _("Bewaar")},
    )  # fmt: skip
