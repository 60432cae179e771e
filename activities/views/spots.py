"""`/beheer/<slug>/affiches/`: print what hangs in the street, and keep track of where which version hangs [OUT-03]."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions.spots import give_up_spot, hang, keep_spot
from activities.enums import PaperKind
from activities.iso_week import IsoWeek
from activities.models import Spot
from activities.spot_forms import SeasonForm, SpotForm, all_titles, titles
from activities.spots import was_given_up
from activities.versions import Versions
from activities.words import day_words, week_words
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.short_links import printed_address
from sites.views.answering import answer, sent
from stek.paper.pictures import code

LANGUAGES = dict(settings.LANGUAGES)


@opened_at_site_by(Right.MANAGE_OFFER)
def posters(request: KeyRequest, site: Site) -> HttpResponse:
    """What can be printed, in every language; and the spots, what is out of date first."""
    form = SeasonForm(request.GET if "van" in request.GET else None, site=site)
    versions = Versions(site)
    spots = [_shown(spot, versions) for spot in _spots(request, site)]
    context = {
        "site": site,
        "form": form,
        "papers": _papers(site, versions.this_week),
        "season": _season(site, form) if form.is_bound and form.is_valid() else None,
        "spots": sorted(
            spots, key=lambda one: (not one["is_old"], bool(one["spot"].version), one["spot"].where.casefold())
        ),
        "code": _code(site),
        "changes": latest(request.user, site, ["activities.spot"]),
    }
    return inside(request, "activities/posters.html", context)


def _spots(request: KeyRequest, site: Site) -> list[Spot]:
    return list(Spot.objects.visible_to(request.user).at(site).select_related("activity").order_by("pk"))


def _shown(spot: Spot, versions: Versions) -> dict[str, Any]:
    site, this, names = versions.site, versions.this_week, all_titles(versions.site)
    week = spot.version.partition(":")[0] if spot.paper == PaperKind.WEEK else ""
    weeks = [
        {
            "words": words,
            "url": _url("week_flyer", site, iso) + _asked(spot.language),
            "version": versions.of(spot, iso),
        }
        for iso, words in ((this, _("Deze week hangt er")), (this.plus(1), _("Volgende week hangt er")))
        if spot.paper == PaperKind.WEEK
    ]
    return {
        "spot": spot,
        "name": names.get(spot.activity.slug, spot.activity.slug) if spot.activity else "",
        "language": LANGUAGES.get(spot.language, spot.language),
        "is_old": versions.is_old(spot),
        "is_withdrawn": versions.is_withdrawn(spot),
        "version": "" if weeks else versions.of(spot),
        "hung_on": day_words(spot.hung_on, year=True) if spot.hung_on else "",
        "week": week_words(IsoWeek.parse(week)) if week else "",
        "weeks": weeks,
        "url": _paper_of(spot, site),
    }


def _paper_of(spot: Spot, site: Site) -> str:
    if spot.paper == PaperKind.POSTER and spot.activity:
        return _url("activity_poster", site, spot.activity.slug) + _asked(spot.language)
    return _url("season_flyer", site) + _asked(spot.language)


def _papers(site: Site, this: IsoWeek) -> list[dict[str, Any]]:
    """(name, its address in each language)."""
    told = [
        (_("Flyer van deze week"), _url("week_flyer", site, this)),
        (_("Flyer van volgende week"), _url("week_flyer", site, this.plus(1))),
        (_("Het vaste aanbod, vanaf nu"), _url("season_flyer", site)),
    ]
    papers = [_paper(name, partial(_in, address)) for name, address in told]
    for slug, title in titles(site).items():
        papers.append(_paper(title, partial(_in, _url("activity_poster", site, slug))) | {"is_poster": True})
    return papers


def _paper(name: str, address: Callable[[str], str]) -> dict[str, Any]:
    others = [{"code": code, "name": own, "url": address(code)} for code, own in LANGUAGES.items() if code != "nl"]
    return {"name": name, "url": address("nl"), "others": others, "is_poster": False}


def _season(site: Site, form: SeasonForm) -> dict[str, Any]:
    days = {"van": form.cleaned_data["van"], "tot": form.cleaned_data["tot"]}
    return _paper(
        _("Je flyer staat klaar"),
        lambda code: f"{_url('season_flyer', site)}?{urlencode(days | ({'taal': code} if code != 'nl' else {}))}",
    )


def _code(site: Site) -> dict[str, str]:
    """The code of the place, for papers of one's own: a picture that can be copied, and where it leads."""
    address = printed_address(site, settings.LANGUAGE_CODE)
    return {"picture": b64encode(code(address).encode()).decode(), "address": address}


def _url(name: str, site: Site, *more: object) -> str:
    return reverse(f"data:{name}", args=[site.slug, *more])


def _in(address: str, language: str) -> str:
    return address + _asked(language)


def _asked(language: str) -> str:
    return "" if language == settings.LANGUAGE_CODE else f"?taal={language}"


@opened_at_site_by(Right.MANAGE_OFFER)
def new_spot(request: KeyRequest, site: Site) -> HttpResponse:
    return _spot_page(request, site, SpotForm(sent(request), site=site), Spot(site=site), title=_("Een plaats erbij"))


@opened_at_site_by(Right.MANAGE_OFFER)
def spot(request: KeyRequest, site: Site, spot: int) -> HttpResponse:
    row = _row(request, site, spot)
    return _spot_page(request, site, SpotForm(sent(request), instance=row, site=site), row, title=row.where)


def _spot_page(request: KeyRequest, site: Site, form: SpotForm, row: Spot, *, title: str) -> HttpResponse:
    return answer(
        request, form, lambda: keep_spot(row, by=request.user, seen=form.cleaned_data["seen"] or None, **form.values),
        told=_("Bewaard."), to=reverse("activities:posters", args=[site.slug]),
        context={"site": site, "title": title, "button": _("Bewaar")},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def hang_paper(request: KeyRequest, site: Site, spot: int) -> HttpResponse:
    """A button: the paper of the page hangs there; of a week the one that was chosen. It may say something else by now."""
    row = _row_or_gone(request, site, spot)
    if request.method == "POST" and row:
        seen, this = request.POST.get("version", ""), Versions(site).this_week
        iso = next((one for one in (this, this.plus(1)) if seen.startswith(f"{one}:")), None)
        try:
            hang(row, by=request.user, iso=iso, seen=seen)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Genoteerd: %(where)s is weer bij.") % {"where": row.where})
    return _back(site)


@opened_at_site_by(Right.MANAGE_OFFER)
def spot_away(request: KeyRequest, site: Site, spot: int) -> HttpResponse:
    """A button: nothing hangs there any more. Who presses it twice reads the list, as the first time."""
    row = _row_or_gone(request, site, spot)
    if request.method == "POST" and row:
        give_up_spot(row, by=request.user)
        messages.success(request, _("%(where)s staat niet meer op de lijst.") % {"where": row.where})
    return _back(site)


def _row_or_gone(request: KeyRequest, site: Site, spot: int) -> Spot | None:
    """None for one that somebody took off the list meanwhile."""
    try:
        return _row(request, site, spot)
    except Http404:
        if was_given_up(site, spot):
            return None
        raise


def _row(request: KeyRequest, site: Site, spot: int) -> Spot:
    rows = Spot.objects.visible_to(request.user).at(site).select_related("site", "activity")
    return get_object_or_404(rows, pk=spot)


def _back(site: Site) -> HttpResponse:
    return HttpResponseRedirect(reverse("activities:posters", args=[site.slug]))
