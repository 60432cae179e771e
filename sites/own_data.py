"""What this room keeps about people: what they may take along, what forgets them, and what is over when.

Every room has such a page and says it when it starts (`stek.personal`, `stek.retention`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from stek import outbox, traces
from stek.backup import add_restorer
from stek.health.models import Heartbeat
from stek.outbox.kinds import kind_of
from stek.outbox.models import Stop
from stek.personal import Eraser, Exporter, Somebody, add_eraser, add_exporter, not_theirs
from stek.push import actions as push
from stek.push.models import Subscription
from stek.retention import Purger, add_purger
from stek.time import today, wall_now

from . import history
from .actions.accounts import note_idle_accounts
from .actions.erasing import erase_person, free_the_log
from .models import ChangeLog, Role, Session, User

WHERE, SINCE, UNTIL = _("waar"), _("vanaf"), _("laatste dag")


def say() -> None:
    """For `AppConfig.ready`."""
    _say_what_is_theirs()
    _say_of_messages()
    add_eraser(Eraser("log", free_the_log))
    add_eraser(Eraser("mail_files", _forget_mails, is_after=True))
    add_restorer(_sign_everybody_out)
    add_purger(Purger("session", lambda length: Session.objects.filter(expire_date__lt=wall_now()), _end_expired))
    add_purger(Purger("log", lambda length: ChangeLog.objects.filter(at__lt=wall_now() - length)))
    add_purger(Purger("heartbeat", lambda length: Heartbeat.objects.filter(at__lt=wall_now() - length)))
    add_purger(Purger("idle_account", _idle_accounts, _erase_all, note_idle_accounts))
    add_purger(
        Purger(
            "mail_file",
            lambda length: traces.mail_files_older_than(length.total_seconds()),
            traces.remove_files,
        )
    )


def _say_what_is_theirs() -> None:
    labels = {
        "name": _("naam"),
        "email": _("e-mailadres"),
        "language": _("taal"),
        "account_is_open": _("account is open"),
    }
    add_exporter(Exporter("account", _("Jij"), labels, _account, position=10))
    labels = {"role": _("rol"), "where": WHERE, "since": SINCE, "until": UNTIL}
    add_exporter(Exporter("roles", _("Je sleutels"), labels, _roles, ("sites.Role.user",), position=20))
    labels = {"since": _("sinds"), "until": _("ten laatste tot")}
    covers = ("sites.Session.user",)
    add_exporter(Exporter("sessions", _("Waar je bent aangemeld"), labels, _sessions, covers, position=60))
    labels = {"kind": _("soort"), "name": _("naam van het toestel"), "since": _("sinds")}
    covers = ("mfa.Authenticator.user",)
    add_exporter(Exporter("ways_in", _("Hoe je je aanmeldt, naast de code"), labels, _ways_in, covers, position=61))
    labels = {"when": _("wanneer"), "what": _("wat"), "about": _("waarover"), "reason": _("waarom")}
    add_exporter(Exporter("changes", _("Wat je veranderde"), labels, _changes, ("sites.ChangeLog.by",), position=90))
    not_theirs("account.EmailAddress.user", "this table stays empty: the one address stands with the account")
    not_theirs("admin.LogEntry.user", "this table stays empty: repairs are in our own change log")


def _say_of_messages() -> None:
    """The outbox knows no room and says nothing by itself."""
    labels = {"what": _("waarover"), "state": _("toestand"), "when": _("wanneer")}
    covers = ("outbox.Delivery.user",)
    add_exporter(Exporter("messages", _("Berichten aan jou"), labels, _messages, covers, position=70))
    labels = {"what": _("waarover")}
    stops = ("outbox.Stop.user",)
    add_exporter(Exporter("stops", _("Berichten die je niet meer wil"), labels, _stops, stops, position=71))
    add_eraser(Eraser("messages", _forget_messages, covers=("outbox.delivery",)))
    add_restorer(outbox.hold)
    labels = {"since": _("sinds"), "seen": _("laatst gezien")}
    covers = ("push.Subscription.user",)
    add_exporter(Exporter("devices", _("Toestellen met meldingen"), labels, _devices, covers, position=72))
    add_restorer(push.forget_all)
    add_purger(Purger("push_device", push.not_seen_for))
    add_purger(Purger("message", outbox.over_for))
    add_purger(Purger("message_address", outbox.with_an_old_address, outbox.blank))


def _messages(user: User) -> list[dict[str, Any]]:
    return [
        {
            "what": str(row.sort.about) if row.sort else row.kind,
            "state": str(row.get_state_display()),
            "when": row.written_at.date(),
        }
        for row in outbox.messages_of(user.pk)
    ]


def _devices(user: User) -> list[dict[str, Any]]:
    """The days; the address of a device would reach it, and tells whose browser it is."""
    return [{"since": row.since, "seen": row.seen} for row in Subscription.objects.of(user.pk).in_order()]


def _end_expired(found: QuerySet[Session]) -> None:
    push.let_go_of_sessions(found.values("pk"))
    found.delete()


def _stops(user: User) -> list[dict[str, Any]]:
    rows = Stop.objects.of(user.pk).order_by("kind")
    return [{"what": str(kind.about) if (kind := kind_of(row.kind)) else row.kind} for row in rows]


def _forget_messages(somebody: Somebody) -> None:
    outbox.forget(user_id=somebody.id, address=somebody.address)


def _account(user: User) -> list[dict[str, Any]]:
    language = dict(settings.STEK_DESK_LANGUAGES).get(user.language, user.language)
    return [{"name": user.name, "email": user.email, "language": language, "account_is_open": user.is_active}]


def _roles(user: User) -> list[dict[str, Any]]:
    rows = Role.objects.filter(user=user).select_related("site", "partnership").order_by("since", "pk")
    return [
        {"role": str(row.get_kind_display()), "where": row.where, "since": row.since, "until": row.until}
        for row in rows
    ]


def _sessions(user: User) -> list[dict[str, Any]]:
    """The day and no moment; the key would open it."""
    rows = Session.objects.of(user).in_order()
    return [{"since": row.since, "until": row.expire_date.date()} for row in rows]


def _ways_in(user: User) -> list[dict[str, Any]]:
    """That they are there, never what opens with them."""
    kinds = {
        Authenticator.Type.WEBAUTHN: _("toestel"),
        Authenticator.Type.TOTP: _("app voor de tweede stap"),
        Authenticator.Type.RECOVERY_CODES: _("reservecodes"),
    }
    return [
        {
            "kind": str(kinds.get(row.type, row.type)),
            "name": row.wrap().name if row.type == Authenticator.Type.WEBAUTHN else "",
            "since": row.created_at.date(),
        }
        for row in Authenticator.objects.filter(user=user).order_by("pk")
    ]


def _changes(user: User) -> list[dict[str, Any]]:
    """What they did, and what was done with their account; by whom that was, is about somebody else."""
    own = Q(by=user) | Q(about_model="sites.user", about_id=str(user.pk))
    rows = list(ChangeLog.objects.filter(own).order_by("pk"))
    lines = history.in_words(user, rows)
    return [
        {
            "when": line.when,
            "what": line.verb,
            "about": " ".join(filter(None, [line.noun, line.name])),
            "reason": line.reason if row.by_id == user.pk else "",
        }
        for row, line in zip(rows, lines, strict=True)
    ]


def _forget_mails(somebody: Somebody) -> None:
    traces.remove_mails_about(somebody.words)


def _idle_accounts(length: dt.timedelta) -> list[User]:
    """Accounts that open nothing, and did not for that long."""
    return list(User.objects.opening_nothing().filter(idle_since__lte=today() - length).order_by("pk"))


def _erase_all(users: list[User]) -> None:
    for user in users:
        erase_person(user, by=None)


def _sign_everybody_out() -> None:
    """Who signed out since the backup was made must not be signed in again by it."""
    Session.objects.all().delete()
