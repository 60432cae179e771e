"""`/account/sleutels/`: signing in with a finger, a face or the number of the device.

A passkey takes two calls: what the browser must ask the device, then the answer of the device. The first writes a challenge in the
session, so it is a POST too.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sites.accounts.forms import PasskeyForm, PasskeyNameForm, PasskeySignInForm
from sites.accounts.letters import tell_of_change
from sites.accounts.proof import needs_proof
from sites.inside import KeyRequest, inside
from sites.models import User

from .signing_in import remember_device


@login_not_required
@require_POST
def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """What the browser must ask the device of somebody who wants to come in; the same for everyone."""
    if not ratelimit.consume(request, action="passkey"):
        return JsonResponse({}, status=429)
    remember_device(request, is_borrowed="is_borrowed" in request.POST)
    return JsonResponse(auth.begin_authentication())


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """The answer of a device; whatever is wrong with it looks the same."""
    form = PasskeySignInForm(request.POST)
    if ratelimit.consume(request, action="passkey") and form.is_valid():
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(request))
        return perform_passwordless_login(request, passkey, login)
    messages.error(request, _("Dat lukte niet. Vul je e-mailadres in, dan krijg je een code."))
    return HttpResponseRedirect(reverse("account_login"))


def passkeys(request: KeyRequest) -> HttpResponse:
    """The devices one can sign in with, and adding this one."""
    return inside(request, "sites/accounts/passkeys.html", {"passkeys": [_shown(row) for row in _of(request.user)]})


@needs_proof
def add(request: KeyRequest) -> HttpResponse:
    """A name for the device and then its answer."""
    form = PasskeyForm(request.POST or None, user=request.user, initial={"name": ""})  # type: ignore[call-arg]
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            auth.WebAuthn.add(request.user, form.cleaned_data["name"], form.cleaned_data["credential"])
            tell_of_change(request.user, "passkey_added")
        messages.success(request, _("Gelukt. Voortaan kan je op dit toestel aanmelden zonder code."))
        return HttpResponseRedirect(reverse("account_passkeys"))
    return inside(request, "sites/accounts/passkey_add.html", {"form": form})


@needs_proof
@require_POST
def ask_to_add(request: KeyRequest) -> HttpResponse:
    """What the browser must ask the device that is to be added."""
    return JsonResponse(auth.begin_registration(request.user, passwordless=True))


@needs_proof
def passkey(request: KeyRequest, pk: int) -> HttpResponse:
    """One passkey: another name, or away with it."""
    row = get_object_or_404(_of(request.user), pk=pk)
    if request.method == "POST" and request.POST.get("action") == "remove":
        return _remove(request, row)
    form = PasskeyNameForm(request.POST or None, initial={"name": row.wrap().name})
    if request.method == "POST" and form.is_valid():
        row.data["name"] = form.cleaned_data["name"]
        row.save(update_fields=["data"])
        messages.success(request, _("De naam is bewaard."))
        return HttpResponseRedirect(reverse("account_passkeys"))
    return inside(request, "sites/accounts/passkey.html", {"form": form, "passkey": _shown(row)})


def _remove(request: KeyRequest, row: Authenticator) -> HttpResponse:
    with transaction.atomic():
        row.delete()
        tell_of_change(request.user, "passkey_removed")
    messages.success(request, _("Weg. Met dat toestel kan je alleen nog aanmelden met een code."))
    return HttpResponseRedirect(reverse("account_passkeys"))


def _of(user: User) -> models.QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("pk")


def _shown(row: Authenticator) -> dict[str, Any]:
    return {"pk": row.pk, "name": row.wrap().name, "since": row.created_at}
