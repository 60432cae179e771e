"""`/beheer/berichten/` and `/beheer/<slug>/berichten/`: what was sent, what was not and why, and sending it again."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.actions.messages import send_message_again
from sites.inside import KeyRequest, inside, opened_at_site_by, opened_by
from sites.messages import FILTERS, counts, line, page
from sites.models import Site, User
from sites.rights import Right
from stek.outbox.enums import State
from stek.outbox.models import Delivery
from stek.outbox.querysets import DeliveryQuerySet

from .confirming import confirm


@opened_by(Right.READ_MESSAGES)
def of_network(request: KeyRequest) -> HttpResponse:
    """Those of every site one looks after; for an administrator all there are."""
    return _list(request, Delivery.objects.visible_to(request.user), site=None)


@opened_at_site_by(Right.READ_MESSAGES)
def of_site(request: KeyRequest, site: Site) -> HttpResponse:
    """Those about one site."""
    return _list(request, Delivery.objects.visible_to(request.user).at(site), site=site)


def _list(request: KeyRequest, rows: DeliveryQuerySet, *, site: Site | None) -> HttpResponse:
    """The newest first; `?toestand=` filters, `?voor=` goes on where the page before ended."""
    group, before = request.GET.get("toestand", ""), request.GET.get("voor", "")
    if (group and group not in FILTERS) or (
        before and not (before.isascii() and before.isdigit() and len(before) < 19)
    ):
        raise Http404
    lines, following = page(request.user, rows, group=group, before=int(before) if before else None)
    context = {
        "site": site,
        "lines": lines,
        "following": following,
        "before": before,
        "group": group,
        "groups": counts(rows),
    }
    return inside(request, "sites/messages.html", context)


@opened_by(Right.READ_MESSAGES)
def again(request: KeyRequest, delivery: int) -> HttpResponse:
    rows = Delivery.objects.visible_to(request.user)
    return _again(request, rows, delivery, site=None, to=reverse("sites:network_messages"))


@opened_at_site_by(Right.READ_MESSAGES)
def again_at_site(request: KeyRequest, site: Site, delivery: int) -> HttpResponse:
    rows = Delivery.objects.visible_to(request.user).at(site)
    return _again(request, rows, delivery, site=site, to=reverse("sites:messages", args=[site.slug]))


def _again(request: KeyRequest, rows: DeliveryQuerySet, pk: int, *, site: Site | None, to: str) -> HttpResponse:
    """Ask first: what is uncertain may have come."""
    row = get_object_or_404(rows.select_related("site"), pk=pk)
    shown = line(row, User.objects.visible_to(request.user).in_bulk([row.user_id] if row.user_id else []))
    lead = _("%(about)s, aan %(to)s. %(why)s") % {"about": shown.about, "to": shown.to, "why": shown.why}
    more = (
        [_("Misschien kwam het toch aan. Dan krijgt de ontvanger het twee keer.")]
        if row.state == State.UNCERTAIN
        else []
    )
    return confirm(
        request, lambda: send_message_again(row, by=request.user), told=_("Het bericht vertrekt opnieuw."), to=to,
        context={"site": site, "title": _("Opnieuw sturen?"), "button": _("Stuur opnieuw"), "lead": lead, "more": more},
    )  # fmt: skip
