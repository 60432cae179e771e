"""An account is closed, or opened again. The keys in it stay what they are; a closed account opens nothing with them."""

from __future__ import annotations

from django.db import transaction

from sites.models import User
from stek.time import today

from .keys import keys_changed
from .log import log_change
from .roles import keep_keys


@transaction.atomic
def close_account(user: User, *, by: User | None) -> None:
    """From the next request on nobody gets in with this account.

    Raises ValidationError for a site's last coordinator and for the last administrator.
    """
    _set_active(user, is_active=False, by=by)


@transaction.atomic
def reopen_account(user: User, *, by: User | None) -> None:
    """Keys that have not ended meanwhile open their doors again."""
    _set_active(user, is_active=True, by=by)


def _set_active(user: User, *, is_active: bool, by: User | None) -> None:
    account = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if account.is_active == is_active:
        return
    with keep_keys(list(account.roles.all())):
        User.objects.filter(pk=account.pk).update(is_active=is_active)
        keys_changed(account.pk)
        verb = "reopen_account" if is_active else "close_account"
        log_change(by=by, verb=verb, about=account, site=None, changes={"is_active": [not is_active, is_active]})


def note_idle_accounts() -> None:
    """Each night: since when an account opens nothing. Who got a key meanwhile starts afresh."""
    idle = User.objects.opening_nothing()
    User.objects.filter(idle_since__isnull=False).exclude(pk__in=idle.values("pk")).update(idle_since=None)
    idle.filter(idle_since__isnull=True).update(idle_since=today())
