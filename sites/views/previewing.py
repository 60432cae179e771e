"""A page that shows what it would do before it does it: the form, then the preview, and only with `zeker` in what is sent it is done.

`verander` leads back to the form. What was typed goes along in the preview (`forms/hidden.html`) and is never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from sites.forms.base import add_refusal
from sites.inside import KeyRequest, inside


class Pages(NamedTuple):
    """The two templates."""

    form: str
    preview: str


def preview_first[Found](
    request: KeyRequest, form: forms.BaseForm, pages: Pages, context: dict[str, Any], *,
    look: Callable[[], Found], show: Callable[[Found], dict[str, Any]], do: Callable[[Found], HttpResponse | None],
    refuse: Callable[[Any, ValidationError], object] = add_refusal,
) -> HttpResponse:  # fmt: skip
    """Show the form, the preview, or do it. What `look` or `do` refuses stands at the form.

    `look` finds what would happen and leaves nothing behind, `show` says it for the preview, `do` does it and answers, or gives
    None when something must be ticked first. All three are called with a form that is valid.
    """
    whole = {"form": form} | context
    if request.method == "POST" and "verander" not in request.POST and form.is_valid():
        try:
            found = look()
            answer = do(found) if "zeker" in request.POST else None
            return answer or inside(request, pages.preview, whole | show(found))
        except ValidationError as refusal:
            refuse(form, refusal)
    return inside(request, pages.form, whole)
