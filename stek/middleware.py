"""Middleware for what Django has no setting for."""

import re
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from stek.log import doing
from stek.pages import bare_path, languages_of

# No page of ours asks a browser for any of these.
POLICY = ", ".join(
    f"{feature}=()" for feature in ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
)

# What a proxy gives: 32 hexadecimal digits (nginx) or a UUID. Anything else may be a visitor's own text.
NUMBER = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

DESK_LANGUAGES = frozenset(dict(settings.STEK_DESK_LANGUAGES))

# What Django gives: the key of a session; the secret of a form, plain or masked.
COOKIES = {
    settings.SESSION_COOKIE_NAME: re.compile(r"[a-z0-9]{32}"),
    settings.CSRF_COOKIE_NAME: re.compile(r"[A-Za-z0-9]{32}|[A-Za-z0-9]{64}"),
}


def numbered(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Each request has a number, in its answer and in every line of the log about it; our proxy may choose it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.STEK_BEHIND_PROXY else ""
        request.number = given if NUMBER.fullmatch(given) else secrets.token_hex(16)  # type: ignore[attr-defined]
        token = doing.set({"request": request.number})  # type: ignore[attr-defined]
        try:
            response = get_response(request)
        finally:
            doing.reset(token)
        response.headers["X-Request-ID"] = request.number  # type: ignore[attr-defined]
        return response

    return middleware


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return middleware


def only_our_cookies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A session or form cookie of another shape than ours was never given, so it is not there.

    Django answers a broken one with a new one or with its removal, on any page: a public page would set a cookie and vary by it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        for name, shape in COOKIES.items():
            if not shape.fullmatch(request.COOKIES.get(name, "")):
                request.COOKIES.pop(name, None)
        return get_response(request)

    return middleware


class LanguageFromAddress:
    """The language is that of the address and of nothing else: no cookie, no browser setting, so no Vary either.

    Django's LocaleMiddleware does the same and then tells every cache that the answer depends on Accept-Language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """What is not for visitors is there in the languages of the desk only; in another one the address leads to the Dutch page."""
        if request.LANGUAGE_CODE in DESK_LANGUAGES or request.LANGUAGE_CODE in dict(languages_of(view)):
            return None
        query = request.META.get("QUERY_STRING", "")
        path = bare_path(request.path)
        return HttpResponseRedirect(f"{path}?{query}" if query else path)
