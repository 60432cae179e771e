"""Pages of which not even a visit leaves anything: no line in our log, no address in the next request, nothing kept by a browser.

Where somebody gives a signal, the minute of a refusal in a log, or an address in a `Referer`, would be the time that a signal may not have.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from stek.log import is_quiet

View = Callable[..., HttpResponse]


def quiet(view: View) -> View:
    """Outermost on a view. Whatever it answers, a breakdown apart, has no line in the log."""

    @wraps(view)
    def unheard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    unheard.is_quiet = True  # type: ignore[attr-defined]
    return unheard


class HiddenOrigin:
    """Middleware, before Django's for forms: from a page that sends no `Referer` a browser sends `Origin: null` with a form.

    On a quiet page that is taken for our own origin, unless the browser says that another website sent it. What protects such a form is its
    token, and a cookie that no other website makes a browser send (`SameSite=Strict`).
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        if is_ours and request.headers.get("Origin") == "null" and is_quiet(request):
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
