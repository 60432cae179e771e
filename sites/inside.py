"""Pages behind a key: which right opens them, and what all of them show.

The decorators leave `right` and `of_site` on the view, so that the test of the rights table reads them from the addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers

from stek.pages import bare_path, frame

from . import phone
from .menu import menu
from .models import Site, User
from .rights import Right, can
from .slugs import at_new_slug

View = Callable[..., HttpResponse]


class KeyRequest(HttpRequest):
    """A request behind `opened_by` or `opened_at_site_by`: there is somebody."""

    user: User


def inside(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200, keep: bool = False
) -> HttpResponse:
    """A page for one reader: never kept by a cache, menu and messages with it. `keep`: their own telephone may, to read it offline."""
    whole = (
        frame(bare_path(request.path), settings.STEK_DESK_LANGUAGES)
        | {"menu": menu(request), "phone": phone.of_page(request)}
        | context
    )
    response = render(request, template, whole, status=status)
    add_never_cache_headers(response)
    phone.mark(request, response, keep=keep)
    return response


def opened_by(right: Right) -> Callable[[View], View]:
    """A page for who has this right today, anywhere; for others 403 with an explanation."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not can(request.user, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        opened.right, opened.of_site = right, False  # type: ignore[attr-defined]
        return opened

    return decorate


def opened_at_site_by(right: Right) -> Callable[[View], View]:
    """A page of one site, for who has this right there today. The view gets the `Site` in place of the slug.

    Who has another key of the same site may know that the page exists: 403. For everyone else it does not: 404. An address of
    the site of former days leads to the one of now, for who may open it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            rows = Site.objects.select_related("municipality", "partnership")
            site = rows.filter(slug=slug).first() or get_object_or_404(rows, old_slugs__slug=slug)
            if not can(request.user, right, site):
                raise PermissionDenied if _has_a_key_of(request.user, site) else Http404
            if site.slug != slug:
                return _at_its_address(request, slug, site)
            return view(request, site, **kwargs)

        opened.right, opened.of_site = right, True  # type: ignore[attr-defined]
        return opened

    return decorate


def _at_its_address(request: HttpRequest, slug: str, site: Site) -> HttpResponse:
    """From a letter, or a form that was open while the place got another address: what was filled in goes along."""
    return HttpResponseRedirect(at_new_slug(request.get_full_path(), slug, site.slug), preserve_request=True)


def _has_a_key_of(user: Any, site: Site) -> bool:
    return isinstance(user, User) and user.is_active and any(role.covers(site) for role in user.active_roles)
