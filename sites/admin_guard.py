"""A repair in Django's admin takes no last coordinator and no last administrator away either."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from .actions.roles import keep_keys
from .models import Role, User


class KeepKeys:
    """Before `RepairAdmin`, for the rows that carry keys: the refusal says what to do first, and nothing is changed."""

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        with keep_keys(_keys_of(obj)):
            super().save_model(request, obj, form, change)  # type: ignore[misc]

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with keep_keys(_keys_of(obj)):
            super().delete_model(request, obj)  # type: ignore[misc]

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        with transaction.atomic():
            super().delete_queryset(request, queryset)  # type: ignore[misc]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _or_say_so(request, super().changeform_view, *args, **kwargs)  # type: ignore[misc]

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _or_say_so(request, super().delete_view, *args, **kwargs)  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _or_say_so(request, super().changelist_view, *args, **kwargs)  # type: ignore[misc]


def _or_say_so(request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(request.get_full_path())


def _keys_of(obj: models.Model) -> list[Role]:
    """Those of a person, or the one of this row as it was before this repair."""
    if isinstance(obj, User):
        return list(obj.roles.all()) if obj.pk else []
    return list(Role.objects.filter(pk=obj.pk))
