"""`/signalen/nieuw/`: a signal is given, looked at again and taken back, as long as it waits for others.

The code that does so travels in the body of a form and lives in the browser's own memory for one window. No redirect: an address would keep it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from activities.words import day_words
from signals.actions.holding import Opened, hold, withdraw
from signals.became import became_at
from signals.contributors import contributor_of
from signals.forms import SignalForm
from signals.limits import is_one_too_many
from signals.lines import VERY_ALIKE, alike
from signals.models import Held
from signals.rules import hash_of, is_code, new_code, sites_to_log_at
from signals.weeks import this_week
from sites.inside import KeyRequest, inside, opened_by
from sites.models import Site
from sites.rights import Right, can
from stek.quiet import quiet
from stek.time import today

OPTIONAL = ("barrier", "service", "idea", "is_positive")


@quiet
@opened_by(Right.LOG_SIGNAL)
@sensitive_post_parameters()
def log(request: KeyRequest) -> HttpResponse:
    """The form; sent with the code of a signal that waits, it is that signal."""
    site, sites = _site(request)
    if request.method != "POST":
        return _form(request, site, sites, SignalForm(), code=new_code())
    form, code, is_change = SignalForm(request.POST), _code(request), "wijzig" in request.POST
    row = _waiting(code, sites)
    if not form.is_valid():
        return _form(request, site, sites, form, row=row, code=code, is_change=is_change)
    if row is None and not is_change and (answer := _not_yet(request, site, sites, form, code)):
        return answer
    where = row.site if row else site
    contributor = contributor_of(request.user, where)
    try:
        is_new = hold(
            where, code=code, contributor=contributor, is_change=is_change, was_asked=form.was_asked, **form.told
        )
    except Opened:
        return _done(request, site, "opened")
    return _done(request, where, "given" if is_new else "changed", row=row, code=code)


def _not_yet(request: KeyRequest, site: Site, sites: list[Site], form: SignalForm, code: str) -> HttpResponse | None:
    """What is asked or said once before a new signal is kept; None when there is nothing."""
    if request.POST.get("week") != str(this_week(site.time_zone)):
        # Also when a browser sends again what it sent last week: that one may be open by now, and would become two.
        form.add_error(None, _("Dit formulier stond al een tijd open. Kijk na en geef het nog eens door."))
        return _form(request, site, sites, form, code=new_code())
    is_sure = "toch" in request.POST
    if not is_sure and (found := alike(request.user, site, form.cleaned_data["text"], least=VERY_ALIKE)):
        return _form(request, site, sites, form, code=code, alike=found)
    if is_one_too_many(request.user):
        form.add_error(None, _("Je gaf dit uur al heel veel signalen door. Wacht even en probeer het dan opnieuw."))
        return _form(request, site, sites, form, code=code, status=429)
    return None


@quiet
@opened_by(Right.LOG_SIGNAL)
@sensitive_post_parameters()
def again(request: KeyRequest) -> HttpResponse:
    """The form filled in with what waits under a code."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("signals:log"))
    site, sites = _site(request)
    code = _code(request)
    row = _waiting(code, sites)
    if row is None:
        return _done(request, site, "opened")
    form = SignalForm(initial={name: getattr(row, name) for name in ("theme", "text", *OPTIONAL)} | {"consent": True})
    return _form(request, row.site, sites, form, row=row, code=code, is_change=True)


@quiet
@opened_by(Right.LOG_SIGNAL)
@sensitive_post_parameters()
def take_back(request: KeyRequest) -> HttpResponse:
    """It was never said."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("signals:log"))
    site, sites = _site(request)
    code = _code(request)
    row = _waiting(code, sites)
    is_gone = row is not None and withdraw(row.site, code=code)
    return _done(request, site, "withdrawn" if is_gone else "opened", code=code)


def _site(request: KeyRequest) -> tuple[Site, list[Site]]:
    """The one that was chosen, or the first; and all of them. Another's site is not there."""
    sites = sites_to_log_at(request.user)
    asked = request.POST.get("site") or request.GET.get("plek")
    for site in sites:
        if asked in (None, site.slug):
            return site, sites
    raise Http404


def _code(request: KeyRequest) -> str:
    """A code of another shape is none: a new one then."""
    sent = request.POST.get("code", "")
    return sent if is_code(sent) else new_code()


def _waiting(code: str, sites: list[Site]) -> Held | None:
    """What waits under a code, at a site somebody has a key of."""
    row = Held.objects.filter(code_hash=hash_of(code)).select_related("site__partnership", "theme").first()
    return row if row and row.site in sites else None


def _form(
    request: KeyRequest, site: Site, sites: list[Site], form: SignalForm, *, row: Held | None = None, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    """`row` is the signal that waits, which stays of its own week."""
    context = {
        "form": form, "site": site, "others": [one for one in sites if one != site], "week": str(this_week(site.time_zone)),
        "monday": day_words((row.iso_week if row else this_week(site.time_zone)).monday), "is_desk": can(request.user, Right.MODERATE_SIGNALS, site),
    }  # fmt: skip
    # What is optional stands folded away, unless something is in it.
    context["is_unfolded"] = any(form[name].value() or form[name].errors for name in OPTIONAL)
    return inside(request, "signals/log.html", context | more, status=status)


def _done(request: KeyRequest, site: Site, what: str, *, row: Held | None = None, code: str = "") -> HttpResponse:
    # Of a week that is over it may be opened any night.
    opens = max(
        (row.iso_week if row else this_week(site.time_zone)).plus(1).monday,
        today(site.time_zone) + dt.timedelta(days=1),
    )
    context: dict[str, Any] = {"what": what, "code": code, "site": site, "opens": day_words(opens)}
    if what == "given":
        context["became"] = became_at(request.user, [site])
    return inside(request, "signals/done.html", context)
