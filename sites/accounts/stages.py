"""What comes after the code from the mail."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.http import HttpRequest


class SecondStep(AuthenticateStage):
    """The code of an app, for who chose that.

    A passkey is another way in and not a second step: who added one on a phone must still get in by mail on another. It counts as
    both steps, since the device itself asks for a finger, a face or a number.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if user is None or did_use_passwordless_login(request, user):
            return False
        return is_mfa_enabled(user, [Authenticator.Type.TOTP])
