"""Getting in and out: an address, a code, for some a second step."""

from __future__ import annotations

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.logout import logout
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url, passthrough_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sites import phone
from sites.accounts.forms import CodeForm, SecondStepForm, SignInForm
from sites.accounts.letters import SIGN_IN_CODE, send_code
from sites.accounts.stages import SecondStep
from sites.inside import inside
from sites.sessions import BORROWED


def remember_device(request: HttpRequest, *, is_borrowed: bool) -> None:
    """Whose device this is, and how long what is not signed in yet is kept."""
    request.session[BORROWED] = is_borrowed
    request.session.set_expiry(settings.ACCOUNT_LOGIN_TIMEOUT)


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """`/account/aanmelden/`: an address in, a code on its way, if we know the address. The answer is the same."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(get_login_redirect_url(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remember_device(request, is_borrowed=form.cleaned_data["is_borrowed"])
        user = form.user()
        LoginCodeVerificationProcess.initiate(request=request, user=user, email=form.cleaned_data["email"])
        if user is None:
            send_code(SIGN_IN_CODE, to="", code="")
        return _with_next(request, "account_confirm_login_code")
    return inside(request, "sites/accounts/sign_in.html", {"form": form, "next": get_next_redirect_url(request)})


@login_not_required
def code(request: HttpRequest) -> HttpResponse:
    """`/account/code/`: the code from the mail, or another one please."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(get_login_redirect_url(request))
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    if not stage:
        return _with_next(request, "account_login")
    process = LoginCodeVerificationProcess(stage)
    if not process.is_valid():
        messages.error(request, _("Die code is te oud. Vraag een nieuwe."))
        return _with_next(request, "account_login")
    if request.method == "POST" and request.POST.get("action") == "resend":
        return _send_again(request, process)
    login = stage.login
    form = CodeForm(request.POST or None, expected=process.code, tries=f"{login.email} {login.initiated_at}")
    if request.method == "POST":
        if form.is_valid():
            return process.finish(get_next_redirect_url(request))
        if not process.record_invalid_attempt():
            messages.error(request, _("Dat was drie keer een verkeerde code. Vraag een nieuwe."))
            return _with_next(request, "account_login")
    context = {
        "form": form,
        "email": process.state["email"],
        "can_resend": process.can_resend,
        "minutes": process.timeout // 60,
        "again": passthrough_next_redirect_url(request, reverse("account_login"), "next"),
    }
    return inside(request, "sites/accounts/code.html", context)


def _send_again(request: HttpRequest, process: LoginCodeVerificationProcess) -> HttpResponse:
    if process.can_resend:
        process.state["at"] = process.initial_state(user=None)["at"]  # a new code gets its own quarter of an hour
        _resend(process)
        messages.success(request, _("We stuurden een nieuwe code. De vorige werkt niet meer."))
    return _with_next(request, "account_confirm_login_code")


def _resend(process: LoginCodeVerificationProcess) -> None:
    """allauth would make a code for nobody too, and then find nobody to let in with it."""
    if process.user:
        process.resend()
        return
    send_code(SIGN_IN_CODE, to="", code="")
    process.record_resend()
    process.persist()


@login_not_required
def second_step(request: HttpRequest) -> HttpResponse:
    """`/account/tweede-stap/code/`: for who chose it, the code of an app after the one from the mail."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(get_login_redirect_url(request))
    stage = LoginStageController.enter(request, SecondStep.key)
    if not stage:
        return _with_next(request, "account_login")
    form = SecondStepForm(request.POST or None, user=stage.login.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return stage.exit()
    return inside(request, "sites/accounts/second_step_code.html", {"form": form})


def sign_out(request: HttpRequest) -> HttpResponse:
    """`/account/afmelden/`."""
    if request.method != "POST":
        return inside(request, "sites/accounts/sign_out.html", {})
    logout(request)
    messages.success(request, _("Je bent afgemeld. Tot de volgende keer!"))
    response = HttpResponseRedirect(reverse("account_login"))
    # A script sends it where somebody else's count waits on this device; it has wiped the rest itself.
    if "others" not in request.POST:
        phone.wipe(response)
    return response


def _with_next(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponseRedirect(passthrough_next_redirect_url(request, reverse(name), "next"))
