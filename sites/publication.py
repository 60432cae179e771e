"""Bodies of public pages and feeds: rendered once, kept until they are no longer true.

The key holds the site's schedule version, the language and the local date; the entry says until when it is true. The version
comes from the database at each request, so three processes with three memories can never disagree.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from stek.pages import current_language, release
from stek.time import is_shifted, now, today

from .enums import SiteStatus
from .models import Site

ZIPS = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)  # `gzip;q=0` is a reader that cannot
KEEP = 26 * 3600  # seconds; the date in the key ends an entry's use long before


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent, plain and compressed once; `until` is the UTC domain moment it stops being true."""

    plain: bytes
    zipped: bytes
    etag: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class PublicSite:
    """What a request must know of a site before it can look in the cache."""

    id: int
    slug: str
    version: int
    zone: str


def public_site(slug: str) -> PublicSite | None:
    """The running site at an address, in one small query; None for an address that is not of today."""
    # Plain SQL: this runs at every request, and building the query would cost six times what running it does.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, slug, schedule_version, time_zone FROM sites_site WHERE slug = %s AND status = %s",
            [slug, SiteStatus.ACTIVE.value],
        )
        row = cursor.fetchone()
    return PublicSite(*row) if row else None


def published(
    request: HttpRequest,
    site: PublicSite,
    what: str,
    render: Callable[[Site], tuple[str | bytes, dt.datetime]],
    *,
    content_type: str = "text/html; charset=utf-8",
    language: str | None = None,
    keep: bool = True,
) -> HttpResponse:
    """The kept body for `what`, or a new one from `render(site)`, which gives the body and until when it is true.

    Answers 304 to a reader who has it already. `render` may raise Http404: nothing is kept then. Not to `keep` is for what a reader
    puts together himself: every mix would be a body more.
    """
    if not keep:
        return _response(request, _body(*render(_whole_site(site.id, site.version))), content_type)
    language = language or current_language()
    moment = now()
    parts = (release(), what, site.id, site.version, language, today(site.zone), is_shifted())
    # A digest: `what` holds words of the address, of any length.
    key = "body:" + hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
    body = cache.get(key)
    if body is None or not moment < body.until:
        body = _body(*render(_whole_site(site.id, site.version)))
        cache.set(key, body, KEEP)
    return _response(request, body, content_type)


@lru_cache(maxsize=512)
def _whole_site(site_id: int, version: int) -> Site:
    """The site with its municipality, read once for each version of its schedule."""
    found = Site.objects.select_related("municipality").filter(pk=site_id).first()
    if found is None:
        raise Http404
    return found


forget = _whole_site.cache_clear
"""For tests, which write rows without raising the version."""


def _body(content: str | bytes, until: dt.datetime) -> Body:
    plain = content.encode() if isinstance(content, str) else content
    etag = quote_etag(hashlib.blake2b(plain, digest_size=12).hexdigest())
    return Body(plain=plain, zipped=gzip.compress(plain, compresslevel=6, mtime=0), etag=etag, until=until)


def _response(request: HttpRequest, body: Body, content_type: str) -> HttpResponse:
    zips = bool(ZIPS.search(request.headers.get("accept-encoding", "")))
    response = HttpResponse(body.zipped if zips else body.plain, content_type=content_type)
    if zips:
        response["Content-Encoding"] = "gzip"
    # A proxy may keep it, but asks each time: a cancelled activity must not live on in a cache.
    response["Cache-Control"] = "public, no-cache"
    # Weak: the same words, plain or compressed.
    response["ETag"] = f"W/{body.etag}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
