"""`/uitnodiging/<token>/`: what somebody finds behind the link in the mail. No key needed, and no key given to the wrong person.

A forwarded link is worth nothing: the code goes to the invited mailbox, and only that account can say yes.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.actions.invitations import accept, account_for
from partners.models import Invitation
from partners.rules import hash_of, is_open
from partners.words import OPENS, masked
from sites.accounts.adapter import TOO_OFTEN, hidden
from sites.accounts.views.signing_in import remember_device
from sites.enums import RoleKind
from sites.inside import inside
from sites.models import User
from stek.time import today, wall_now


@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, for what and where; one button says yes."""
    found = Invitation.objects.for_token(hash_of(token))
    response = _answer(request, found) if found else _gone(request, status=404)
    # The token must not travel on. With "no-referrer" browsers hide the origin of our own form too, and it would be refused.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    is_invited = user is not None and user.email == found.email
    if found.accepted_at and is_invited:
        return HttpResponseRedirect(reverse("sites:mine"))
    if not is_open(found, wall_now()):
        return _gone(request, status=410)
    if request.method == "POST" and user is None:
        return _send_code(request, found)
    if request.method == "POST" and is_invited and user:
        return _accepted(request, found, user)
    if request.method == "POST" and request.POST.get("do") == "sign_out":
        logout(request)
        return HttpResponseRedirect(request.path)
    return _page(request, found)


def _accepted(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    if not accept(found, user=user):
        return _gone(request, status=410)
    messages.success(request, _("Welkom bij %(where)s! Je sleutel werkt vanaf nu.") % {"where": found.where})
    return HttpResponseRedirect(reverse("sites:mine"))


def _send_code(request: HttpRequest, found: Invitation) -> HttpResponse:
    """A code to sign in, to the invited mailbox whoever asks; after it they come back here."""
    if not ratelimit.consume(request, action="request_login_code", key=hidden(found.email)):
        return _page(request, found, status=429, problem=TOO_OFTEN)
    user = account_for(found)
    if not user.is_active:
        return _gone(request, status=410)
    remember_device(request, is_borrowed=False)
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    return HttpResponseRedirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': request.path})}")


def _page(request: HttpRequest, found: Invitation, *, status: int = 200, **context: Any) -> HttpResponse:
    organisation = found.organisation
    context |= {
        "invitation": found,
        "inviter": found.invited_by.name if found.invited_by else "",
        "organisation": organisation.name_on(today()) if organisation else "",
        "opens": OPENS[RoleKind(found.kind)],
        "address": masked(found.email),
        "is_somebody_else": request.user.is_authenticated and getattr(request.user, "email", "") != found.email,
    }
    return inside(request, "partners/invitation.html", context, status=status)


def _gone(request: HttpRequest, *, status: int) -> HttpResponse:
    """Unknown, too late, taken back or used: the same page, since only the first of them is anybody's business."""
    return inside(request, "partners/invitation_gone.html", {}, status=status)
