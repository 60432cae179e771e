"""`/dossiers/…`: what a coordinator does with a dossier, one form a page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from signals.actions import dossiers as actions
from signals.dossier_forms import AnswerForm, DossierForm, FiguresForm, NewDossierForm, SentenceForm, StepForm
from signals.dossier_words import step_line
from signals.models import Dossier, DossierSentence, DossierStep
from sites.inside import KeyRequest, opened_by
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.views.confirming import Nothing
from stek.time import today

FORM = "signals/dossier_form.html"


@opened_by(Right.WORK_ON_DOSSIERS)
def new_dossier(request: KeyRequest) -> HttpResponse:
    form = NewDossierForm(sent(request), user=request.user)
    made: list[Dossier] = []

    def do() -> None:
        partnership, site = form.scope
        values = {name: form.cleaned_data[name] for name in actions.WORDS}
        made.append(actions.begin_dossier(partnership, site, by=request.user, key=form.cleaned_data["key"], **values))

    context = {
        "title": _("Nieuw dossier"), "button": _("Begin het dossier"),
        "lead": _("Een dossier bundelt wat mensen vertellen: wat er misloopt, hoe dat komt en wat we vragen. Zonder wie."),
    }  # fmt: skip
    told = _("Het dossier is begonnen.")
    response = answer(request, form, do, told=told, to=reverse("signals:dossiers"), template=FORM, context=context)
    return HttpResponseRedirect(address(made[0])) if made else response


@opened_by(Right.WORK_ON_DOSSIERS)
def change_dossier(request: KeyRequest, dossier: uuid.UUID) -> HttpResponse:
    row = _dossier(request, dossier)
    form = DossierForm(sent(request), instance=row)
    return answer(
        request, form,
        lambda: actions.change_dossier(row, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=address(row), template=FORM,
        context={"dossier": row, "title": _("Het dossier veranderen"), "button": _("Bewaar")},
    )  # fmt: skip


@opened_by(Right.WORK_ON_DOSSIERS)
def take_step(request: KeyRequest, dossier: uuid.UUID) -> HttpResponse:
    """The next step; when somebody else took one meanwhile, that is said, and what was typed stays."""
    row = _dossier(request, dossier)
    newest = row.steps.latest("position")
    form = StepForm(sent(request), dossier=row, newest=newest.position)

    def do() -> None:
        values, key, after = form.values, form.cleaned_data["key"], form.cleaned_data["after"]
        try:
            actions.take_step(row, by=request.user, key=key, after=after, **values)
        except ValidationError:
            # Sent once more, it is for who has read what the other did.
            form.data = {**request.POST.dict(), "after": str(row.steps.latest("position").position)}
            raise

    return answer(
        request, form, do, told=_("De stap staat erbij. Bezoekers zien hem pas als je hem publiceert."), to=address(row),
        template=FORM, context={
            "dossier": row, "title": _("Volgende stap"), "button": _("Zet de stap erbij"),
            "newest": step_line(newest, row, today()),
        },
    )  # fmt: skip


@opened_by(Right.WORK_ON_DOSSIERS)
def change_step(request: KeyRequest, dossier_step: uuid.UUID) -> HttpResponse:
    step = _step(request, dossier_step)
    form = StepForm(sent(request), dossier=step.dossier, instance=step)
    is_newest = step.position > 1 and step.pk == step.dossier.steps.latest("position").pk
    return answer(
        request, form,
        lambda: actions.change_step(step, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=address(step.dossier), template=FORM, context={
            "dossier": step.dossier, "title": _("Een stap verbeteren"), "button": _("Bewaar"),
            "newest": step_line(step, step.dossier, today()),
            "remove": reverse("signals:drop_step", args=[step.pk]) if is_newest else "",
            "remove_name": _("Neem deze stap terug"),
        },
    )  # fmt: skip


@opened_by(Right.WORK_ON_DOSSIERS)
def answer_step(request: KeyRequest, dossier_step: uuid.UUID) -> HttpResponse:
    step = _step(request, dossier_step)
    form = AnswerForm(sent(request), dossier=step.dossier, instance=step)

    def do() -> None:
        data = form.cleaned_data
        actions.answer_step(step, by=request.user, seen=data["seen"], status=data["status"], **form.values)

    return answer(
        request, form, do, told=_("Het antwoord staat erbij."), to=address(step.dossier), template=FORM, context={
            "dossier": step.dossier, "title": _("Antwoord gekregen"), "button": _("Bewaar het antwoord"),
            "newest": step_line(step, step.dossier, today()),
        },
    )  # fmt: skip


@opened_by(Right.WORK_ON_DOSSIERS)
def publish_step(request: KeyRequest, dossier_step: uuid.UUID) -> HttpResponse:
    """`stand`: `aan` or `uit`."""
    step = _step(request, dossier_step)
    if request.method == "POST":
        is_published = request.POST.get("stand") == "aan"
        actions.publish_step(step, by=request.user, is_published=is_published)
        messages.success(
            request,
            _("Iedereen leest deze stap nu op de website.") if is_published else _("Deze stap staat niet meer op de website."),
        )  # fmt: skip
    return HttpResponseRedirect(address(step.dossier))


@opened_by(Right.WORK_ON_DOSSIERS)
def drop_step(request: KeyRequest, dossier_step: uuid.UUID) -> HttpResponse:
    step = _step(request, dossier_step)
    line = step_line(step, step.dossier, today())
    context = {
        "dossier": step.dossier, "title": _("De laatste stap terugnemen"), "button": _("Neem terug"), "newest": line,
        "lead": _("De stap verdwijnt, en het dossier staat weer waar het ervoor stond."),
    }  # fmt: skip
    return _sure(request, lambda: actions.drop_step(step, by=request.user), _("De stap is weg."), step.dossier, context)


@opened_by(Right.WORK_ON_DOSSIERS)
def add_sentence(request: KeyRequest, dossier: uuid.UUID) -> HttpResponse:
    row = _dossier(request, dossier)
    form = SentenceForm(sent(request))
    return answer(
        request, form, lambda: actions.add_sentence(row, by=request.user, text=form.cleaned_data["text"]),
        told=_("De zin staat erbij."), to=address(row), template=FORM, context={
            "dossier": row, "title": _("Een zin erbij"), "button": _("Zet de zin erbij"),
            "lead": _("Een zin maakt cijfers menselijk. Iedereen leest hem: in het dossier, en op de website zodra je een stap publiceert."),
        },
    )  # fmt: skip


@opened_by(Right.WORK_ON_DOSSIERS)
def drop_sentence(request: KeyRequest, sentence: uuid.UUID) -> HttpResponse:
    rows = DossierSentence.objects.filter(dossier__in=Dossier.objects.worked_on_by(request.user))
    row = get_object_or_404(rows.select_related("dossier__site", "dossier__partnership"), pk=sentence)
    context = {
        "dossier": row.dossier, "title": _("De zin weghalen"), "button": _("Haal weg en vernietig"), "quoted": row.text,
        "lead": _("De zin wordt vernietigd, ook op de website. We kunnen hem niet terughalen."),
    }  # fmt: skip
    return _sure(
        request, lambda: actions.drop_sentence(row, by=request.user), _("De zin is weg."), row.dossier, context
    )


@opened_by(Right.WORK_ON_DOSSIERS)
def choose_figures(request: KeyRequest, dossier: uuid.UUID) -> HttpResponse:
    """Among what was published; when somebody else chose meanwhile, that is said, and what was ticked stays."""
    row = _dossier(request, dossier)
    form = FiguresForm(sent(request), dossier=row)

    def do() -> None:
        try:
            actions.choose_figures(row, by=request.user, cells=form.cells, seen=form.cleaned_data["seen"])
        except ValidationError:
            # Sent once more, it is for who has read that somebody else was at it.
            form.data = request.POST.copy()
            form.data["seen"] = FiguresForm(dossier=row).initial["seen"]
            raise

    return answer(
        request, form, do, told=_("Deze cijfers staan in het dossier."), to=address(row), template=FORM, context={
            "dossier": row, "title": _("Cijfers kiezen"), "button": _("Bewaar"),
            "lead": _("Alleen wat gepubliceerd is. Kleine aantallen staan er niet bij, zodat niemand te herkennen is.")
            if len(form.fields) > 1 else _("Er zijn nog geen cijfers gepubliceerd."),
        },
    )  # fmt: skip


def address(dossier: Dossier) -> str:
    return reverse("signals:dossier", args=[dossier.pk])


def _sure(request: KeyRequest, do: Any, told: str, dossier: Dossier, context: dict[str, Any]) -> HttpResponse:
    """A question with one button."""
    # A form without a field is bound by anything, also by a button alone.
    form = Nothing(sent(request))
    return answer(
        request, form, do, told=told, to=address(dossier), template=FORM, context=context | {"is_grave": True}
    )


def _dossier(request: KeyRequest, pk: uuid.UUID) -> Dossier:
    rows = Dossier.objects.worked_on_by(request.user).select_related("site", "partnership")
    return get_object_or_404(rows, pk=pk)


def _step(request: KeyRequest, pk: uuid.UUID) -> DossierStep:
    rows = DossierStep.objects.worked_on_by(request.user)
    return get_object_or_404(rows.select_related("dossier__site", "dossier__partnership"), pk=pk)
