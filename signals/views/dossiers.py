"""`/dossiers/`: what becomes of what hurts, for who works with it; for who steers what it is called, to whom it goes and how far it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _

from signals.dossier_figures import chosen_lines
from signals.dossier_paper import dossier_paper
from signals.dossier_rules import can_work_on, missing_for, needed_for
from signals.dossier_words import Line, line_of, lines_of
from signals.models import Dossier
from signals.querysets import sites_read_by
from signals.rules import also_checks_people
from sites.enums import RoleKind
from sites.history import in_words
from sites.inside import KeyRequest, inside, opened_by
from sites.models import ChangeLog, Site, User
from sites.rights import Right, can
from sites.words import Dutch
from stek.pages import bare_path, error_page, in_language
from stek.paper import PaperBusy

SHOWN = 5
# A council in Flanders reads Dutch, one in Brussels or at the border French too.
PAPERS = [(code, name) for code, name in settings.STEK_DESK_LANGUAGES if code in {"nl", "fr"}]
PARTS = ("problem", "causes", "affected", "proposals")


@opened_by(Right.READ_DOSSIER_STATUS)
def dossiers(request: KeyRequest) -> HttpResponse:
    """All of them, what waits longest first. Who may not read any of them is told why."""
    user = request.user
    if not (user.has_role(RoleKind.STEERING) or sites_read_by(user).exists()):
        context = {"checks_people": also_checks_people(user), "sites": _own_sites(user)}
        return inside(request, "signals/no_dossiers.html", context, status=403)
    rows = Dossier.objects.visible_to(user).with_steps()
    lines = lines_of(rows)
    context = {
        "lines": [one for one in lines if not _is_over(one)], "over": [one for one in lines if _is_over(one)],
        "may_begin": can(user, Right.WORK_ON_DOSSIERS), "sites": _own_sites(user),
    }  # fmt: skip
    return inside(request, "signals/dossiers.html", context)


def _is_over(line: Line) -> bool:
    return line.steps[-1].row.status in ("solved", "refused")


def _own_sites(user: User) -> list[Site]:
    """Running sites of somebody's keys, and of the partnership they steer: where what is published stands."""
    keys = [role.site_id for role in user.active_roles if role.site_id]
    steers = [role.partnership_id for role in user.active_roles if role.partnership_id]
    rows = Site.objects.public()
    return list((rows.filter(pk__in=keys) | rows.filter(partnership__in=steers)).order_by("name"))


@opened_by(Right.READ_DOSSIER_STATUS)
def dossier(request: KeyRequest, dossier: str) -> HttpResponse:
    """One of them: every word for who reads it whole; what is published for who steers."""
    row = get_object_or_404(Dossier.objects.visible_to(request.user).with_steps(), pk=dossier)
    is_whole = Dossier.objects.readable_by(request.user).filter(pk=row.pk).exists()
    if "pdf" in request.GET:
        return _on_paper(request, row, is_whole=is_whole)
    line = line_of(row, row.steps.all())
    steps = [one for one in line.steps if is_whole or one.row.is_published]
    may_work = is_whole and can_work_on(request.user, row)
    context: dict[str, Any] = {
        "dossier": row, "line": line, "steps": steps, "is_whole": is_whole, "may_work": may_work,
        "late": next((one for one in steps if one.is_late), None),
        "sentence_rows": row.sentences.all(), "figures": chosen_lines(row),
    }  # fmt: skip
    if is_whole:
        context["parts"] = _parts(row)
        context["papers"] = [
            (code, name, in_language(bare_path(request.path), code) + "?pdf=1") for code, name in PAPERS
        ]
        context["changes"] = _changes(request.user, row) if may_work else []
    return inside(request, "signals/dossier.html", context)


def _on_paper(request: KeyRequest, row: Dossier, *, is_whole: bool) -> HttpResponse:
    """`?pdf=1`: for who reads it whole, to hand to a council."""
    if not is_whole:
        raise PermissionDenied
    try:
        made = dossier_paper(row)
    except PaperBusy:
        title, text = (
            _("Het papier is nog niet klaar"),
            _("Veel mensen vragen nu een papier. Probeer het straks opnieuw."),
        )
        return error_page(request, 503, title, text)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slugify(row.title)[:60] or "dossier"}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _parts(row: Dossier) -> list[dict[str, Any]]:
    """What is wrong, why, whom it hits and what would help; one that is empty says whether it is needed for the next step."""
    next_needs = set(missing_for("raised", row)) & set(needed_for("raised"))
    return [
        {"name": row._meta.get_field(name).verbose_name, "text": Dutch(getattr(row, name)), "is_needed": name in next_needs}  # type: ignore[union-attr]
        for name in PARTS
    ]  # fmt: skip


def _changes(user: User, row: Dossier) -> list:
    """Of the dossier, its steps and its sentences; steps that were taken back are in it too."""
    keys = [str(row.pk), *(str(pk) for pk in row.steps.values_list("pk", flat=True))]
    rows = ChangeLog.objects.visible_to(user).filter(about_model__startswith="signals.dossier", about_id__in=keys)
    return in_words(user, list(rows.order_by("-pk")[:SHOWN]))
