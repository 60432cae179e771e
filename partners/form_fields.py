"""Form fields of this room."""

from __future__ import annotations

from typing import Any

from django import forms

from stek.time import today

from .models import Organisation


class OrganisationField(forms.ModelChoiceField):
    """A choice of organisations by their name of today; the form gives it its `queryset`, with names fetched."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return obj.name_on(today())
