"""`/beheer/<slug>/plek/`: what the site is, its address on the web, and whether it runs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.actions.address import rename_address
from sites.actions.site import change_facts, remove_site, reopen_site, stop_site
from sites.enums import SiteStatus
from sites.forms.base import ReasonForm
from sites.forms.site import AddressForm, FactsForm, ReopenForm
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right, can
from sites.rules import has_history

from .answering import answer, sent


@opened_at_site_by(Right.MANAGE_PEOPLE)
def facts(request: KeyRequest, site: Site) -> HttpResponse:
    """Name, kind, status, holidays and contact; below it the doors to what is done rarely."""
    form = FactsForm(sent(request), instance=site)
    return answer(
        request, form, lambda: change_facts(site, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=reverse("sites:facts", args=[site.slug]), template="sites/facts.html",
        context={
            "site": site,
            "is_stopped": site.status == SiteStatus.STOPPED,
            "may_remove": can(request.user, Right.MANAGE_NETWORK),
            "changes": latest(request.user, site, ["sites.site"]),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def address(request: KeyRequest, site: Site) -> HttpResponse:
    """Another address on the web; the old one leads there for ever."""
    form = AddressForm(sent(request), initial={"slug": site.slug})
    context = {"site": site, "old_slugs": list(site.old_slugs.order_by("slug").values_list("slug", flat=True))}
    if request.method == "POST" and form.is_valid() and form.cleaned_data["slug"] != site.slug:
        to = reverse("sites:facts", args=[form.cleaned_data["slug"]])
    else:
        to = reverse("sites:facts", args=[site.slug])
    back = reverse("sites:facts", args=[site.slug])
    return answer(
        request, form, lambda: rename_address(site, slug=form.cleaned_data["slug"], by=request.user),
        told=_("Het adres is veranderd. Het oude brengt mensen hierheen."), to=to, template="sites/address.html",
        context=context | {"back": back},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def stop(request: KeyRequest, site: Site) -> HttpResponse:
    """The site stops: nobody on the street sees it any more, all of its past stays."""
    form = ReasonForm(sent(request))
    return answer(
        request, form, lambda: stop_site(site, by=request.user, reason=form.cleaned_data["reason"]),
        told=_("De plek is gestopt. Bezoekers zien ze niet meer."), to=reverse("sites:facts", args=[site.slug]),
        context={
            "site": site, "title": _("De plek stopt"), "button": _("Zet de plek op gestopt"), "is_grave": True,
            "lead": _("Bezoekers zien de plek dan niet meer. Alles van vroeger blijft bewaard, en je kan dit terugdraaien."),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def reopen(request: KeyRequest, site: Site) -> HttpResponse:
    """A stopped site begins again."""
    form = ReopenForm(sent(request))
    return answer(
        request, form, lambda: reopen_site(site, by=request.user, status=SiteStatus(form.cleaned_data["status"])),
        told=_("De plek begint weer."), to=reverse("sites:facts", args=[site.slug]),
        context={"site": site, "title": _("De plek begint weer"), "button": _("Begin weer")},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_NETWORK)
def remove(request: KeyRequest, site: Site) -> HttpResponse:
    """Take away a site that was opened by mistake. One with a history stays, in so many words."""
    context = {"site": site, "has_history": has_history(site)}
    if request.method != "POST" or context["has_history"]:
        return inside(request, "sites/remove_site.html", context, status=409 if request.method == "POST" else 200)
    remove_site(site, by=request.user)
    messages.success(request, _("“%(name)s” is weg.") % {"name": site.name})
    return HttpResponseRedirect(reverse("sites:network"))
