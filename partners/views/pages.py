"""What the pages of this room share: the page with one form, and who may be chosen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from partners.desk_forms import DeskForm
from sites.inside import KeyRequest, inside
from sites.models import Site


def form_page(
    request: KeyRequest, site: Site, form: DeskForm, *, title: str, button: str, back: str, **more: Any
) -> HttpResponse:
    """One form on a page; `lead` says in a sentence what it is for, `back` is where who changes their mind goes."""
    context = {"site": site, "form": form, "title": title, "button": button, "back": back}
    return inside(request, "partners/form.html", context | more)


def told(request: KeyRequest, message: str, view: str, *args: Any) -> HttpResponse:
    """On to another page, which says what was done."""
    messages.success(request, message)
    return HttpResponseRedirect(reverse(view, args=args))
