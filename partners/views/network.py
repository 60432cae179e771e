"""`/beheer/mensen/`: everybody of the network, for administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.actions import invitations
from partners.forms import GrantForm, NetworkInviteForm, SearchForm
from partners.models import Invitation
from sites.accounts.forms import ForgetForm
from sites.accounts.proof import needs_proof
from sites.accounts.views.own_data import erased
from sites.actions.accounts import close_account, reopen_account
from sites.actions.roles import grant_role
from sites.enums import RoleKind
from sites.forms.base import add_refusal
from sites.inside import KeyRequest, inside, opened_by
from sites.models import Role, User
from sites.querysets import UserQuerySet
from sites.rights import Right
from sites.views.answering import sent

from .people import changing, ending, invitation_lines, say_sent

SHOWN = 50  # people on one page; who looks for somebody else says so
CARRYING = [RoleKind.ADMINISTRATOR, RoleKind.COORDINATOR, RoleKind.STEERING]


@opened_by(Right.MANAGE_NETWORK)
def network(request: KeyRequest) -> HttpResponse:
    """Who carries the network, or who was looked for. Sent as a form: a name or an address has no place in an address."""
    form = SearchForm(request.POST or None)
    is_search = form.is_valid() and bool(form.cleaned_data["words"].strip())
    everyone = User.objects.visible_to(request.user)
    rows = everyone.filter(form.found()) if is_search else _carrying(everyone)
    people = list(_with_keys(rows).order_by("name", "email")[: SHOWN + 1])
    invited = Invitation.objects.visible_to(request.user).filter(site__isnull=True)
    context = {
        "form": form,
        "is_search": is_search,
        "people": people[:SHOWN],
        "has_more": len(people) > SHOWN,
        "invitations": invitation_lines(request.user, invited),
    }
    return inside(request, "partners/network.html", context)


def _carrying(everyone: UserQuerySet) -> UserQuerySet:
    roles = Role.objects.not_over().filter(kind__in=CARRYING, user=OuterRef("pk"))
    return everyone.filter(Exists(roles))


def _with_keys(rows: UserQuerySet) -> UserQuerySet:
    keys = Role.objects.not_over().select_related("site", "partnership").order_by("kind", "pk")
    return rows.prefetch_related(Prefetch("roles", queryset=keys, to_attr="keys"))


@opened_by(Right.MANAGE_NETWORK)
def person(request: KeyRequest, person: int) -> HttpResponse:
    """One account: its keys, a new one, and whether it is open."""
    found = get_object_or_404(_with_keys(User.objects.visible_to(request.user)), pk=person)
    verb = {"grant": _granted, "close": _closed, "reopen": _reopened}.get(request.POST.get("do", ""))
    form = GrantForm(request.POST if request.POST.get("do") == "grant" else None)
    if request.method == "POST" and verb and verb(request, found, form):
        return HttpResponseRedirect(reverse("partners:person", args=[found.pk]))
    return inside(request, "partners/person.html", {"person": found, "form": form})


def _granted(request: KeyRequest, person: User, form: GrantForm) -> bool:
    if not form.is_valid():
        return False
    words = form.cleaned_data
    kind = RoleKind(words["kind"])
    grant_role(person, kind=kind, site=words["site"], partnership=words["partnership"], by=request.user)
    messages.success(request, _("%(person)s heeft de sleutel.") % {"person": person})
    return True


def _closed(request: KeyRequest, person: User, form: Any) -> bool:
    if person == request.user:
        messages.error(request, _("Je eigen account kan je hier niet sluiten. Vraag het aan een andere beheerder."))
        return True
    try:
        close_account(person, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Het account is gesloten. Niemand kan er nog mee binnen."))
    return True


def _reopened(request: KeyRequest, person: User, form: Any) -> bool:
    reopen_account(person, by=request.user)
    messages.success(request, _("Het account is weer open."))
    return True


@opened_by(Right.MANAGE_NETWORK)
@needs_proof
def forget(request: KeyRequest, person: int) -> HttpResponse:
    """Somebody asked for it. For oneself there is a page of one's own."""
    found = get_object_or_404(User.objects.visible_to(request.user), pk=person)
    if found == request.user:
        return HttpResponseRedirect(reverse("account_forget"))
    form = ForgetForm(sent(request))
    if request.method == "POST" and form.is_valid() and erased(found, by=request.user, form=form):
        messages.success(request, _("Die persoon is vergeten. Laat het zelf weten: wij hebben geen adres meer."))
        return HttpResponseRedirect(reverse("partners:network"))
    context = {"form": form, "person": found, "back": reverse("partners:person", args=[found.pk])}
    return inside(request, "partners/forget.html", context)


@opened_by(Right.MANAGE_NETWORK)
def invite(request: KeyRequest) -> HttpResponse:
    """Ask a coordinator or a member of a steering group."""
    form = NetworkInviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invitations.invite(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            say_sent(request, invitation)
            return HttpResponseRedirect(reverse("partners:network"))
    return inside(request, "partners/network_invite.html", {"form": form})


@opened_by(Right.MANAGE_NETWORK)
def key(request: KeyRequest, role: int) -> HttpResponse:
    """Any key of the network: until when."""
    rows = Role.objects.visible_to(request.user).select_related("user", "site", "partnership")
    found = get_object_or_404(rows, pk=role)
    return ending(request, found, back=reverse("partners:person", args=[found.user_id]), site=None)


@opened_by(Right.MANAGE_NETWORK)
def invited(request: KeyRequest, invitation: int) -> HttpResponse:
    """Any invitation: again, or not at all."""
    rows = Invitation.objects.visible_to(request.user).select_related(
        "site", "partnership", "organisation", "invited_by"
    )
    found = get_object_or_404(rows, pk=invitation)
    return changing(request, found, back=reverse("partners:network"), site=None)
