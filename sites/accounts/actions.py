"""Changes to one's own account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sites.actions import log_change
from sites.models import Session, User
from stek.personal import follow

from .letters import tell_of_change


@transaction.atomic
def change_details(user: User, *, name: str, language: str) -> None:
    """A name and a language; the change log says that the name changed, not into what."""
    changes: dict[str, list] = {}
    if name != user.name:
        changes["name"] = [None, None]
    if language != user.language:
        changes["language"] = [user.language, language]
    if not changes:
        return
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    log_change(by=user, verb="change_details", about=user, site=None, changes=changes)


@transaction.atomic
def change_address(user: User, *, email: str, session_key: str | None) -> None:
    """Another mailbox, which its owner has proved to be theirs: other devices are signed out, and the old mailbox is told.

    Raises ValidationError when the address became somebody else's meanwhile.
    """
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise ValidationError(_("Dat adres kunnen we niet gebruiken."))
    former, user.email = user.email, email
    user.save(update_fields=["email"])
    log_change(by=user, verb="change_address", about=user, site=None, changes={"email": [None, None]})
    address_changed(user, former=former, session_key=session_key)


def address_changed(user: User, *, former: str, session_key: str | None) -> None:
    """What follows from another address, whoever changed it: signed out everywhere but here, the former mailbox is told, and rows that
    know somebody by it go along."""
    follow(former, user.email)
    end_other_sessions(user, session_key=session_key)
    tell_of_change(user, "address", to=former)


@transaction.atomic
def take_second_step_away(user: User, *, by: User | None) -> bool:
    """Turn the app and the spare codes off. False when there was none; the person is told by mail."""
    steps = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    if not Authenticator.objects.filter(user=user, type__in=steps).delete()[0]:
        return False
    log_change(by=by, verb="second_step_off", about=user, site=None, changes={})
    tell_of_change(user, "second_step_off")
    return True


def end_other_sessions(user: User, *, session_key: str | None) -> int:
    """Sign somebody out everywhere but here. How many sessions that were."""
    return Session.objects.of(user).exclude(session_key=session_key).delete()[0]
