"""`/beheer/netwerk/organisaties/`: every organisation of the network, and doubles made one."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from partners.actions.merging import merge
from partners.models import Organisation
from partners.relations import relations
from partners.search import find
from sites.inside import KeyRequest, inside, opened_by
from sites.rights import Right
from stek.time import today

from .pages import told

SHOWN = 100


@opened_by(Right.MANAGE_NETWORK)
def organisations(request: KeyRequest) -> HttpResponse:
    query = request.GET.get("zoek", "").strip()[:120]
    rows = Organisation.objects.visible_to(request.user).prefetch_related("engagements__site")
    found = find(rows, query, today())
    context = {"query": query, "found": found[:SHOWN], "more": max(0, len(found) - SHOWN)}
    return inside(request, "partners/organisations.html", context)


@opened_by(Right.MANAGE_NETWORK)
def merge_page(request: KeyRequest, kept: int) -> HttpResponse:
    """Choose the doubled one, look at what moves, and do it."""
    rows = Organisation.objects.visible_to(request.user)
    one = get_object_or_404(rows.with_names(), pk=kept)
    asked = request.POST.get("dubbel") or request.GET.get("dubbel", "")
    doubled = rows.with_names().filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    name = one.name_on(today())
    if request.method == "POST":
        try:
            merge(one, _chosen(doubled, asked), by=request.user)
            return told(request, _("Samengevoegd tot %(name)s.") % {"name": name}, "partners:organisations")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    query = request.GET.get("zoek", "").strip()[:120]
    found = [found for found in find(rows.exclude(pk=one.pk), query, today())[:20] if query]
    context: dict[str, Any] = {"kept": one, "name": name, "query": query, "found": found, "doubled": doubled}
    if doubled and doubled != one:
        context |= {"doubled_name": doubled.name_on(today()), "moves": _moves(doubled)}
    return inside(request, "partners/merge.html", context)


def _chosen(doubled: Organisation | None, asked: str) -> Organisation:
    if doubled is None:
        message = _("Deze organisatie is intussen samengevoegd met een andere. Zoek ze opnieuw.")
        raise ValidationError(message if asked else _("Kies eerst welke organisatie dubbel is."))
    return doubled


def _moves(doubled: Organisation) -> list[tuple[str, int]]:
    """What hangs on the doubled one, as (name of the rows, how many)."""
    counted = [(relation, relation.rows_of(doubled).count()) for relation in relations()]
    return [(str(apps.get_model(one.model)._meta.verbose_name_plural), number) for one, number in counted if number]
