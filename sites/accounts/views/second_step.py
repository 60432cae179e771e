"""`/account/tweede-stap/`: an app that shows a code, and codes on paper for when it is not at hand."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.accounts.actions import take_second_step_away
from sites.accounts.forms import AppForm
from sites.accounts.letters import tell_of_change
from sites.accounts.proof import has_second_step, needs_proof
from sites.inside import KeyRequest, inside
from sites.models import User


def second_step(request: KeyRequest) -> HttpResponse:
    """Whether it is on, and what that means."""
    is_on = has_second_step(request.user)
    left = len(_codes(request.user)) if is_on else 0
    return inside(request, "sites/accounts/second_step.html", {"is_on": is_on, "left": left})


@needs_proof
def turn_on(request: KeyRequest) -> HttpResponse:
    """Show the secret once, and keep it only when the app gives the right code for it. Begins with a POST: it makes the secret."""
    if has_second_step(request.user) or request.method != "POST":
        return HttpResponseRedirect(reverse("account_second_step"))
    form = AppForm(request.POST if "code" in request.POST else None, user=request.user)
    if not form.is_valid():
        return _show_secret(request, form)
    with transaction.atomic():
        TOTP.activate(request.user, form.secret)
        _new_codes(request.user)
        tell_of_change(request.user, "second_step_on")
    clear_totp_secret(request)
    return _show_codes(request, is_new=True)


@needs_proof
def turn_off(request: KeyRequest) -> HttpResponse:
    if request.method == "POST" and take_second_step_away(request.user, by=request.user):
        messages.success(request, _("De tweede stap is uit. Je meldt weer aan met alleen de code uit de mail."))
    return HttpResponseRedirect(reverse("account_second_step"))


@needs_proof
def codes(request: KeyRequest) -> HttpResponse:
    """The codes that still work, or ten new ones. Shown only to who asks by a form."""
    if request.method != "POST" or not has_second_step(request.user):
        return HttpResponseRedirect(reverse("account_second_step"))
    if is_new := request.POST.get("action") == "renew":
        with transaction.atomic():
            _new_codes(request.user)
            tell_of_change(request.user, "new_codes")
    return _show_codes(request, is_new=is_new)


def _show_secret(request: KeyRequest, form: AppForm) -> HttpResponse:
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, form.secret))
    groups = [form.secret[at : at + 4] for at in range(0, len(form.secret), 4)]
    context = {
        "form": form,
        "picture": "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode(),
        "secret": " ".join(groups),
    }
    return inside(request, "sites/accounts/second_step_on.html", context)


def _show_codes(request: KeyRequest, *, is_new: bool) -> HttpResponse:
    found = [f"{one[:4]} {one[4:]}" for one in _codes(request.user)]
    return inside(request, "sites/accounts/second_step_codes.html", {"codes": found, "is_new": is_new})


def _codes(user: User) -> list[str]:
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return row.wrap().get_unused_codes() if row else []


def _new_codes(user: User) -> None:
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
