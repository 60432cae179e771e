"""Looking and repairing, for administrators. Dates are made by actions only: here they are read."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from sites.admin import ReadOnlyAdmin, RepairAdmin
from sites.forms.guarded import GuardedModelForm

from .actions.materialise import make_dates
from .models import Activity, ActivityType, Occurrence, Series, SeriesDate, Text


@admin.register(Activity)
class ActivityAdmin(RepairAdmin):
    list_display = ["slug", "site", "type", "needs_check"]
    list_filter = ["site", "type", "needs_check"]
    list_select_related = ["site", "type"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Its address is printed and its dates are at its site: both are for life."""
        return ["site", "slug"] if obj else []


class DateInline(admin.TabularInline):
    model = SeriesDate
    form = GuardedModelForm
    extra = 0


class TextInline(admin.StackedInline):
    model = Text
    form = GuardedModelForm
    extra = 0


@admin.register(Series)
class SeriesAdmin(RepairAdmin):
    """Spelling, and dates put in or taken out. Day, hours, place, price and host change by a successor only."""

    list_display = ["title", "activity", "frequency", "weekday", "first_day", "last_day", "is_published"]
    list_filter = ["activity__site", "frequency"]
    list_select_related = ["activity__site"]
    search_fields = ["title"]
    inlines = [DateInline, TextInline]
    readonly_fields = [
        "activity",
        "follows",
        "frequency",
        "weekday",
        "interval",
        "nth",
        "begin",
        "end",
        "part",
        "first_day",
        "last_day",
        "place",
        "price_kind",
        "price_cents",
    ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # an agreement begins with `start_series`, which makes its dates too

    def finish(self, rows: list[Any]) -> None:
        make_dates(rows[-1])


@admin.register(Occurrence)
class OccurrenceAdmin(ReadOnlyAdmin):
    list_display = ["day", "series", "site", "status", "is_changed"]
    list_filter = ["site", "status"]
    list_select_related = ["series", "site"]
    date_hierarchy = "day"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).order_by("-day")


admin.site.register(ActivityType, RepairAdmin)
