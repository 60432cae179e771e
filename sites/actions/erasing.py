"""Somebody is forgotten. What others may still count or read stays, without them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial

from django.db import models, transaction

from sites import erasures
from sites.models import ChangeLog, Erasure, Role, Site, User
from stek import personal, traces
from stek.personal import Somebody
from stek.time import BRUSSELS, clock_of, wall_now

from .log import log_change
from .roles import keep_keys


@transaction.atomic
def erase_person(user: User, *, by: User | None, is_guarded: bool = True) -> None:
    """Take away an account and all that hangs on it, in every room; the database keeps a random number and the day.

    Raises ValidationError for a site's last coordinator and for the last administrator. `is_guarded=False` for who was forgotten
    before and comes back with a backup: then nothing may stand in the way.
    """
    somebody = Somebody(user.pk, user.email, user.name)
    # Before the person is locked: an invitation is locked before a person, never after.
    for eraser in personal.erasers():
        eraser.erase(somebody)
    account = User.objects.select_for_update().get(pk=user.pk)
    roles = list(account.roles.select_related("site"))
    with keep_keys(roles) if is_guarded else nullcontext():
        # Who asked for it themself is nobody any more.
        _log(account, roles, by=by if by and by.pk != account.pk else None)
        today = wall_now().astimezone(clock_of(BRUSSELS)).date()
        Erasure.objects.get_or_create(erasure_id=account.erasure_id, defaults={"day": today})
        account.delete()
    transaction.on_commit(partial(_leave_nothing, somebody))


def _log(account: User, roles: list[Role], *, by: User | None) -> None:
    """One line for each site that had them, so that its coordinators know why a key is gone; one without when there is none."""
    sites: set[Site | None] = {role.site for role in roles if role.site}
    for site in sorted(sites or {None}, key=lambda one: one.pk if one else 0):
        log_change(by=by, verb="erase_person", about=account, site=site, changes={})


def _leave_nothing(somebody: Somebody) -> None:
    erasures.catch_up_or_say_so()
    for eraser in personal.erasers(is_after=True):
        eraser.erase(somebody)
    traces.wipe_database()


def free_the_log(somebody: Somebody) -> None:
    """The change log without their words: the reasons they typed, and any word by which they would be recognised."""
    ChangeLog.objects.filter(by=somebody.id).exclude(reason="").update(reason="")
    free_lines(ChangeLog.objects.all(), somebody.is_named_in)


def free_lines(lines: models.QuerySet[ChangeLog], is_named_in: Callable[[str], bool]) -> None:
    """These lines of the change log without each reason and each change in which somebody is named.

    In Python and not in the query: SQLite keeps accents in JSON as numbers.
    """
    for row in lines.only("reason", "changes").iterator():
        reason = "" if is_named_in(row.reason) else row.reason
        changes = {name: [None, None] if is_named_in(str(change)) else change for name, change in row.changes.items()}
        if (reason, changes) != (row.reason, row.changes):
            ChangeLog.objects.filter(pk=row.pk).update(reason=reason, changes=changes)


def erase_again(erased: erasures.Erased) -> int:
    """For a restored backup: everybody on the list is forgotten, as they were before. How many of them had come back."""
    back = list(User.objects.filter(erasure_id__in=erased).order_by("pk"))
    for user in back:
        erase_person(user, by=None, is_guarded=False)
    rows = [Erasure(erasure_id=number, day=day) for number, day in erased.items()]
    Erasure.objects.bulk_create(rows, update_conflicts=True, unique_fields=["erasure_id"], update_fields=["day"])
    return len(back)
