"""`/beheer/<site>/mensen/`: who has which key here, who is invited, and how a key ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.actions import invitations
from partners.actions.people import end_key
from partners.forms import EndForm, InviteForm
from partners.models import Invitation, Membership
from partners.people_log import lately
from partners.rules import can_change_invitation, can_resend
from sites.actions.keys import what_else_ends
from sites.enums import RoleKind
from sites.forms.base import add_refusal
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Role, Site, User
from sites.querysets import RoleQuerySet
from sites.rights import Right
from sites.rules import can_end_role, coordinated_until, may_invite
from sites.words import date_words
from stek.outbox.rules import is_night, zone_of
from stek.time import now, today, wall_now


@dataclass(frozen=True, slots=True)
class KeyLine:
    """Somebody with a key, and for a worker who for."""

    role: Role
    organisations: list[str]
    may_end: bool


@dataclass(slots=True)
class Group:
    """The keys of one kind."""

    kind: RoleKind
    lines: list[KeyLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class InvitationLine:
    invitation: Invitation
    organisation: str
    is_late: bool
    may_change: bool
    may_resend: bool


@opened_at_site_by(Right.MANAGE_PEOPLE)
def people(request: KeyRequest, site: Site) -> HttpResponse:
    """Everybody with a key here; sending the form invites somebody."""
    form = InviteForm(request.POST or None, by=request.user, site=site)
    if request.method == "POST" and form.is_valid() and _invited(request, site, form):
        return HttpResponseRedirect(reverse("partners:people", args=[site.slug]))
    roles = Role.objects.visible_to(request.user).at(site).not_over()
    context = {
        "site": site,
        "groups": key_groups(request.user, roles, Membership.objects.visible_to(request.user).filter(site=site)),
        "invitations": invitation_lines(request.user, Invitation.objects.visible_to(request.user).at(site)),
        "happenings": lately(request.user, site),
        "form": form if may_invite(request.user, site=site) else None,
    }
    return inside(request, "partners/people.html", context)


def _invited(request: KeyRequest, site: Site, form: InviteForm) -> bool:
    try:
        invitation = invitations.invite(by=request.user, site=site, **form.cleaned_data)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    say_sent(request, invitation)
    return True


@opened_at_site_by(Right.MANAGE_PEOPLE)
def key(request: KeyRequest, site: Site, role: int) -> HttpResponse:
    """One key: until when, and what that means."""
    found = get_object_or_404(
        Role.objects.visible_to(request.user).at(site).select_related("user", "site", "partnership"), pk=role
    )
    return ending(request, found, back=reverse("partners:people", args=[site.slug]), site=site)


@opened_at_site_by(Right.MANAGE_PEOPLE)
def invited(request: KeyRequest, site: Site, invitation: int) -> HttpResponse:
    """One invitation: send it again, or take it back."""
    found = get_object_or_404(_with_all(Invitation.objects.visible_to(request.user).at(site)), pk=invitation)
    return changing(request, found, back=reverse("partners:people", args=[site.slug]), site=site)


def ending(request: KeyRequest, role: Role, *, back: str, site: Site | None) -> HttpResponse:
    """The page on which a key gets its last day: the day, then what it means, then yes."""
    if not can_end_role(request.user, role):
        raise PermissionDenied
    form = EndForm(request.POST or None, role=role, initial={"on": role.until or today()})
    is_sure = request.POST.get("step") == "end"
    preview = None
    if request.method == "POST" and form.is_valid():
        preview = what_ending_means(role, form.cleaned_data["on"])
        if is_sure and _ended(request, role, form):
            return HttpResponseRedirect(back)
    context = {"site": site, "role": role, "form": form, "preview": preview if form.is_valid() else None, "back": back}
    return inside(request, "partners/key.html", context)


def _ended(request: KeyRequest, role: Role, form: EndForm) -> bool:
    try:
        end_key(role, on=form.cleaned_data["on"], by=request.user)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    text = _("De sleutel van %(person)s eindigt op %(day)s.")
    messages.success(request, text % {"person": role.user, "day": date_words(form.cleaned_data["on"], _("j F Y"))})
    return True


def what_ending_means(role: Role, on: dt.date) -> list[str]:
    """Whole sentences for who is about to let a key end."""
    words = {"person": str(role.user), "day": date_words(on, _("l j F Y"))}
    told = [_("%(person)s kan tot en met %(day)s nog binnen. Daarna niet meer.") % words]
    if role.kind == RoleKind.PARTNER_WORKER:
        for membership in Membership.objects.filter(user=role.user_id, site=role.site_id).not_over(on):
            organisation = membership.organisation.name_on(on)
            told.append(_("Ook het werk hier voor %(organisation)s stopt dan.") % {"organisation": organisation})
    if role.kind == RoleKind.COORDINATOR and role.site:
        others = Role.objects.active(on + dt.timedelta(days=1)).at(role.site).filter(kind=RoleKind.COORDINATOR)
        number = others.exclude(pk=role.pk).count()
        told.append(
            ngettext(
                "Daarna is er nog %(number)s opbouwwerker.", "Daarna zijn er nog %(number)s opbouwwerkers.", number
            )
            % {"number": number}
        )
    told += what_else_ends(role, on)
    told.append(_("%(person)s krijgt hierover een mail.") % words)
    return told


def changing(request: KeyRequest, invitation: Invitation, *, back: str, site: Site | None) -> HttpResponse:
    """The page of one invitation: what the buttons in the list send comes here."""
    verb = {"resend": _resent, "withdraw": _withdrawn}.get(request.POST.get("do", ""))
    if request.method == "POST" and verb:
        if not can_change_invitation(request.user, invitation):
            raise PermissionDenied
        try:
            verb(request, invitation)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(back)
    (line,) = lines_of(request.user, [invitation])
    return inside(request, "partners/invited.html", {"site": site, "line": line, "back": back})


def _resent(request: KeyRequest, invitation: Invitation) -> None:
    say_sent(request, invitations.resend(invitation, by=request.user))


def _withdrawn(request: KeyRequest, invitation: Invitation) -> None:
    invitations.withdraw(invitation, by=request.user)
    messages.success(request, _("De uitnodiging is ingetrokken. De link in de mail werkt niet meer."))


def say_sent(request: KeyRequest, invitation: Invitation) -> None:
    text = _("We stuurden een mail naar %(email)s.")
    if is_night(now(), zone_of(invitation.site)):
        text = _("De mail naar %(email)s vertrekt om 8 uur: ’s nachts maken we niemand wakker.")
    messages.success(request, text % {"email": invitation.email})


def key_groups(user: User, roles: RoleQuerySet, memberships: Any) -> list[Group]:
    """Keys by kind, in the order of the roles, each by name; as many queries for one as for a hundred."""
    works_for: dict[int, list[str]] = {}
    for membership in (
        memberships.not_over(today()).select_related("organisation").prefetch_related("organisation__names")
    ):
        works_for.setdefault(membership.user_id, []).append(membership.organisation.name_on(today()))
    groups = {kind: Group(kind) for kind in RoleKind}
    for role in roles.select_related("user", "site", "partnership").order_by("user__name", "user__email", "pk"):
        kind = RoleKind(role.kind)
        organisations = works_for.get(role.user_id, []) if kind == RoleKind.PARTNER_WORKER else []
        groups[kind].lines.append(KeyLine(role, sorted(set(organisations)), can_end_role(user, role)))
    return [group for group in groups.values() if group.lines]


def invitation_lines(user: User, rows: Any) -> list[InvitationLine]:
    """Invitations nobody answered yet, the newest first."""
    return lines_of(user, _with_all(rows.waiting()).order_by("-invited_at", "pk"))


def _with_all(rows: Any) -> Any:
    return rows.select_related("site", "partnership", "organisation", "invited_by").prefetch_related(
        "organisation__names"
    )


def lines_of(user: User, rows: Iterable[Invitation]) -> list[InvitationLine]:
    now = wall_now()
    return [
        InvitationLine(
            invitation=row,
            organisation=row.organisation.name_on(today()) if row.organisation else "",
            is_late=row.is_late(now),
            may_change=can_change_invitation(user, row),
            may_resend=can_resend(row, now),
        )
        for row in rows
    ]


def how_people_stand(site: Site) -> list[str]:
    """For the desk: what waits, and a day from which nobody would coordinate."""
    told = []
    last = coordinated_until(site)
    if today() <= last < dt.date.max:
        day = date_words(last, _("j F Y"))
        told.append(_("De laatste opbouwwerker stopt op %(day)s. Nodig een opvolger uit.") % {"day": day})
    number = Invitation.objects.at(site).waiting().count()
    if number:
        told.append(
            ngettext(
                "%(number)s uitnodiging wacht op antwoord.", "%(number)s uitnodigingen wachten op antwoord.", number
            )
            % {"number": number}
        )
    return told
