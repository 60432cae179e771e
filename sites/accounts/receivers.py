"""What allauth would keep about the use of a passkey or an app, and we do not want to know."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import pre_save
from django.dispatch import receiver


@receiver(pre_save, sender=Authenticator)
def keep_no_moment(instance: Authenticator, **kwargs: Any) -> None:
    """The day on which it was added, and never when it was used: nobody needs to know when somebody was here."""
    instance.created_at = instance.created_at.replace(hour=12, minute=0, second=0, microsecond=0)
    instance.last_used_at = None
