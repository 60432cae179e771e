"""How a page with one form answers: the form, the form with what is wrong, or on to the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from sites.forms.base import attempt, left_behind
from sites.inside import KeyRequest, inside

CONFLICT = 409


def sent(request: KeyRequest) -> Any:
    """What a form is bound to: the data of a POST, nothing for somebody who looks."""
    return request.POST if request.method == "POST" else None


def answer(
    request: KeyRequest, form: forms.BaseForm, do: Callable[[], Any], *, told: str, to: str,
    template: str = "sites/form.html", context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """Show the form; when it was sent, do it, say so and go on to `to`. What was typed is never lost.

    `to` is an address. The context of `sites/form.html` stands in that template.
    """
    status = 200
    if request.method == "POST":
        if attempt(form, do):
            messages.success(request, told)
            tell_left_behind(request, form)
            return HttpResponseRedirect(to)
        status = CONFLICT if getattr(form, "differences", None) else 200
    return inside(request, template, {"form": form, "back": to} | context, status=status)


def tell_left_behind(request: KeyRequest, form: forms.BaseForm) -> None:
    """After a form was done: say which translations nobody touched while the Dutch words changed."""
    if languages := left_behind(form):
        told = _("Het Nederlands veranderde, en dit bleef zoals het was: %(languages)s. Kijk na of het nog klopt.")
        messages.info(request, told % {"languages": ", ".join(languages)})
