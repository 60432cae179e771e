"""How allauth behaves here: our letters and words, no addresses kept, codes instead of passwords."""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import MultiFernet
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from sites.models import User
from sites.sessions import BORROWED
from stek.sealing import cipher

from . import letters
from .proof import proved_recently

WRONG_CODE = _("Die code klopt niet. Kijk nog eens in de mail: de nieuwste code telt.")
TOO_OFTEN = _("Dat was te vaak na elkaar. Wacht een kwartier en probeer het dan opnieuw.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.account.stages.LoginByCodeStage", "sites.accounts.stages.SecondStep"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one letter of allauth that we know; of all others nothing is sent."""
        if template_prefix == "account/email/login_code":
            letters.send_code("sites/sign_in_code", to=email, code=context["code"])

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Ours are sent by the views, and hold no address and no browser."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our views say what happened, in our words."""

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        # On a borrowed device until the browser closes, and an hour at most (`sites.sessions`).
        request.session.set_expiry(0 if request.session.get(BORROWED) else None)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """An account that was closed meanwhile looks like a wrong code."""
        clear_login(request)
        messages.error(request, WRONG_CODE)
        return HttpResponseRedirect(reverse("account_login"))

    def is_safe_url(self, url: str | None) -> bool:
        """A path of ours and nothing else; other hosts of this service neither."""
        return bool(url) and str(url).startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        """A salted hash, for the keys of rate limits only; of IPv6 the network, which one household has to itself."""
        found = get_client_ip(request) or "somebody behind a socket"
        if ":" in found:
            found = str(ipaddress.IPv6Network(f"{found}/64", strict=False).network_address)
        return hidden(found)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict]:
        return [{"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """allauth would ask nothing of who has a mailbox only; `proof.needs_proof` stands before each of our views."""
        return not proved_recently(context.request)


class KeysAdapter(DefaultMFAAdapter):
    """Passkeys and the second step. A secret in a backup is worth nothing without `SECRET_KEY`."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _("Dat klopt niet. Probeer het nog eens.")}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "STEK"


def hidden(value: str) -> str:
    """What stands in the key of a rate limit for a mailbox or a sender."""
    return salted_hmac("sites.accounts.limits", value, algorithm="sha256").hexdigest()


def _cipher() -> MultiFernet:
    return cipher("sites.accounts.secrets")
