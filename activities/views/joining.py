"""Registering for a date with places, without an account: the form, one's own page behind a code, and cancelling there."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from activities import outing_letters
from activities.actions.reservations import NoRoom, come_with_fewer, join, leave, opened_by
from activities.codes import code_of, read_code, shown
from activities.enums import ReservationState
from activities.free_places import Phase, people_words
from activities.joining import others_before, shown_date, smaller_group
from activities.models import Outing, Reservation
from activities.outing_forms import CodeForm, FewerForm, JoinForm
from activities.outing_rules import has_begun
from sites.finding import site_form, site_page
from sites.forms.base import add_refusal
from sites.models import Site
from sites.publication import PublicSite, published
from stek import errors
from stek.form_key import Early, Stale, new_key, read_key
from stek.limits import WINDOW, count, sender
from stek.pages import current_language, form_page, render_page
from stek.retention import length_words, term
from stek.time import now

# A window of ten minutes, for one address: a whole class at one router may register, a program may not fill a bus.
FORMS, CODES = 30, 30
# To one mailbox, whoever asks for it.
LETTERS = 4

CONFLICT = 409


def is_post(request: HttpRequest) -> bool:
    return request.method == "POST"


@site_form
def join_page(request: HttpRequest, site: Site, activity: str, date: uuid.UUID) -> HttpResponse:
    """The form while names are taken; else in words why not, and no cookie."""
    rows = Outing.objects.at(site).select_related("occurrence__site", "occurrence__series__activity")
    outing = get_object_or_404(
        rows.filter(occurrence__series__is_published=True, occurrence__series__is_undone=False),
        occurrence__uuid=date, occurrence__series__activity__slug=activity,
    )  # fmt: skip
    page = shown_date(outing, current_language())
    context = {"site": site, "outing": outing, "page": page, "kept": _kept()}
    if not page.seats.takes_names:
        return form_page(request, "activities/join.html", context, status=CONFLICT if is_post(request) else 200)
    most = min(outing.places, outing.largest_group)
    form = JoinForm(request.POST if is_post(request) else None, most=most)
    key = request.POST.get("sleutel", "")
    if is_post(request):
        if count("outing", sender(request)) > FORMS:
            return errors.too_often(request, seconds=WINDOW)
        random, key = _read_key(request, form, outing, key)
        if form.is_valid() and (answer := _join(request, site, outing, form, code_of(random))):
            return answer
        if not Outing.objects.filter(pk=outing.pk).exists():  # dropped this very moment: everybody may walk in
            return HttpResponseRedirect(reverse("activities:activity", args=[site.slug, activity]))
        outing.refresh_from_db(fields=["taken", "waiting", "places"])
        page = shown_date(outing, current_language())
    return form_page(
        request, "activities/join.html",
        context | {"page": page, "form": form, "key": key or new_key(str(date)), "waits": page.seats.phase == Phase.FULL},
    )  # fmt: skip


def _kept() -> str:
    """How long names are kept, as the privacy page has it."""
    length = term("reservation").length
    return length_words(length) if length else ""


def _read_key(request: HttpRequest, form: JoinForm, outing: Outing, key: str) -> tuple[str, str]:
    """(its random part, the key for the next try); what is wrong with it stands above the form, and what was typed stays."""
    random, about = "", str(outing.occurrence.uuid)
    try:
        random = read_key(about, key)
    except Early:
        form.add_error(None, _("Dat ging heel snel. Kijk alles na en verstuur het nog eens."))
    except Stale:
        form.add_error(None, _("Dit formulier stond lang open. Kijk alles na en verstuur het nog eens."))
        key = ""
    if request.POST.get("homepage"):
        form.add_error(None, _("Laat het veld “Laat dit leeg” leeg."))
    return random, key


def _join(request: HttpRequest, site: Site, outing: Outing, form: JoinForm, code: str) -> HttpResponse | None:
    """On to one's own page; None with the refusal on the form."""
    try:
        mine, is_new = join(
            outing, **form.group, language=current_language(), code=code, waits="lijst" in request.POST,
        )  # fmt: skip
    except NoRoom as refusal:
        form.has_no_room = True  # type: ignore[attr-defined]
        add_refusal(form, refusal)
        return None
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None
    path = reverse("activities:own_place", args=[site.slug, shown(code)])
    if is_new:
        if form.cleaned_data["wants_letter"] and count("outing letter", mine.mailbox) <= LETTERS:
            outing_letters.own_place(mine, code)
    elif (mine.people, mine.nickname) != (form.cleaned_data["people"], form.cleaned_data["nickname"]):
        form.known_at = path  # type: ignore[attr-defined]
        form.add_error(None, _("Met dit formulier ben je al ingeschreven."))
        return None
    return HttpResponseRedirect(path)


@site_form
def find_place(request: HttpRequest, site: Site) -> HttpResponse:
    """To one's own page with a code from paper."""
    form = CodeForm(request.POST if is_post(request) else None)
    if is_post(request):
        if count("outing code", sender(request)) > CODES:
            return errors.too_often(request, seconds=WINDOW)
        if form.is_valid():
            code = read_code(form.cleaned_data["code"])
            if code and (found := opened_by(code)) and found.outing.occurrence.site_id == site.pk:
                return HttpResponseRedirect(reverse("activities:own_place", args=[site.slug, shown(code)]))
            form.add_error("code", _("Deze code kennen we niet (meer). Kijk elke letter na."))
    return form_page(request, "activities/find_place.html", {"site": site, "form": form})


@site_form
def own_place(request: HttpRequest, site: Site, code: str) -> HttpResponse:
    """Looking shows how it stands; sending cancels, or makes the group smaller. The code is the key."""
    plain = read_code(code)
    mine = opened_by(plain) if plain else None
    if mine is None or mine.outing.occurrence.site_id != site.pk:
        return form_page(request, "activities/place_gone.html", {"site": site}, status=404)
    asked = request.POST.get("do") if is_post(request) else ""
    wanted = smaller_group(mine, others_before(mine))
    form = FewerForm(request.POST if asked == "fewer" else None, people=mine.people, wanted=wanted)
    refusal = ""
    try:
        if asked == "leave":
            leave(mine)
            return HttpResponseRedirect(reverse("activities:given_up", args=[site.slug]))
        if asked == "fewer" and form.is_valid():
            come_with_fewer(mine, form.cleaned_data["people"])
            return HttpResponseRedirect(request.path)
    except ValidationError as refused:
        refusal = refused.messages[0]
    return form_page(
        request, "activities/own_place.html", _own(site, mine, plain) | {"form": form, "refusal": refusal},
        status=CONFLICT if refusal else 200,
    )  # fmt: skip


def _own(site: Site, mine: Reservation, code: str) -> dict[str, Any]:
    before, is_waiting = others_before(mine), mine.state == ReservationState.WAITING
    short_link = settings.STEK_BASE_URL + reverse("activities:find_place", args=[site.slug])
    return {
        "site": site, "mine": mine, "page": shown_date(mine.outing, current_language()), "before": before,
        "is_waiting": is_waiting, "smaller": smaller_group(mine, before), "has_begun": has_begun(mine.outing, now()),
        "people": people_words(mine.people), "code": shown(code),
        # Kept whole between words that run to the left.
        "short_link": format_html('<bdi dir="ltr">{}</bdi>', short_link),
        "letter": outing_letters.is_on_its_way(mine), "kept": _kept(),
    }  # fmt: skip


@site_page
def given_up(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """After cancelling: nothing is left to look at."""

    def render(whole: Site) -> tuple[str, dt.datetime]:
        path = f"/{whole.slug}/plaats/afgezegd/"
        return render_page("activities/given_up.html", path, {"site": whole}), now() + dt.timedelta(days=1)

    return published(request, site, "given_up", render)
