"""A code for somebody who is signed in: to show that it is still them, or that a new address is theirs.

It lives in the session and nowhere else, for a quarter of an hour and three tries, as the code for signing in does.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest

from . import letters
from .adapter import hidden


class OwnCode(AbstractCodeVerificationProcess):
    """`key` is its place in the session, `letter` what carries it."""

    key: str
    letter: str

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            max_attempts=settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,
        )

    @classmethod
    def begin(cls, request: HttpRequest, *, email: str, is_free: bool = True) -> OwnCode | None:
        """Send a code and remember it; None when this mailbox got too many. Nothing is sent to an address that is not free."""
        if not ratelimit.consume(request, action="request_login_code", key=hidden(email)):
            return None
        process = cls(request, cls.initial_state(user=request.user, email=email))
        process.state["code"] = get_adapter().generate_login_code() if is_free else ""
        process.send(to=email if is_free else "")
        process.persist()
        return process

    @classmethod
    def pending(cls, request: HttpRequest) -> OwnCode | None:
        """The code that was sent in this session, unless it is too old."""
        state = request.session.get(cls.key)
        process = cls(request, state) if state else None
        return process if process and process.is_valid() else None

    def send(self, to: str = "") -> None:
        letters.send_code(self.letter, to=to, code=self.code)

    def persist(self) -> None:
        self.request.session[self.key] = self.state

    def abort(self) -> None:
        self.request.session.pop(self.key, None)


class ProofCode(OwnCode):
    key, letter = "accounts.proof", "sites/proof_code"


class AddressCode(OwnCode):
    """To an address that is to become somebody's own."""

    key, letter = "accounts.address", "sites/address_code"
