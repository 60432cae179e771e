"""Form fields every room uses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


class DateField(forms.DateField):
    """A day. A browser sends 2023-10-09; who types it, or uses an old browser, may write 9/10/2023 too."""

    input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
    default_error_messages = {"invalid": _("Deze dag bestaat niet. Schrijf ze zo: 31/12/2023.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> dt.date | None:
        """Years nobody means are a slip of the finger: 0203, 22023."""
        day = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Kijk het jaar na: het ligt tussen 1900 en 2100."))
        return day


class TimeField(forms.TimeField):
    """A local hour. A browser sends 13:30; who types it may write 13.30 or 13u30 too."""

    input_formats = ["%H:%M", "%H.%M", "%Hu%M", "%Hh%M", "%H:%M:%S"]
    default_error_messages = {"invalid": _("Dit uur bestaat niet. Schrijf het zo: 13:30.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        super().__init__(**kwargs)


def text_field(language: str, *, is_long: bool = False, **kwargs: Any) -> forms.CharField:
    """Words in a language, which may run the other way."""
    attrs: dict[str, Any] = {"lang": language} | ({"dir": "rtl"} if get_language_info(language)["bidi"] else {})
    kwargs.setdefault("required", False)
    kwargs.setdefault("widget", forms.Textarea({"rows": 3} | attrs) if is_long else forms.TextInput(attrs))
    return forms.CharField(**kwargs)
