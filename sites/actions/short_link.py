"""Codes for pages, given once and never again to another page."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.conf import settings

from sites.models import ShortLink, Site
from sites.short_links import OF_SITE

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another one
LENGTH = 7  # of 31 letters: 27 thousand million


def give_short_links(site: Site, *, kind: str = OF_SITE, numbers: Iterable[int] = (0,)) -> None:
    """A code for each of these pages in every language; a page that has one keeps it. Two at once do no harm."""
    numbers = list(numbers)
    known = set(
        ShortLink.objects.filter(site=site, kind=kind, number__in=numbers).values_list("number", "language")
    )  # fmt: skip
    missing = [
        ShortLink(code=_code(), site=site, kind=kind, number=number, language=language)
        for number in numbers
        for language, _name in settings.LANGUAGES
        if (number, language) not in known
    ]
    ShortLink.objects.bulk_create(missing, ignore_conflicts=True)


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
