"""`/beheer/<slug>/nakijken/`: the five B's and the way there; earlier checks stay, and two stand side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.actions.check import keep_check
from sites.enums import QUESTIONS, Criterion, Score
from sites.forms.check import CheckForm
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site, SiteCheck
from sites.rights import Right
from stek.time import today

from .answering import answer, sent


@opened_at_site_by(Right.MANAGE_PEOPLE)
def checks(request: KeyRequest, site: Site) -> HttpResponse:
    """Every check, the newest first, with how many times "ja"."""
    rows = SiteCheck.objects.visible_to(request.user).at(site).order_by("-day")
    shown = [{"check": row, "yes": _yes(row), "of": len(row.answers)} for row in rows]
    return inside(
        request,
        "sites/checks.html",
        {"site": site, "checks": shown, "changes": latest(request.user, site, ["sites.sitecheck"])},
    )


def _yes(check: SiteCheck) -> int:
    return sum(answer["score"] == Score.YES for answer in check.answers.values())


@opened_at_site_by(Right.MANAGE_PEOPLE)
def new_check(request: KeyRequest, site: Site) -> HttpResponse:
    form = CheckForm(sent(request), initial={"day": today(site.time_zone)})

    def keep() -> None:
        values = form.cleaned_data
        keep_check(site, by=request.user, day=values["day"], answers=form.answers, actions=values["actions"])

    return answer(
        request, form, keep, told=_("Bewaard."), to=reverse("sites:checks", args=[site.slug]),
        context={
            "site": site, "title": _("De plek nakijken"), "button": _("Bewaar"), "form_class": "compact",
            "lead": _("Doe dit samen, met bezoekers en vrijwilligers. Weten jullie iets niet? Zeg dat gewoon."),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def check(request: KeyRequest, site: Site, check: int) -> HttpResponse:
    """One check beside an earlier one: the one before it, or the one that is asked for (`?naast=`)."""
    rows = SiteCheck.objects.visible_to(request.user).at(site)
    row = get_object_or_404(rows, pk=check)
    others = list(rows.exclude(pk=row.pk).order_by("-day"))
    asked = request.GET.get("naast", "")
    earlier = next((one for one in others if one.day < row.day), None)
    beside = next((one for one in others if str(one.pk) == asked), earlier)
    context = {"site": site, "check": row, "beside": beside, "others": others, "lines": _lines(row, beside)}
    return inside(request, "sites/check.html", context)


def _lines(row: SiteCheck, beside: SiteCheck | None) -> list[dict[str, Any]]:
    """Each question with both answers, and whether the score differs."""
    return [
        {
            "name": criterion.label,
            "question": QUESTIONS[criterion],
            "answer": (new := _answer(row, criterion)),
            "other": (old := _answer(beside, criterion)) if beside else None,
            "differs": bool(beside) and new["score"] != old["score"],
        }
        for criterion in Criterion
    ]


def _answer(check: SiteCheck, criterion: Criterion) -> dict[str, str]:
    answer = check.answers.get(criterion.value, {})
    code = answer.get("score", Score.UNKNOWN.value)
    return {"code": code, "score": str(Score(code).label), "note": answer.get("note", "")}
