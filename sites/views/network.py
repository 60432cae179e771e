"""`/beheer/netwerk/`: municipalities, partnerships and new sites, for administrators."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.actions.network import add_municipality, add_partnership
from sites.actions.site import open_site
from sites.forms.site import MunicipalityForm, NewSiteForm, PartnershipForm
from sites.inside import KeyRequest, inside, opened_by
from sites.models import Municipality, Partnership, Site
from sites.rights import Right

from .answering import answer, sent


@opened_by(Right.MANAGE_NETWORK)
def network(request: KeyRequest) -> HttpResponse:
    """Every site, with the way to its desk, and what sites belong to."""
    context = {
        "sites": Site.objects.visible_to(request.user).select_related("municipality", "partnership").order_by("name"),
        "partnerships": Partnership.objects.annotate(number=Count("sites")).order_by("name"),
        "municipalities": Municipality.objects.annotate(number=Count("sites")).order_by("name"),
    }
    return inside(request, "sites/network.html", context)


@opened_by(Right.MANAGE_NETWORK)
def new_municipality(request: KeyRequest) -> HttpResponse:
    form = MunicipalityForm(sent(request))
    return answer(
        request, form, lambda: add_municipality(by=request.user, **form.cleaned_data),
        told=_("De gemeente staat erbij."), to=reverse("sites:network"),
        context={"title": _("Gemeente erbij"), "button": _("Bewaar")},
    )  # fmt: skip


@opened_by(Right.MANAGE_NETWORK)
def new_partnership(request: KeyRequest) -> HttpResponse:
    form = PartnershipForm(sent(request))
    return answer(
        request, form, lambda: add_partnership(by=request.user, **form.cleaned_data),
        told=_("Het samenwerkingsverband staat erbij."), to=reverse("sites:network"),
        context={"title": _("Samenwerkingsverband erbij"), "button": _("Bewaar")},
    )  # fmt: skip


@opened_by(Right.MANAGE_NETWORK)
def new_site(request: KeyRequest) -> HttpResponse:
    """The whole site in one screen. It starts "in opstart": nobody on the street sees it yet."""
    form = NewSiteForm(sent(request))
    return answer(
        request, form, lambda: open_site(by=request.user, **form.cleaned_data),
        told=_("De plek is er, in opstart. Zet ze op actief als bezoekers ze mogen zien."), to=reverse("sites:network"),
        context={
            "title": _("Plek erbij"), "button": _("Begin de plek"),
            "lead": _("De plek begint in opstart: bezoekers zien ze nog niet."),
        },
    )  # fmt: skip
