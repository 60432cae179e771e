"""What somebody keeps here about themselves: where they are signed in, their name, their language, their mailbox."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.accounts.actions import change_address, change_details, end_other_sessions
from sites.accounts.adapter import TOO_OFTEN
from sites.accounts.codes import AddressCode
from sites.accounts.forms import AddressForm, DetailsForm
from sites.accounts.proof import needs_proof
from sites.inside import KeyRequest, inside
from sites.models import Session, User

from .proof import code_form, refused


def sessions(request: KeyRequest) -> HttpResponse:
    """`/account/sessies/`: where one is signed in, and ending that: one or all others."""
    own = Session.objects.of(request.user).in_order()
    if request.method == "POST":
        return _end(request, own)
    here = request.session.session_key
    others = [row for row in own if row.session_key != here]
    this = next((row for row in own if row.session_key == here), None)
    return inside(request, "sites/accounts/sessions.html", {"this": this, "others": others})


def _end(request: KeyRequest, own) -> HttpResponse:
    here = request.session.session_key
    if request.POST.get("which") == "others":
        end_other_sessions(request.user, session_key=here)
        messages.success(request, _("Overal afgemeld, behalve hier."))
    else:
        asked = [row for row in own if row.handle == request.POST.get("which") and row.session_key != here]
        for row in asked:
            row.delete()
        if asked:
            messages.success(request, _("Afgemeld op dat toestel."))
    return HttpResponseRedirect(reverse("account_sessions"))


def details(request: KeyRequest) -> HttpResponse:
    """`/account/gegevens/`."""
    user = request.user
    form = DetailsForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        change_details(user, **form.cleaned_data)
        messages.success(request, _("Bewaard."))
        return HttpResponseRedirect(reverse("account_details"))
    return inside(request, "sites/accounts/details.html", {"form": form})


@needs_proof
def address(request: KeyRequest) -> HttpResponse:
    """`/account/gegevens/adres/`: another mailbox, to which a code is sent. Whether it is free is not said."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        is_free = not User.objects.filter(email=email).exists()
        if AddressCode.begin(request, email=email, is_free=is_free):
            return HttpResponseRedirect(reverse("account_address_code"))
        form.add_error(None, TOO_OFTEN)
    return inside(request, "sites/accounts/address.html", {"form": form})


@needs_proof
def address_code(request: KeyRequest) -> HttpResponse:
    """The code that came in the new mailbox."""
    process = AddressCode.pending(request)
    if not process:
        return HttpResponseRedirect(reverse("account_address"))
    form = code_form(request, process)
    if request.method == "POST":
        if form.is_valid():
            return _change(request, process)
        if not refused(request, process):
            return HttpResponseRedirect(reverse("account_address"))
    context = {"form": form, "email": process.state["email"], "minutes": process.timeout // 60}
    return inside(request, "sites/accounts/address_code.html", context)


def _change(request: KeyRequest, process: AddressCode) -> HttpResponse:
    process.abort()
    try:
        change_address(request.user, email=process.state["email"], session_key=request.session.session_key)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Je nieuwe adres is bewaard. Op andere toestellen ben je afgemeld."))
    return HttpResponseRedirect(reverse("account_details"))
