"""`/beheer/<slug>/groepen/`: who sits in the steering, working and participation groups, since when."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.actions.seats import change_seat, give_seat, start_body
from partners.desk import until_words
from partners.desk_forms import BodyForm, SeatDaysForm, SeatForm
from partners.models import Body, Organisation, Seat
from partners.periods import last_of
from partners.search import key
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right, can
from sites.rules import can_act_for_all
from sites.views.answering import sent
from sites.words import date_words
from stek.time import today

from .pages import form_page, told


def _may_seat(request: KeyRequest, body: Body) -> bool:
    """A group of the site is its coordinator's; the steering group is everyone's, so of who may act for all sites."""
    return body.site_id is not None or can_act_for_all(request.user, body.partnership)


def _bodies(request: KeyRequest, site: Site):
    here = Body.objects.at_desk(site).values("pk")
    return Body.objects.visible_to(request.user).filter(pk__in=here).order_by("-kind", "pk")


@opened_at_site_by(Right.MANAGE_PEOPLE)
def groups(request: KeyRequest, site: Site) -> HttpResponse:
    day = today(site.time_zone)
    bodies = list(_bodies(request, site).prefetch_related("seats__organisation__names"))
    found = [(body, sorted((_seat_row(seat, site) for seat in body.seats.all()), key=_order(day))) for body in bodies]
    may_steer = can_act_for_all(request.user, site.partnership)
    return inside(
        request,
        "partners/groups.html",
        {
            "site": site,
            "groups": found,
            "today": day,
            "may_steer": may_steer,
            "may_read": can(request.user, Right.READ_MEETINGS, site),
            "changes": latest(request.user, site, ["partners.body", "partners.seat"]),
        },
    )


def _seat_row(seat: Seat, site: Site) -> dict:
    since = date_words(seat.since, _("j F Y")) if seat.since else ""
    name = seat.organisation.name_on(today(site.time_zone))
    return {"seat": seat, "name": name, "since": since, "until": until_words(seat)}


def _order(day):
    """Who sits there first, by name; who did last."""
    return lambda row: (last_of(row["seat"]) < day, key(row["name"]))


@opened_at_site_by(Right.MANAGE_PEOPLE)
def new_group(request: KeyRequest, site: Site) -> HttpResponse:
    form = BodyForm(sent(request))
    if form.is_bound and form.done(
        lambda said: start_body(site, said["kind"], by=request.user, first_met=said["first_met"])
    ):
        return told(request, _("De groep is er."), "partners:groups", site.slug)
    return form_page(
        request, site, form, title=_("Een nieuwe groep"), button=_("Begin de groep"),
        lead=_("De stuurgroep is er voor alle plekken van het samenwerkingsverband."),
        back=reverse("partners:groups", args=[site.slug]),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def group(request: KeyRequest, site: Site, body: int) -> HttpResponse:
    """Somebody comes to sit in a group."""
    one = get_object_or_404(_bodies(request, site).select_related("partnership"), pk=body)
    if not _may_seat(request, one):
        raise PermissionDenied
    organisations = Organisation.objects.filter(pk__in=Organisation.objects.visible_to(request.user).values("pk"))
    form = SeatForm(sent(request), organisations=organisations, initial={"since": today(site.time_zone)})
    if form.is_bound and form.done(
        lambda said: give_seat(one, said["organisation"], by=request.user, site=site, since=said["since"])
    ):
        return told(request, _("Het zitje is bewaard."), "partners:groups", site.slug)
    return form_page(
        request, site, form, title=_("Wie komt er bij in de %(group)s?") % {"group": one.get_kind_display()},
        button=_("Voeg toe"), back=reverse("partners:groups", args=[site.slug]),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def seat(request: KeyRequest, site: Site, seat: int) -> HttpResponse:
    """From when until when."""
    here = Seat.objects.at_desk(site).values("pk")
    rows = Seat.objects.visible_to(request.user).filter(pk__in=here).select_related("body__partnership", "organisation")
    one = get_object_or_404(rows.prefetch_related("organisation__names"), pk=seat)
    if not _may_seat(request, one.body):
        raise PermissionDenied
    form = SeatDaysForm(sent(request), initial={"since": one.since, "until": one.until})
    if form.is_bound and form.done(lambda said: change_seat(one, by=request.user, site=site, **said)):
        return told(request, _("Het zitje is bewaard."), "partners:groups", site.slug)
    words = {"name": one.organisation.name_on(today(site.time_zone)), "group": one.body.get_kind_display()}
    return form_page(
        request, site, form, title=_("%(name)s in de %(group)s") % words, button=_("Bewaar"),
        back=reverse("partners:groups", args=[site.slug]),
    )  # fmt: skip
