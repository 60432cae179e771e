"""From an address to a running site: an old address leads to the new one, for ever."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import add_never_cache_headers

from stek.pages import public_page

from .models import OldSlug, Site
from .publication import public_site
from .slugs import at_new_slug


def site_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page of one site: the view gets a `PublicSite` in place of the slug."""

    @public_page
    @wraps(view)
    def of_site(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        site = public_site(slug)
        if site is None:
            return _redirect_from_old(request, slug)
        return view(request, site, **kwargs)

    return of_site


def site_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page with a form of one running site, for everybody; the view gets the `Site`. Nobody keeps it.

    Its address may be a secret, so it does not travel on. With "no-referrer" browsers hide the origin of our own form too.
    """

    @login_not_required
    @wraps(view)
    def of_site(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        site = Site.objects.public().select_related("municipality").filter(slug=slug).first()
        if site is None:
            return _redirect_from_old(request, slug)
        response = view(request, site, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "strict-origin"
        return response

    of_site.is_for_everybody = True  # type: ignore[attr-defined]
    return of_site


def _redirect_from_old(request: HttpRequest, slug: str) -> HttpResponse:
    old = OldSlug.objects.filter(slug=slug, site__in=Site.objects.public()).select_related("site").first()
    if old is None:
        raise Http404
    path = at_new_slug(request.path, slug, old.site.slug)
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    # A browser that keeps it goes round in circles once the place has its former address again.
    response["Cache-Control"] = "public, no-cache"
    return response
