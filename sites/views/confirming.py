"""A page that asks once, and then does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from sites.inside import KeyRequest

from .answering import answer, sent


class Nothing(forms.Form):
    """Only the button counts."""


def confirm(
    request: KeyRequest,
    do: Callable[[], Any],
    *,
    told: str,
    to: str,
    context: dict[str, Any],
    template: str = "sites/form.html",
) -> HttpResponse:
    """A question with one button. What the action refuses stands above it."""
    # A form without a field is bound by anything, also by a button alone.
    form = Nothing(sent(request))
    return answer(request, form, do, told=told, to=to, template=template, context={"is_grave": True} | context)
