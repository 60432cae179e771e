"""Whether the person behind a session showed just now who they are."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from sites.models import User

View = Callable[..., HttpResponse]


def has_second_step(user: User) -> bool:
    """Whether somebody signs in with the code of an app too."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])


def proved_recently(request: HttpRequest) -> bool:
    """Whether a code was typed or a passkey used in this session, in the last quarter of an hour.

    For who has a second step the code from the mail alone is not enough.
    """
    if not isinstance(request.user, User):
        return False
    records = get_authentication_records(request, request.user)
    if records and has_second_step(request.user):
        records = [record for record in records if record["method"] == "mfa"]
    return any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records)


def needs_proof(view: View) -> View:
    """Ask for a code first, also before a form is sent: allauth would keep that form, with the sender's address, in the session."""

    @wraps(view)
    def proved(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if proved_recently(request):
            return view(request, *args, **kwargs)
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")

    return proved
