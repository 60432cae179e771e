"""`/wegwijzer/`: who helps with what, for everybody; and `/beheer/<slug>/wegwijzer/`, where that is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.actions.services import add_service, change_service, offer_service
from partners.models import Service
from partners.search import key
from partners.service_forms import ServiceForm
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.views.confirming import confirm
from stek.pages import current_language, page, public_page
from stek.time import today


@public_page
def guide(request: HttpRequest) -> HttpResponse:
    """By organisation, in the language of the reader as far as somebody wrote it."""
    language = current_language()
    partnerships = Site.objects.public().values("partnership")
    rows = Service.objects.offered().filter(partnership__in=partnerships).whole()
    lines = sorted((_line(row, language) for row in rows), key=lambda one: (key(one["who"]), key(one["row"].name)))
    groups: dict[int, list[dict[str, Any]]] = {}  # by organisation: two may have one name
    for line in lines:
        groups.setdefault(line["row"].organisation_id, []).append(line)
    return page(request, "partners/guide.html", {"groups": [(some[0]["who"], some) for some in groups.values()]})


def _line(row: Service, language: str) -> dict[str, Any]:
    translated = row.translations.get(language)
    return {
        "row": row, "who": row.organisation.name_on(today()), "what_for": translated or row.what_for,
        "language": language if translated else "nl",
    }  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def services(request: KeyRequest, site: Site) -> HttpResponse:
    rows = Service.objects.visible_to(request.user).at_desk(site).whole()
    lines = [(row, row.organisation.name_on(today(site.time_zone))) for row in rows]
    lines.sort(key=lambda one: (not one[0].is_active, key(one[1]), key(one[0].name)))
    context = {"site": site, "lines": lines, "changes": latest(request.user, site, ["partners.service"])}
    return inside(request, "partners/services.html", context)


@opened_at_site_by(Right.MANAGE_OFFER)
def new_service(request: KeyRequest, site: Site) -> HttpResponse:
    form = ServiceForm(sent(request), site=site)
    return answer(
        request, form, lambda: add_service(site, form.cleaned_data["organisation"], by=request.user, **form.values),
        told=_("De dienst staat in de wegwijzer."), to=_back(site),
        context={"site": site, "title": _("Dienst erbij"), "button": _("Bewaar")},
    )  # fmt: skip


def _service(request: KeyRequest, site: Site, pk: int) -> Service:
    return get_object_or_404(Service.objects.visible_to(request.user).at_desk(site), pk=pk)


@opened_at_site_by(Right.MANAGE_OFFER)
def service(request: KeyRequest, site: Site, service: int) -> HttpResponse:
    row = _service(request, site, service)
    form = ServiceForm(sent(request), instance=row, site=site)
    name = _("Haal uit de wegwijzer") if row.is_active else _("Zet weer in de wegwijzer")
    return answer(
        request, form,
        lambda: change_service(row, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=_back(site),
        context={
            "site": site, "title": row.name, "button": _("Bewaar"),
            "remove": reverse("partners:offer_service", args=[site.slug, row.pk]), "remove_name": name,
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def offer(request: KeyRequest, site: Site, service: int) -> HttpResponse:
    row = _service(request, site, service)
    title = _("Uit de wegwijzer halen?") if row.is_active else _("Weer in de wegwijzer zetten?")
    return confirm(
        request, lambda: offer_service(row, by=request.user, is_active="aan" in request.POST),
        told=_("Bewaard."), to=_back(site), template="partners/offer_service.html",
        context={"site": site, "title": title, "service": row, "is_grave": row.is_active},
    )  # fmt: skip


def _back(site: Site) -> str:
    return reverse("partners:services", args=[site.slug])
