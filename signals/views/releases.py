"""`/beheer/<slug>/signalen/cijfers/`: when figures are published, what waits until then, and how a quarter is published once more."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from signals.actions.releasing import supersede
from signals.disclosure import Unsafe
from signals.enums import Kind
from signals.forms import ReplaceForm
from signals.models import Release, Signal
from signals.period_words import period_words
from signals.published import newest_versions
from signals.quarters import after, last_to_release
from signals.weeks import last_week
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site, User
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.words import date_words
from stek.time import today


@opened_at_site_by(Right.MODERATE_SIGNALS)
def releases(request: KeyRequest, site: Site) -> HttpResponse:
    """The quarters of the partnership, the newest first."""
    rows = [{"row": row, "words": period_words(row.period)} for row in newest_versions(site.partnership, Kind.SIGNALS)]
    return inside(request, "signals/releases.html", {"site": site, "rows": rows, "coming": _coming(request.user, site)})


def _coming(user: User, site: Site) -> dict[str, Any]:
    """The next quarter, and how many of this site would not count in it now."""
    coming = after(last_to_release(today()))
    rows = Signal.objects.visible_to(user).at(site).waiting().until(last_week(coming))
    return {
        "words": period_words(coming),
        "day": date_words(coming.release_day, _("l j F Y")),
        "waiting": rows.count(),
    }


@opened_at_site_by(Right.MODERATE_SIGNALS)
def replace(request: KeyRequest, site: Site, release: int) -> HttpResponse:
    """Publish a quarter once more, and say why."""
    rows = Release.objects.visible_to(request.user).filter(partnership=site.partnership, kind=Kind.SIGNALS)
    row, form = get_object_or_404(rows, pk=release), ReplaceForm(sent(request))
    to = reverse("signals:releases", args=[site.slug])
    return answer(
        request, form, lambda: _replace(row, form, request.user), told=_("De nieuwe cijfers staan er."), to=to,
        context={
            "site": site, "title": _("%(quarter)s opnieuw publiceren") % {"quarter": period_words(row.period)},
            "button": _("Publiceer opnieuw"), "is_grave": True,
            "lead": _("De cijfers worden opnieuw geteld, uit dezelfde signalen zoals ze nu zijn. De vorige versie blijft te lezen."),
            "more": [
                _("Wat niet getoond werd, blijft verborgen. Een thema waarvan er nu minder zijn, wordt ook verborgen."),
                _("Signalen die later aanvaard zijn, tellen mee in het volgende kwartaal. Daarvoor hoef je niets te doen."),
            ],
        },
    )  # fmt: skip


def _replace(row: Release, form: ReplaceForm, by: User) -> None:
    try:
        supersede(row, why=form.cleaned_data["why"], by=by)
    except Unsafe as unsafe:
        words = _("Met deze cijfers zou iemand iets kunnen afleiden. Ze zijn niet gepubliceerd.")
        raise ValidationError(words) from unsafe
