"""`/stuurgroep/cijfers/`: one page a period, all places together or one of them."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from sites.inside import KeyRequest, inside, opened_by
from sites.models import Partnership
from sites.rights import Right
from sites.views.answering import answer, sent
from stek.dates import date_words
from stek.paper import PaperBusy
from stek.steering import files
from stek.steering.actions.freezing import freeze
from stek.steering.enums import PeriodKind
from stek.steering.forms import FreezeForm
from stek.steering.models import Report
from stek.steering.page import frozen, live, page
from stek.steering.periods import Period, last_closed
from stek.steering.querysets import partnerships_prepared_by, partnerships_read_by
from stek.steering.telling import Told
from stek.time import today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@opened_by(Right.READ_DASHBOARD)
def start(request: KeyRequest) -> HttpResponse:
    """The last quarter that is over; who reads of several partnerships chooses one."""
    found = list(partnerships_read_by(request.user))
    period = last_closed(today(), PeriodKind.QUARTER)
    if len(found) == 1:
        return HttpResponseRedirect(reverse("steering:figures", args=[found[0].slug, str(period)]))
    return inside(request, "steering/choose.html", {"partnerships": found, "period": str(period)})


@opened_by(Right.READ_DASHBOARD)
def figures(request: KeyRequest, partnership: str, period: str) -> HttpResponse:
    """`?plek=kattegat` for one place."""
    row, when = asked_for(request, partnership, period)
    told = live(row, when, today(), scope_of(request, row))
    kept = Report.objects.filter(partnership=row, period=str(when)).defer("figures").first()
    may_freeze = when.end <= today() and partnerships_prepared_by(request.user).filter(pk=row.pk).exists()
    context = {"page": page(told, row, today()), "partnership": row, "kept": kept, "may_freeze": may_freeze}
    return inside(request, "steering/figures.html", context)


def asked_for(request: KeyRequest, partnership: str, period: str) -> tuple[Partnership, Period]:
    """What an address names: nothing of others, and no period that is still to begin."""
    row = get_object_or_404(partnerships_read_by(request.user), slug=partnership)
    found = Period.parse(period)
    if found is None or found.first > today():
        raise Http404
    return row, found


def scope_of(request: KeyRequest, partnership: Partnership) -> str:
    """The address of a place of the partnership; an unknown one is not there."""
    slug = request.GET.get("plek", "")
    if slug and not partnership.sites.filter(slug=slug).exists():
        raise Http404
    return slug


@opened_by(Right.READ_DASHBOARD)
def report(request: KeyRequest, partnership: str, period: str) -> HttpResponse:
    """What was frozen, as it was; what was corrected since stands beside it."""
    row, when = asked_for(request, partnership, period)
    kept = get_object_or_404(Report, partnership=row, period=str(when))
    scope = scope_of(request, row)
    then = frozen(kept, scope)
    found = page(then, row, today(), changed=live(row, when, today(), scope))
    context = {"page": found, "partnership": row, "report": kept}
    return inside(request, "steering/report.html", context)


@opened_by(Right.READ_DASHBOARD)
def as_csv(request: KeyRequest, partnership: str, period: str) -> HttpResponse:
    told, remark, name = _for_a_file(request, partnership, period)
    return _file(files.as_csv(told, remark), "text/csv; charset=utf-8", f"{name}.csv")


@opened_by(Right.READ_DASHBOARD)
def as_xlsx(request: KeyRequest, partnership: str, period: str) -> HttpResponse:
    told, remark, name = _for_a_file(request, partnership, period)
    return _file(files.as_xlsx(told, remark), XLSX, f"{name}.xlsx")


@opened_by(Right.READ_DASHBOARD)
def as_pdf(request: KeyRequest, partnership: str, period: str) -> HttpResponse:
    told, remark, name = _for_a_file(request, partnership, period)
    try:
        made = files.as_paper(told, remark)
    except PaperBusy:
        response = inside(request, "steering/busy.html", {"again": request.get_full_path()}, status=503)
        response["Retry-After"] = "10"
        return response
    return _file(made, "application/pdf", f"{name}.pdf")


def _for_a_file(request: KeyRequest, partnership: str, period: str) -> tuple[Told, str, str]:
    """What stands in it, in one sentence how certain that is, and how it is called. `?verslag=1` for what was frozen."""
    row, when = asked_for(request, partnership, period)
    scope, day = scope_of(request, row), date_words(today(), _("j F Y"))
    name = "-".join(part for part in (row.slug, str(when).lower(), scope) if part)
    if request.GET.get("verslag"):
        kept = get_object_or_404(Report, partnership=row, period=str(when))
        day = date_words(kept.frozen_on, _("j F Y"))
        return frozen(kept, scope), _("Vastgezet op %(day)s.") % {"day": day}, name
    remark = _("Zoals de cijfers stonden op %(day)s; ze zijn niet vastgezet.") % {"day": day}
    return live(row, when, today(), scope), remark, name


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    add_never_cache_headers(response)
    return response


@opened_by(Right.PREPARE_REPORT)
def freeze_report(request: KeyRequest, partnership: str, period: str) -> HttpResponse:
    """Keep the figures for a meeting. Once: who comes second is led to what is there."""
    row = get_object_or_404(partnerships_prepared_by(request.user), slug=partnership)
    _row, when = asked_for(request, partnership, period)
    to = reverse("steering:report", args=[row.slug, str(when)])
    if Report.objects.filter(partnership=row, period=str(when)).exists():
        return HttpResponseRedirect(to)
    form = FreezeForm(sent(request))
    return answer(
        request, form, lambda: freeze(row, when, by=request.user, **form.cleaned_data),
        told=_("Vastgezet. Wat later verbeterd wordt, staat ernaast."), to=to, template="steering/freeze.html",
        context={"partnership": row, "period": when, "back": reverse("steering:figures", args=[row.slug, str(when)])},
    )  # fmt: skip
