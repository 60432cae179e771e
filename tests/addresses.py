"""Every address of the project, read from the URL patterns: what a sweep walks, and what it expects of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

from sites.rights import Right
from stek.pages import languages_of

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
REGEX_PARAMETER = re.compile(r"\(\?P<(\w+)>.*?\)")


@dataclass(frozen=True)
class Address:
    """`path` with its parameters still in it, as `{slug}`; `view` is what answers there."""

    path: str
    view: Callable

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    def fill(self, **values: object) -> str:
        return self.path.format(**values)

    @property
    def is_public(self) -> bool:
        """For everyone, without a cookie, to read only."""
        return getattr(self.view, "is_public", False)

    @property
    def right(self) -> Right | None:
        """The row of the rights table that opens it."""
        return getattr(self.view, "right", None)

    @property
    def is_of_site(self) -> bool:
        return getattr(self.view, "of_site", False)

    @property
    def language(self) -> str:
        first = self.path.split("/")[1]
        return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    @property
    def is_dutch(self) -> bool:
        return self.language == settings.LANGUAGE_CODE


def _walk(patterns: list, prefix: str) -> Iterator[Address]:
    for entry in patterns:
        pattern = entry.pattern
        if isinstance(pattern, LocalePrefixPattern):
            owns = ["", *(f"{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
        elif isinstance(pattern, RegexPattern):
            owns = [REGEX_PARAMETER.sub(r"{\1}", str(pattern)).strip("^$")]
        else:
            owns = [PARAMETER.sub(r"{\1}", str(pattern))]
        for own in owns:
            if isinstance(entry, URLResolver):
                yield from _walk(entry.url_patterns, prefix + own)
            elif isinstance(entry, URLPattern):
                yield Address(prefix + own, entry.callback)


# Two patterns may have one path: the first one answers.
_EVERYWHERE = list(
    {address.path: address for address in reversed(list(_walk(get_resolver().url_patterns, "/")))}.values()
)[::-1]
ALL = [address for address in _EVERYWHERE if address.language in dict(languages_of(address.view))]
# They lead to the Dutch page.
IN_NO_LANGUAGE_OF_THE_DESK = [address for address in _EVERYWHERE if address not in ALL]
ADMIN = [address for address in ALL if address.path.startswith("/admin/")]
MACHINES = [address for address in ALL if address.path in {"/gezond/", "/favicon.ico", "/sw.js"}]
PUBLIC = [address for address in ALL if address.is_public and address not in MACHINES]
BEHIND_A_RIGHT = [address for address in ALL if address.right]
# Signing in and out, invitations: open or closed by themselves, and written down one by one in test_doors.py.
OTHERS = [address for address in ALL if address not in [*ADMIN, *MACHINES, *PUBLIC, *BEHIND_A_RIGHT]]
