"""`/beheer/<slug>/signalen/`: what waits for the coordinator, and what can be done with each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from signals.actions import moderation
from signals.enums import State
from signals.forms import RefuseForm, RewriteForm
from signals.lines import ALIKE, alike, as_lines
from signals.models import Signal
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import answer, sent


@opened_at_site_by(Right.MODERATE_SIGNALS)
def waiting(request: KeyRequest, site: Site) -> HttpResponse:
    """All that wait, by chance."""
    rows = Signal.objects.visible_to(request.user).at(site).waiting().select_related("theme", "site").order_by("pk")
    return inside(request, "signals/waiting.html", {"site": site, "lines": as_lines(rows)})


@opened_at_site_by(Right.MODERATE_SIGNALS)
def look(request: KeyRequest, site: Site, signal: str) -> HttpResponse:
    """One signal, and those that are like it. Sent, it is accepted."""
    row = _row(request, site, signal)
    if request.method == "POST":
        return _do(
            request, site, lambda: moderation.accept(row), _("Aanvaard. Wie hier werkt, leest het nu bij “Signalen”.")
        )
    (line,) = as_lines([row])
    like = alike(request.user, site, row.text, least=ALIKE, besides=row)
    return inside(
        request, "signals/look.html", {"site": site, "line": line, "alike": like, "waits": row.state == State.OPENED}
    )


@opened_at_site_by(Right.MODERATE_SIGNALS)
def rewrite(request: KeyRequest, site: Site, signal: str) -> HttpResponse:
    row = _row(request, site, signal)
    form = RewriteForm.of(row, sent(request))
    waits = row.state == State.OPENED
    return answer(
        request, form, lambda: moderation.rewrite(row, **form.told),
        told=_("Herschreven. De vorige woorden zijn weg."), to=_list(site), context={
            "site": site, "title": _("Signaal herschrijven"), "form_class": "compact",
            "button": _("Bewaar en aanvaard") if waits else _("Bewaar"),
            "lead": _("Haal weg wat naar iemand wijst. Wat er nu staat, wordt vernietigd: ook wij kunnen het niet terughalen."),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MODERATE_SIGNALS)
def refuse(request: KeyRequest, site: Site, signal: str) -> HttpResponse:
    row = _row(request, site, signal)
    form = RefuseForm(sent(request))
    return answer(
        request, form, lambda: moderation.refuse(row, reason=form.cleaned_data["reason"]),
        told=_("Geweigerd. De tekst is vernietigd; de reden staat bij “Signalen”."), to=_list(site), context={
            "site": site, "title": _("Signaal weigeren"), "button": _("Weiger en vernietig"), "is_grave": True,
            "lead": _("De tekst wordt vernietigd. Niemand weet wie het gaf, dus we kunnen het niet terugsturen."),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MODERATE_SIGNALS)
def merge(request: KeyRequest, site: Site, signal: str) -> HttpResponse:
    """Sent with the number of one that says the same (`met`)."""
    row = _row(request, site, signal)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("signals:look", args=[site.slug, row.pk]))
    rows = Signal.objects.visible_to(request.user).at(site).legible()
    asked = request.POST.get("met", "")
    into = next((one for one in rows.filter(pk__in=_as_numbers(asked))), None)
    return _do(
        request, site, lambda: _merge(row, into), _("Samengevoegd. Het telt mee als “nog eens verteld”."), back=row
    )


def _merge(row: Signal, into: Signal | None) -> None:
    if into is None:
        raise ValidationError(_("Kies eerst bij welk signaal je dit voegt."))
    moderation.merge(row, into=into)


def _as_numbers(text: str) -> list[str]:
    try:
        return [str(Signal._meta.pk.to_python(text))]
    except ValidationError:
        return []


def _row(request: KeyRequest, site: Site, signal: str) -> Signal:
    """One that waits or can be read; what was merged has no words any more."""
    rows = Signal.objects.visible_to(request.user).at(site).filter(merged_into=None).exclude(text="")
    return get_object_or_404(rows.with_told().select_related("theme", "site"), pk=signal)


def _do(request: KeyRequest, site: Site, do: Any, told: str, *, back: Signal | None = None) -> HttpResponse:
    try:
        do()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(reverse("signals:look", args=[site.slug, back.pk]) if back else _list(site))
    messages.success(request, told)
    return HttpResponseRedirect(_list(site))


def _list(site: Site) -> str:
    return reverse("signals:waiting", args=[site.slug])
