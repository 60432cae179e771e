"""`/beheer/netwerk/themas/`: the areas of life that signals are counted by, for administrators. No number of signals stands here."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from signals.actions import themes as actions
from signals.actions.thresholds import set_threshold
from signals.forms import MergeForm, ThemeForm, ThresholdForm
from signals.models import Theme, Threshold
from sites.history import in_words
from sites.inside import KeyRequest, inside, opened_by
from sites.models import ChangeLog, Partnership, User
from sites.rights import Right
from sites.views.answering import answer, sent

SHOWN = 20


@opened_by(Right.MANAGE_NETWORK)
def themes(request: KeyRequest) -> HttpResponse:
    rows = Theme.objects.visible_to(request.user).in_order().select_related("merged_into")
    return inside(
        request,
        "signals/themes.html",
        {
            "themes": rows,
            "changes": _changes(request.user),
            "partnerships": Partnership.objects.visible_to(request.user).order_by("name"),
        },
    )


@opened_by(Right.MANAGE_NETWORK)
def new_theme(request: KeyRequest) -> HttpResponse:
    form = ThemeForm(sent(request))
    return answer(
        request, form, lambda: actions.add_theme(by=request.user, names=form.names),
        told=_("Het thema staat erbij."), to=reverse("signals:themes"),
        context={
            "title": _("Thema erbij"), "button": _("Bewaar"),
            "lead": _("Een thema is een stuk van het leven, zoals wonen of werk. Hoe meer thema’s, hoe kleiner de aantallen, en hoe minder we kunnen tonen."),
        },
    )  # fmt: skip


@opened_by(Right.MANAGE_NETWORK)
def theme(request: KeyRequest, theme: int) -> HttpResponse:
    row = get_object_or_404(Theme.objects.visible_to(request.user), pk=theme)
    form = ThemeForm(sent(request), theme=row)
    return answer(
        request, form, lambda: actions.rename_theme(row, by=request.user, names=form.names),
        told=_("Bewaard."), to=reverse("signals:themes"), template="signals/theme.html",
        context={"theme": row, "changes": _changes(request.user, row)},
    )  # fmt: skip


@opened_by(Right.MANAGE_NETWORK)
def switch(request: KeyRequest, theme: int) -> HttpResponse:
    """`aan` or `uit`."""
    row = get_object_or_404(Theme.objects.visible_to(request.user), pk=theme)
    if request.method == "POST":
        is_active = request.POST.get("stand") == "aan"
        try:
            actions.switch_theme(row, by=request.user, is_active=is_active)
            messages.success(
                request,
                _("Dit thema kan weer gekozen worden.")
                if is_active
                else _("Dit thema wordt niet meer aangeboden. Wat erover verteld is, blijft."),
            )
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    return HttpResponseRedirect(reverse("signals:theme", args=[row.pk]))


@opened_by(Right.MANAGE_NETWORK)
def merge(request: KeyRequest, theme: int) -> HttpResponse:
    row = get_object_or_404(Theme.objects.visible_to(request.user), pk=theme)
    form = MergeForm(sent(request), theme=row)
    return answer(
        request, form, lambda: actions.merge_theme(row, into=form.cleaned_data["into"], by=request.user),
        told=_("Samengevoegd."), to=reverse("signals:themes"),
        context={
            "title": _("%(name)s samenvoegen") % {"name": row}, "button": _("Voeg samen"), "is_grave": True,
            "lead": _("“%(name)s” verdwijnt uit de lijst. Alle signalen erover gaan naar het andere thema. Cijfers die al gepubliceerd zijn, blijven zoals ze waren. Dit kan je niet ongedaan maken.") % {"name": row},
        },
    )  # fmt: skip


@opened_by(Right.MANAGE_NETWORK)
def threshold(request: KeyRequest, partnership: str) -> HttpResponse:
    """From which number on a partnership shows its figures."""
    row = get_object_or_404(Partnership.objects.visible_to(request.user), slug=partnership)
    form = ThresholdForm(sent(request), policy=Threshold.objects.of(row))
    return answer(
        request, form,
        lambda: set_threshold(row, k=form.cleaned_data["k"], is_strict=form.cleaned_data["is_strict"], by=request.user),
        told=_("Bewaard. Het geldt vanaf het volgende kwartaal."), to=reverse("signals:themes"),
        context={
            "title": _("Drempel van de cijfers: %(name)s") % {"name": row.name}, "button": _("Bewaar"),
            "lead": _("Een getal dat kleiner is, tonen we niet. Hoe hoger, hoe veiliger, en hoe minder er te lezen valt. Wat al gepubliceerd is, verandert niet."),
        },
    )  # fmt: skip


def _changes(user: User, theme: Theme | None = None) -> list:
    rows = ChangeLog.objects.visible_to(user).filter(about_model=Theme._meta.label_lower)
    if theme:
        rows = rows.filter(about_id=str(theme.pk))
    return in_words(user, list(rows.order_by("-pk")[:SHOWN]))
