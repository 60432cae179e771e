"""Codes on paper: where they lead, and what a code of a page is [CAL-04, OUT-03].

A room says which pages of its own may have codes; `sites` knows the one of the place itself.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from stek.pages import in_language

from .models import ShortLink, Site

OF_SITE = "site"
# Kind -> the address without language of the page with this number at a site; None when it is not there any more.
Finder = Callable[[Site, int], str | None]

_finders: dict[str, Finder] = {OF_SITE: lambda site, _number: f"/{site.slug}/"}


def add_page(kind: str, finder: Finder) -> None:
    """For `AppConfig.ready`."""
    _finders[kind] = finder


def leads_to(link: ShortLink) -> str:
    """The address of today behind a code, in its language; the place itself when the page it was for is gone."""
    found = _finders.get(link.kind, _finders[OF_SITE])(link.site, link.number)
    return in_language(found or f"/{link.site.slug}/", link.language)


def printed_address(site: Site, language: str, *, kind: str = OF_SITE, number: int = 0) -> str:
    """The whole address for a code on paper. A page that got no code yet has its own: an old address of a place leads on too."""
    link = ShortLink.objects.filter(site=site, kind=kind, number=number, language=language).first()
    if link:
        return f"{settings.STEK_BASE_URL}/q/{link.code}/"
    found = _finders[kind](site, number) or f"/{site.slug}/"
    return settings.STEK_BASE_URL + in_language(found, language)
