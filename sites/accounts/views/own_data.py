"""`/account/gegevens/alles/` and `/account/gegevens/vergeten/`: taking along what is kept of oneself, and being forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from sites import phone
from sites.accounts.forms import ForgetForm
from sites.accounts.proof import needs_proof
from sites.actions.erasing import erase_person
from sites.forms.base import add_refusal
from sites.inside import KeyRequest, inside
from sites.models import User
from sites.views.answering import sent
from sites.words import date_words
from stek.pages import not_for_visitors, page, public_page
from stek.personal import Exporter, exporters
from stek.time import BRUSSELS, clock_of, wall_now

SHOWN = 20  # rows of one kind on the page; the file has them all


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing in words: rows of (label, value), the newest first where there are many; `more` are left to the file."""

    title: str
    rows: list[list[tuple[str, str]]]
    more: int


def take_along(request: KeyRequest) -> HttpResponse:
    """Everything that is kept of the reader, to read."""
    sections = [_section(exporter, exporter.rows(request.user)) for exporter in exporters()]
    return inside(request, "sites/accounts/take_along.html", {"sections": sections})


def _section(exporter: Exporter, rows: list[dict[str, Any]]) -> Section:
    shown = rows if len(rows) <= SHOWN else rows[: -SHOWN - 1 : -1]
    lines = [[(str(label), _words(row[key])) for key, label in exporter.labels.items()] for row in shown]
    return Section(str(exporter.title), lines, len(rows) - len(shown))


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, dt.date):
        return date_words(value, _("j F Y"))
    return "–" if value in (None, "") else str(value)


def download(request: KeyRequest) -> HttpResponse:
    """The same as one JSON file; what the keys mean stands in it, in the reader's language."""
    day = wall_now().astimezone(clock_of(BRUSSELS)).date()
    parts = exporters()
    content = {
        "format": "stek-own-data",
        "version": 1,
        "made_on": day,
        "labels": {part.code: {key: str(label) for key, label in part.labels.items()} for part in parts},
        "data": {part.code: part.rows(request.user) for part in parts},
    }
    response = JsonResponse(content, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="stek-{day.isoformat()}.json"'
    add_never_cache_headers(response)
    return response


@needs_proof
def forget(request: KeyRequest) -> HttpResponse:
    """Oneself, after a code and a tick. Afterwards there is nobody to show a page to: the last one is for everyone."""
    form = ForgetForm(sent(request))
    if request.method == "POST" and form.is_valid() and erased(request.user, by=request.user, form=form):
        logout(request)
        response = HttpResponseRedirect(reverse("account_forgotten"))
        phone.wipe(response)
        return response
    return inside(request, "sites/accounts/forget.html", {"form": form, "back": reverse("account_details")})


def erased(user: User, *, by: User, form: ForgetForm) -> bool:
    """False, with the reason above the form, when somebody else must come first."""
    try:
        erase_person(user, by=by)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    return True


@not_for_visitors
@public_page
def forgotten(request: HttpRequest) -> HttpResponse:
    """`/account/vergeten/`: the last page, for somebody who has no account any more."""
    return page(request, "sites/accounts/forgotten.html", {})
