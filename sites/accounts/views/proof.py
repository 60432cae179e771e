"""`/account/opnieuw/`: a code once more, before the way of signing in is changed."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.accounts.adapter import TOO_OFTEN
from sites.accounts.codes import OwnCode, ProofCode
from sites.accounts.forms import CodeForm, SecondProofForm
from sites.accounts.proof import has_second_step
from sites.inside import KeyRequest, inside


def again(request: KeyRequest) -> HttpResponse:
    """The code of the app for who has one; for others one from the mail, sent when they ask for it."""
    if has_second_step(request.user):
        return _by_app(request)
    if request.method == "POST" and request.POST.get("action") == "send":
        return _send(request)
    process = ProofCode.pending(request)
    return _by_mail(request, process) if process else inside(request, "sites/accounts/again.html", {})


def _by_app(request: KeyRequest) -> HttpResponse:
    form = SecondProofForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _on(request)
    return inside(request, "sites/accounts/again.html", {"form": form, "by_app": True})


def _by_mail(request: KeyRequest, process: OwnCode) -> HttpResponse:
    form = code_form(request, process)
    if request.method == "POST" and form.is_valid():
        process.abort()
        record_authentication(request, request.user, method="code", reauthenticated=True)
        return _on(request)
    if request.method == "POST" and not refused(request, process):
        return HttpResponseRedirect(request.get_full_path())
    return inside(request, "sites/accounts/again.html", {"form": form})


def code_form(request: KeyRequest, process: OwnCode) -> CodeForm:
    state = process.state
    return CodeForm(request.POST or None, expected=process.code, tries=f"{state['email']} {state['at']}")


def refused(request: KeyRequest, process: OwnCode) -> bool:
    """Count a wrong code; False, with a message, when it was the last try."""
    if process.record_invalid_attempt():
        return True
    messages.error(request, _("Dat was drie keer een verkeerde code. Vraag een nieuwe."))
    return False


def _send(request: KeyRequest) -> HttpResponse:
    if not ProofCode.begin(request, email=request.user.email):
        messages.error(request, TOO_OFTEN)
    return HttpResponseRedirect(request.get_full_path())


def _on(request: KeyRequest) -> HttpResponse:
    messages.success(request, _("Dank je. Nu kan je verder."))
    return HttpResponseRedirect(get_next_redirect_url(request) or reverse("account_details"))
