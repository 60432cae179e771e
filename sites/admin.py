"""Looking and repairing, for administrators. The daily work has its own pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from stek.lists import CarefulAdmin

from .accounts.actions import address_changed
from .actions import log_change, rename_address, schedule_changed
from .actions.erasing import erase_person
from .actions.keys import keys_changed
from .actions.roles import tell_of_key, who_hear_of
from .actions.site import refuse_history, remove_site
from .admin_guard import KeepKeys
from .forms.guarded import GuardedModelForm
from .models import (
    ChangeLog,
    Closure,
    HomeAddress,
    Milestone,
    Municipality,
    OldSlug,
    Partnership,
    Place,
    Role,
    Site,
    SiteCheck,
    User,
)
from .told import about_to_change

# An address stands with its person and nowhere else; how somebody signs in is nobody's business.
admin.site.unregister([Group, EmailAddress, Authenticator])


class RepairAdmin(CarefulAdmin):
    """Every repair is in the change log, and every channel of the sites it touches renders anew."""

    form = GuardedModelForm
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        stored = type(obj)._default_manager.filter(pk=obj.pk).first() if change else None
        form.stored = stored
        about_to_change([row for row in (stored, obj) if row])
        super().save_model(request, obj, form, change)
        _log_form(request, form, verb="repair" if change else "add")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Rows on the page of another one are in the log too."""
        formset.save(commit=False)
        for row in formset.deleted_objects:
            _log(request, row, verb="delete")
            row.delete()
        inner = {id(row_form.instance): row_form for row_form in formset.forms}
        for verb, rows in (("repair", [row for row, _ in formset.changed_objects]), ("add", formset.new_objects)):
            for row in rows:
                row.save()
                _log_form(request, inner[id(row)], verb=verb)
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # A row that goes to another site leaves the one it was at.
        rows = [row for row in (form.stored, form.instance) if row]
        self.finish(rows)
        _tell(set().union(*map(_sites_touched, rows)))

    def finish(self, rows: list[Any]) -> None:
        """What else follows from a repair, before the sites are told, which come last; the row as it was, if any, and is."""

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        touched = _sites_touched(obj)
        about_to_change([obj])
        _log(request, obj, verb="delete")
        super().delete_model(request, obj)
        _tell(touched)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    # Django's own log of admins would be a second history, with the text of what was changed.
    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]
        pass

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]
        pass

    def log_deletions(self, request: HttpRequest, queryset: models.QuerySet) -> None:  # type: ignore[override]
        pass


def _who(request: HttpRequest) -> User:
    """The administrator; nobody else gets past Django's own door."""
    assert isinstance(request.user, User)
    return request.user


def _site_of(obj: Any) -> Site | None:
    """The site a row belongs to, when it belongs to one."""
    if isinstance(obj, Site):
        return obj
    for path in ("site", "activity.site", "series.activity.site", "occurrence.site", "body.site"):
        found: Any = obj
        for name in path.split("."):
            found = getattr(found, name, None)
        if isinstance(found, Site):
            return found
    return None


def _log(request: HttpRequest, obj: models.Model, *, verb: str, changes: dict[str, Any] | None = None) -> None:
    # A role over a partnership is about a person: not for the coordinators of its sites.
    partnership = None if isinstance(obj, Role) else getattr(obj, "partnership", None)
    log_change(
        by=_who(request), verb=verb, about=obj, site=_site_of(obj), partnership=partnership, changes=changes or {}
    )


def _log_form(request: HttpRequest, form: Any, *, verb: str) -> None:
    changes = {
        name: [_in_log(form.initial.get(name)), _in_log(form.cleaned_data.get(name))] for name in form.changed_data
    }
    _log(request, form.instance, verb=verb, changes=changes)


def _in_log(value: Any) -> str:
    """Rows by their key: the name of a person may not enter the log."""
    return str(value.pk if isinstance(value, models.Model) else value)


def _sites_touched(obj: models.Model) -> set[int]:
    """A row without a site (a type, an organisation, a whole partnership) may show anywhere."""
    site = _site_of(obj)
    return {site.pk} if site else set(Site.objects.values_list("pk", flat=True))


def _tell(sites: set[int]) -> None:
    for site_id in sorted(sites):
        schedule_changed(site_id)


class ReadOnlyAdmin(RepairAdmin):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(KeepKeys, RepairAdmin):
    fields = ["email", "name", "language", "is_active"]
    list_display = ["email", "name", "is_active"]
    search_fields = ["email", "name"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Another address is another way in: its owner hears of it in the old mailbox, and signs in anew."""
        super().save_model(request, obj, form, change)
        if form.stored and form.stored.email != obj.email:
            own = request.session.session_key if obj == request.user else None
            address_changed(obj, former=form.stored.email, session_key=own)

    def finish(self, rows: list[Any]) -> None:
        for user_id in {row.pk for row in rows}:
            keys_changed(user_id)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Whoever goes is forgotten, on every page where that can be asked."""
        erase_person(obj, by=_who(request))


@admin.register(Site)
class SiteAdmin(RepairAdmin):
    list_display = ["name", "slug", "municipality", "status"]
    actions = None  # a site goes one by one, if it goes at all

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Another address goes the way of every renaming, so that the printed one still leads here."""
        slug = obj.slug
        if change and slug != form.initial["slug"]:
            about_to_change([obj])  # before the row of the site is locked
            obj.slug = form.initial["slug"]
        super().save_model(request, obj, form, change)
        if obj.slug != slug:
            rename_address(obj, slug=slug, by=_who(request))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """A site with a history is archived, never deleted, and the page says so."""
        site = self.get_object(request, object_id)
        try:
            if site:
                refuse_history(site)
        except ValidationError as refusal:
            self.message_user(request, refusal.messages[0], messages.ERROR)
            return HttpResponseRedirect(reverse("admin:sites_site_change", args=[object_id]))
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        remove_site(obj, by=_who(request))


@admin.register(Role)
class RoleAdmin(KeepKeys, RepairAdmin):
    list_display = ["user", "kind", "site", "partnership", "since", "until"]
    list_filter = ["kind", "site"]
    list_select_related = ["user", "site", "partnership"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Who should know of a key hears of it, whichever page it was given on."""
        hearers = who_hear_of(obj, by=_who(request))
        super().save_model(request, obj, form, change)
        if _opens_more(form.stored, obj):
            tell_of_key(obj, hearers)

    def finish(self, rows: list[Any]) -> None:
        for user_id in sorted({row.user_id for row in rows}):
            keys_changed(user_id)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        keys_changed(obj.user_id)


def _opens_more(before: Role | None, role: Role) -> bool:
    """Whether a repaired key opens something, or on some day, that it did not."""
    scopes = [(one.user_id, one.kind, one.site_id, one.partnership_id) for one in (before, role) if one]
    if before is None or scopes[0] != scopes[1]:
        return True
    return role.since < before.since or (role.until or dt.date.max) > (before.until or dt.date.max)


@admin.register(ChangeLog)
class ChangeLogAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "verb", "about_model", "about_id", "site", "partnership"]
    list_filter = ["verb", "about_model", "site"]
    list_select_related = ["by", "site", "partnership"]


@admin.register(SiteCheck)
class SiteCheckAdmin(ReadOnlyAdmin):
    list_display = ["day", "site"]
    list_filter = ["site"]
    list_select_related = ["site"]


@admin.register(Closure)
class ClosureAdmin(RepairAdmin):
    list_display = ["first_day", "last_day", "site", "reason"]
    list_select_related = ["site"]


@admin.register(Milestone)
class MilestoneAdmin(RepairAdmin):
    list_display = ["day", "precision", "site", "text"]
    list_filter = ["site"]
    list_select_related = ["site"]


for model in (Municipality, Partnership, OldSlug, Place, HomeAddress):
    admin.site.register(model, RepairAdmin)
