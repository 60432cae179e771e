"""`/beheer/<slug>/ideeen/`: what visitors think up, from the first card to what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions.ideas import accept_idea, add_cards, answer_idea, change_table, drop_idea, hold_table
from activities.enums import IdeaStatus
from activities.idea_board import board, status_of
from activities.idea_forms import AnswerForm, CardsForm, TableForm, first_questions
from activities.models import Idea, IdeaTable
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.views.confirming import confirm
from stek.time import today


def _to_board(site: Site) -> str:
    return reverse("activities:ideas", args=[site.slug])


def _idea(request: KeyRequest, site: Site, pk: int) -> Idea:
    return get_object_or_404(Idea.objects.visible_to(request.user).at(site).with_outcome(), pk=pk)


def _table(request: KeyRequest, site: Site, pk: int) -> IdeaTable:
    return get_object_or_404(IdeaTable.objects.visible_to(request.user).at(site), pk=pk)


@opened_at_site_by(Right.MANAGE_OFFER)
def ideas(request: KeyRequest, site: Site) -> HttpResponse:
    rows = Idea.objects.visible_to(request.user).at(site).with_outcome()
    context = {
        "site": site, "waiting": [one for one in rows if one.status == IdeaStatus.WAITING], "groups": board(rows),
        "tables": IdeaTable.objects.visible_to(request.user).at(site),
    }  # fmt: skip
    return inside(request, "activities/ideas.html", context)


@opened_at_site_by(Right.MANAGE_OFFER)
def new_table(request: KeyRequest, site: Site) -> HttpResponse:
    form = TableForm(sent(request), initial={"day": today(site.time_zone)} | first_questions())
    return answer(
        request, form, lambda: hold_table(site, by=request.user, **form.values), told=_("De ideeëntafel staat er."),
        to=_to_board(site),
        context={
            "site": site, "title": _("Nieuwe ideeëntafel"), "button": _("Bewaar"),
            "lead": _("Dit zijn vier vragen om te beginnen. Verander ze zoals jij wil. Een lege vraag stel je niet."),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def table(request: KeyRequest, site: Site, table: int) -> HttpResponse:
    """Its cards by question, and a field under each to type in more. It prints as four sheets to lay on a table."""
    one = _table(request, site, table)
    form = CardsForm(sent(request), table=one)
    if request.method == "POST" and form.is_valid():
        number = add_cards(one, form.cards, by=request.user)
        said = ngettext("%(number)d kaartje erbij.", "%(number)d kaartjes erbij.", number)
        messages.success(request, said % {"number": number})
        return HttpResponseRedirect(request.path)
    rows = list(Idea.objects.visible_to(request.user).filter(table=one).with_outcome())
    asked = [
        {"question": words, "number": number, "ideas": [row for row in rows if row.question == number]}
        for number, words in one.questions.items()
    ]
    return inside(request, "activities/idea_table.html", {"site": site, "table": one, "asked": asked, "form": form})


@opened_at_site_by(Right.MANAGE_OFFER)
def questions(request: KeyRequest, site: Site, table: int) -> HttpResponse:
    one = _table(request, site, table)
    form = TableForm(sent(request), instance=one)
    return answer(
        request, form, lambda: change_table(one, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=reverse("activities:idea_table", args=[site.slug, one.pk]),
        context={"site": site, "title": _("De vragen van deze tafel"), "button": _("Bewaar")},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def idea(request: KeyRequest, site: Site, idea: int) -> HttpResponse:
    """What becomes of it; one that waits is read first, and may be written otherwise."""
    one = _idea(request, site, idea)
    waits = one.status == IdeaStatus.WAITING
    form = AnswerForm(sent(request), instance=one)
    if waits:
        form.initial["status"] = IdeaStatus.PROPOSED
    aside: dict[str, Any] = {}
    if status_of(one) in {IdeaStatus.PROPOSED, IdeaStatus.CHOSEN} and one.activity is None:
        offer = reverse("activities:new_offer", args=[site.slug])
        aside = {"aside": f"{offer}?idee={one.pk}", "aside_name": _("Maak er een activiteit van")}
    return answer(
        request, form, lambda: answer_idea(one, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard. Bezoekers lezen het op de pagina met ideeën."), to=_to_board(site),
        context={
            "site": site, "title": _("Wat wordt er van dit idee?"), "button": _("Bewaar"),
            "remove": reverse("activities:drop_idea", args=[site.slug, one.pk]), "remove_name": _("Haal dit idee weg"),
        } | aside,
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def accept(request: KeyRequest, site: Site, idea: int) -> HttpResponse:
    one = _idea(request, site, idea)
    if request.method == "POST":
        accept_idea(one, by=request.user)
        messages.success(request, _("Het idee staat bij de ideeën."))
    return HttpResponseRedirect(_to_board(site))


@opened_at_site_by(Right.MANAGE_OFFER)
def drop(request: KeyRequest, site: Site, idea: int) -> HttpResponse:
    one = _idea(request, site, idea)
    more = [
        one.text,
        _("Het idee is dan echt weg. Kan het niet? Zeg dan liever waarom: dan leest wie het bedacht het."),
    ]
    return confirm(
        request, lambda: drop_idea(one, by=request.user), told=_("Weggehaald."), to=_to_board(site),
        context={"site": site, "title": _("Dit idee weghalen?"), "button": _("Haal weg"), "more": more},
    )  # fmt: skip
