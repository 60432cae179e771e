"""Lists of Django's admin that take any question in their address."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import DataError, OperationalError
from django.http import HttpRequest


class CarefulList(ChangeList):
    """What no database can look up (the year 99999) counts as a mistake in the address, like an unknown field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().__init__(*args, **kwargs)
        except (ValueError, OverflowError, DataError, OperationalError) as error:
            raise IncorrectLookupParameters(error) from error


class CarefulAdmin(admin.ModelAdmin):
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CarefulList
