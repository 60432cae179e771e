from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from stek.health.models import Heartbeat
from stek.lists import CarefulAdmin


@admin.register(Heartbeat)
class HeartbeatAdmin(CarefulAdmin):
    """For looking only: a heart that is made to beat by hand says nothing."""

    list_display = ["name", "at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
