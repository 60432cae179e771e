"""Sessions that their owner can see and end. Kept: whose it is and the day it began; never a moment, an address or the name of a browser.

All else is sealed: somebody on the way in has an address and a code there, which let anybody in for a quarter of an hour.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from stek.sealing import cipher
from stek.time import BRUSSELS, wall_now

SINCE, BORROWED = "since", "borrowed"


class SessionQuerySet(models.QuerySet):
    def of(self, user: Any) -> SessionQuerySet:
        """One's own that still open something. There is no list of those of others, for an administrator neither."""
        return self.filter(user=user.pk or 0, expire_date__gt=wall_now())

    def in_order(self) -> SessionQuerySet:
        """The newest first."""
        return self.order_by("-since", "session_key")


class Session(AbstractBaseSession):
    """A device on which somebody signed in; without `user`, somebody on the way to it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    since = models.DateField(_("sinds"))

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()  # type: ignore[misc]

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("aanmelding")  # type: ignore[assignment]
        verbose_name_plural = _("aanmeldingen")  # type: ignore[assignment]

    @property
    def handle(self) -> str:
        """What a page may call it: the key itself would open it."""
        return salted_hmac("sites.sessions", self.session_key, algorithm="sha256").hexdigest()[:20]

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


class SessionStore(DatabaseSessionStore):
    """The engine of Django, with two columns more and a shorter life on a borrowed device."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        since = data.setdefault(SINCE, wall_now().astimezone(ZoneInfo(BRUSSELS)).date().isoformat())
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.user_id, row.since = data.get(SESSION_KEY), since
        if self.get_expiry_age() >= settings.SESSION_COOKIE_AGE:
            row.expire_date = _end_of_day(row.expire_date)
        return row

    def encode(self, session_dict: dict[str, Any]) -> str:
        return cipher("sites.sessions.data").encrypt(super().encode(session_dict).encode()).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """An empty session for what we did not seal: its owner signs in anew."""
        try:
            return super().decode(cipher("sites.sessions.data").decrypt(force_bytes(session_data)).decode())
        except InvalidToken:
            return {}

    def get_session_cookie_age(self) -> int:
        return settings.STEK_BORROWED_AGE if self.get(BORROWED) else settings.SESSION_COOKIE_AGE


def _end_of_day(moment: dt.datetime) -> dt.datetime:
    """To the second it would say when somebody signed in. An hour on a borrowed device ends on time; its row goes the next night."""
    local = moment.astimezone(ZoneInfo(BRUSSELS))
    return dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time(), local.tzinfo)
