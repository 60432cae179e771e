"""`/stuurgroep/cijfers/`: one page a period, all places together or one of them."""

from __future__ import annotations

from django.db.models import Q
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

# No place of this kind is older; the first ones were studied in 2017.
FIRST_YEAR = 2005
# Frozen reports that are linked to: four quarters, two half years and a year of a year, twice.
SHOWN = 14


@opened_by(Right.READ_DASHBOARD)
def start(request: KeyRequest) -> HttpResponse:
    """The last quarter that is over; who reads of several partnerships chooses one."""
    found = list(partnerships_read_by(request.user))
    period = last_closed(today(), PeriodKind.QUARTER)
    if len(found) == 1:
        return HttpResponseRedirect(reverse("steering:figures", args=[found[0].slug, str(period)]))
    return inside(request, "steering/choose.html", {"partnerships": found, "period": str(period)})


@opened_by(Right.READ_DASHBOARD)
def figures(request: KeyRequest, partnership: str, when: str) -> HttpResponse:
    """As things stand now. `?plek=kattegat` for one place; `?als=csv`, `xlsx` or `pdf` to take along."""
    row, period = asked_for(request, partnership, when)
    told = live(row, period, today(), scope_of(request, row))
    if "als" in request.GET:
        remark = _("Zoals de cijfers stonden op %(day)s; ze zijn niet vastgezet.")
        return _as_file(request, told, remark % {"day": date_words(today(), _("j F Y"))})
    reports = list(Report.objects.filter(partnership=row).defer("figures"))
    kept = next((one for one in reports if one.period == str(period)), None)
    prepares = partnerships_prepared_by(request.user).filter(pk=row.pk).exists()
    context = {
        "page": page(told, row, today()), "partnership": row, "kept": kept, "prepares": prepares, "reports": reports[:SHOWN],
        "may_freeze": prepares and not kept and period.end <= today(),
    }  # fmt: skip
    return inside(request, "steering/figures.html", context)


@opened_by(Right.READ_DASHBOARD)
def report(request: KeyRequest, partnership: str, when: str) -> HttpResponse:
    """What was frozen, as it was; what was corrected since stands beside it. The same places and files as the page of today,
    where somebody is led when nothing was frozen."""
    row, period = asked_for(request, partnership, when)
    kept = Report.objects.filter(partnership=row, period=str(period)).first()
    if kept is None:
        return HttpResponseRedirect(reverse("steering:figures", args=[row.slug, str(period)]))
    scope = scope_of(request, row)
    then = frozen(kept, scope)
    if "als" in request.GET:
        return _as_file(request, then, _("Vastgezet op %(day)s.") % {"day": date_words(kept.frozen_on, _("j F Y"))})
    found = page(then, row, today(), changed=live(row, period, today(), scope))
    return inside(request, "steering/report.html", {"page": found, "partnership": row, "report": kept})


def asked_for(request: KeyRequest, partnership: str, when: str) -> tuple[Partnership, Period]:
    """What an address names: nothing of others, and no period that is still to begin."""
    row = get_object_or_404(partnerships_read_by(request.user), slug=partnership)
    found = Period.parse(when)
    if found is None or not found.year >= FIRST_YEAR or found.first > today():
        raise Http404
    return row, found


def scope_of(request: KeyRequest, partnership: Partnership) -> str:
    """The address of a place of the partnership, also when an old one was asked for; an unknown one is not there."""
    slug = request.GET.get("plek", "")
    if not slug:
        return ""
    found = partnership.sites.filter(Q(slug=slug) | Q(old_slugs__slug=slug)).values_list("slug", flat=True).first()
    if found is None:
        raise Http404
    return found


def _as_file(request: KeyRequest, told: Told, remark: str) -> HttpResponse:
    """`remark` says in a sentence how certain the figures are."""
    kind = request.GET["als"]
    if kind not in files.MAKERS:
        raise Http404
    make, content_type = files.MAKERS[kind]
    try:
        response = HttpResponse(make(told, remark), content_type=content_type)
    except PaperBusy:
        response = inside(request, "steering/busy.html", {"again": request.get_full_path()}, status=503)
        response["Retry-After"] = "10"
        return response
    name = "-".join(part for part in (told.shot["partnership"]["slug"], str(told.period).lower(), told.scope) if part)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    add_never_cache_headers(response)
    return response


@opened_by(Right.PREPARE_REPORT)
def freeze_report(request: KeyRequest, partnership: str, when: str) -> HttpResponse:
    """Keep the figures for a meeting. Once: who comes second is led to what is there."""
    row = get_object_or_404(partnerships_prepared_by(request.user), slug=partnership)
    _row, period = asked_for(request, partnership, when)
    to = reverse("steering:report", args=[row.slug, str(period)])
    if Report.objects.filter(partnership=row, period=str(period)).exists():
        return HttpResponseRedirect(to)
    form = FreezeForm(sent(request))
    return answer(
        request, form, lambda: freeze(row, period, by=request.user, **form.cleaned_data),
        told=_("Vastgezet. Wat later verbeterd wordt, staat ernaast."), to=to, template="steering/freeze.html",
        context={"partnership": row, "period": period, "back": reverse("steering:figures", args=[row.slug, str(period)])},
    )  # fmt: skip
