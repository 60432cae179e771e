"""Areas of life: named, put aside, made one. What hangs on them goes along; the change log of the network keeps each step."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from signals.models import Contribution, Held, Refused, Signal, Theme
from sites.actions import log_change
from sites.models import User


@transaction.atomic
def add_theme(*, by: User | None, names: dict[str, str]) -> Theme:
    """The last in the row. Its code never changes: figures that were published are kept by it."""
    _refuse_double(names)
    last = Theme.objects.aggregate(last=Max("position"))["last"] or 0
    theme = Theme.objects.create(code=_code(names["nl"]), names=names, position=last + 10)
    log_change(by=by, verb="add_theme", about=theme, site=None, changes={"names": [None, names]})
    return theme


@transaction.atomic
def rename_theme(theme: Theme, *, by: User | None, names: dict[str, str]) -> None:
    row = Theme.objects.select_for_update().get(pk=theme.pk)
    _refuse_double(names, besides=row)
    if row.names == names:
        return
    changes = {"names": [row.names, names]}
    row.names = names
    row.save(update_fields=["names"])
    log_change(by=by, verb="rename_theme", about=row, site=None, changes=changes)


@transaction.atomic
def switch_theme(theme: Theme, *, by: User | None, is_active: bool) -> None:
    """Whether it can be chosen. What was told about it stays and is read as before.

    Raises ValidationError for one that was merged, and for the last one that can be chosen.
    """
    row = Theme.objects.select_for_update().get(pk=theme.pk)
    if row.is_active == is_active:
        return
    if row.merged_into_id:
        raise ValidationError(_("Dit thema is samengevoegd met een ander. Het komt niet terug."))
    if not is_active and Theme.objects.filter(is_active=True).count() == 1:
        raise ValidationError(_("Dan is er geen thema meer om te kiezen. Maak eerst een ander."))
    row.is_active = is_active
    row.save(update_fields=["is_active"])
    log_change(by=by, verb="switch_theme", about=row, site=None, changes={"is_active": [not is_active, is_active]})


@transaction.atomic
def merge_theme(theme: Theme, *, into: Theme, by: User | None) -> None:
    """Everything told about the one is from now on told about the other. What was published stays as it was.

    Raises ValidationError for itself, and for one that is merged or put aside.
    """
    rows = {row.pk: row for row in Theme.objects.select_for_update().filter(pk__in=[theme.pk, into.pk]).order_by("pk")}
    row, kept = rows[theme.pk], rows[into.pk]
    if row.pk == kept.pk or not kept.is_active or row.merged_into_id:
        raise ValidationError(_("Kies een ander thema, dat nog gekozen kan worden."))
    for model in (Held, Signal, Refused):
        model._default_manager.filter(theme=row).update(theme=kept)
    Theme.objects.filter(merged_into=row).update(merged_into=kept)
    _merge_contributions(row, kept)
    changes = {"merged_into": [None, str(kept)], "is_active": [row.is_active, False]}
    row.merged_into, row.is_active = kept, False
    row.save(update_fields=["merged_into", "is_active"])
    log_change(by=by, verb="merge_theme", about=row, site=None, changes=changes)


def _merge_contributions(row: Theme, kept: Theme) -> None:
    """Of two organisations by either, of two by the one it becomes. A token is of one theme and says nothing for another: it goes."""
    quarter = ("partnership", "year", "quarter")
    for several in Contribution.objects.filter(theme=row.code, several=True):
        Contribution.objects.update_or_create(
            **{name: getattr(several, name) for name in quarter}, theme=kept.code,
            defaults={"several": True, "token": ""},
        )  # fmt: skip
    Contribution.objects.filter(theme=row.code).delete()


def _refuse_double(names: dict[str, str], *, besides: Theme | None = None) -> None:
    others = Theme.objects.filter(merged_into=None).exclude(pk__in=[besides.pk] if besides else [])
    taken = {(code, name.casefold()) for other in others for code, name in other.names.items()}
    double = {
        f"name_{code}": _("Zo heet al een ander thema.")
        for code, name in names.items()
        if (code, name.casefold()) in taken
    }
    if double:
        raise ValidationError(double)


def _code(name: str) -> str:
    """From its first name, once; with a number when it was there before."""
    start = slugify(name)[:34] or "thema"
    number, code = 1, start
    while Theme.objects.filter(code=code).exists():
        number += 1
        code = f"{start}-{number}"
    return code
