"""`/beheer/<slug>/sleutelmomenten/`: key moments, as exactly as they are known."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.actions.milestone import add_milestone, change_milestone
from sites.forms.milestone import MilestoneForm
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Milestone, Site
from sites.rights import Right
from sites.rules import can_act_for_all
from sites.words import vague_words
from stek.time import today

from .answering import answer, sent


@opened_at_site_by(Right.MANAGE_PEOPLE)
def moments(request: KeyRequest, site: Site) -> HttpResponse:
    """All of them, oldest first, as a visitor reads them."""
    for_all = can_act_for_all(request.user, site.partnership)
    rows = Milestone.objects.visible_to(request.user).at(site).in_order()
    shown = [
        {
            "row": row,
            "when": vague_words(row.day, row.precision),
            "is_planned": row.day > today(site.time_zone),
            "may_change": bool(row.site_id) or for_all,
        }
        for row in rows
    ]
    changes = latest(request.user, site, ["sites.milestone"])
    return inside(request, "sites/moments.html", {"site": site, "moments": shown, "changes": changes})


@opened_at_site_by(Right.MANAGE_PEOPLE)
def new_moment(request: KeyRequest, site: Site) -> HttpResponse:
    form = MilestoneForm(sent(request), site=site)
    return answer(
        request, form, lambda: add_milestone(site, by=request.user, **form.values),
        told=_("Het sleutelmoment staat erbij."), to=reverse("sites:moments", args=[site.slug]),
        context={"site": site, "title": _("Sleutelmoment erbij"), "button": _("Bewaar")},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def moment(request: KeyRequest, site: Site, milestone: int) -> HttpResponse:
    """Correct a key moment. One of the whole partnership is for who may act for all of it."""
    row = get_object_or_404(Milestone.objects.visible_to(request.user).at(site), pk=milestone)
    if row.site_id is None and not can_act_for_all(request.user, site.partnership):
        raise PermissionDenied
    form = MilestoneForm(sent(request), instance=row, site=site)
    return answer(
        request, form, lambda: change_milestone(row, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=reverse("sites:moments", args=[site.slug]),
        context={"site": site, "title": _("Sleutelmoment verbeteren"), "button": _("Bewaar")},
    )  # fmt: skip
