"""What every public page has in common: its language from the address, nothing about its reader.

Pages are rendered without the request, so that no context processor can touch user, session, messages or CSRF token.
"""

from __future__ import annotations

import gettext as gettext_module
import hashlib
from collections.abc import Callable
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.cache import add_never_cache_headers
from django.utils.encoding import escape_uri_path
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from stek.dates import date_words
from stek.time import is_shifted, today

READ_METHODS = ("GET", "HEAD")

type Languages = list[tuple[str, str]]  # code, own name

# Each stands in its own language on every page, whatever the page is in, so no catalogue has them.
WELCOME = {
    "nl": "Welkom",
    "fr": "Bienvenue",
    "en": "Welcome",
    "ar": "أهلًا وسهلًا",
    "fa": "خوش آمدید",
    "tr": "Hoş geldiniz",
    "uk": "Ласкаво просимо",
    "pl": "Witamy",
    "ro": "Bine ați venit",
    "es": "Bienvenidos",
    "de": "Willkommen",
}


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for everyone, to read only: no sign-in, and another method than GET or HEAD is refused with a page."""

    @login_not_required
    @csrf_exempt  # nothing is written here; the answer to a form is the page for 405
    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READ_METHODS:
            response = error_page(request, 405, _("Dat kan hier niet"), _("Deze pagina kan je alleen lezen."))
            response["Allow"] = HttpResponseNotAllowed(READ_METHODS)["Allow"]
            return response
        return view(request, *args, **kwargs)

    reading.is_public = True  # type: ignore[attr-defined]
    return reading


def not_for_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page, but for who works here or makes websites: it is there in the languages of the desk."""
    view.is_not_for_visitors = True  # type: ignore[attr-defined]
    return view


def languages_of(view: Any) -> Languages:
    """The languages in which the pages of a view are there: all of them for visitors, those of the desk for everything else."""
    is_open = getattr(view, "is_public", False) or getattr(view, "is_for_everybody", False)
    is_for_visitors = is_open and not getattr(view, "is_not_for_visitors", False)
    return settings.LANGUAGES if is_for_visitors else settings.STEK_DESK_LANGUAGES


def render_page(template: str, path: str, context: dict[str, Any]) -> str:
    """The text of a page. `path` is its address without language, `/kattegat/`; it gives the language links."""
    return get_template(template).render(frame(path) | context)


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page that is rendered at each request."""
    languages = languages_of(request.resolver_match.func) if request.resolver_match else None
    return HttpResponse(get_template(template).render(frame(bare_path(request.path), languages) | context))


def form_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page with a form for everybody: the CSRF token is the one thing it takes from the request."""
    languages = languages_of(request.resolver_match.func) if request.resolver_match else None
    return render(request, template, frame(bare_path(request.path), languages) | context, status=status)


PLACE = "\0"  # stands where the address of a page comes


def frame(path: str, languages: Languages | None = None) -> dict[str, Any]:
    """What the base template asks for, in the active language; `languages` are those in which the page is there."""
    language, codes = current_language(), tuple(code for code, _name in languages or settings.LANGUAGES)
    address = escape(path)
    return {
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "is_unread": is_unread(language),
        "is_of_desk": language in dict(settings.STEK_DESK_LANGUAGES),
        "languages": _languages(address, codes),
        **{name: _links(f"_{name}.html", language, codes, address) for name in ("alternates", "chooser", "welcome")},
        "prefix": in_language("/", language),
        "icons": icons_address(),
        "about_links": about_links(language),
        "demo": settings.STEK_DEMO,
        "shifted_day": date_words(today(), _("l j F Y")) if is_shifted() else "",
    }


def _languages(address: str, codes: tuple[str, ...]) -> list[dict[str, str]]:
    """The page in each language; `address` is escaped already."""
    names = dict(settings.LANGUAGES)
    return [
        {"code": code, "name": names[code], "welcome": WELCOME[code], "url": SafeString(in_language(address, code))}
        for code in codes
    ]


def _links(template: str, language: str, codes: tuple[str, ...], address: str) -> SafeString:
    return SafeString(_links_to_a_page(template, language, codes).replace(PLACE, address))


@lru_cache(maxsize=128)
def _links_to_a_page(template: str, language: str, codes: tuple[str, ...]) -> str:
    """Links to any page in each language: eleven of them three times, anew for each page, would cost a tenth of a small week."""
    context = {
        "language": language,
        "own_name": dict(settings.LANGUAGES)[language],
        "languages": _languages(PLACE, codes),
    }
    return get_template(template).render(context | {"icons": icons_address()})


@cache
def icons_address() -> SafeString:
    """Where the drawings are; escaped once, not at each of its forty uses."""
    return escape(static("stek/icons.svg"))


@cache
def about_links(language: str) -> str:
    """The last links of every page, the same on all of them: rendered once for each language, which is the active one."""
    return get_template("_about_links.html").render({"is_of_desk": language in dict(settings.STEK_DESK_LANGUAGES)})


@cache
def is_unread(language: str) -> bool:
    """Whether nobody who speaks it has read its words through: its catalogue then has no day of that in its head."""
    if language in dict(settings.STEK_DESK_LANGUAGES):
        return False
    catalogue = gettext_module.translation("django", settings.LOCALE_PATHS[0], [language], fallback=True)
    return not catalogue.info().get("x-read-through-on")


def current_language() -> str:
    """The code of the active language, always one of `LANGUAGES`."""
    code = get_language() or settings.LANGUAGE_CODE
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def in_language(path: str, code: str) -> str:
    """The address of a bare path in a language: Dutch has no prefix."""
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"


def bare_path(path: str) -> str:
    """An address without its language prefix."""
    code = path[1:].split("/", 1)[0]
    return path[len(code) + 1 :] if path.startswith(f"/{code}/") and code in dict(settings.LANGUAGES) else path


def error_page(request: HttpRequest, status: int, title: str, text: str, **context: Any) -> HttpResponse:
    """Something went wrong, in plain words, with the way back to the schedule."""
    # The language links repeat what somebody typed: `//elsewhere.example/` may not become an address of another website.
    path = "/" + escape_uri_path(bare_path(request.path)).lstrip("/") if status in {404, 405} else "/"
    page = render_page("error.html", path, {"title": title, "text": text, "status": status} | context)
    response = HttpResponse(page, status=status)
    add_never_cache_headers(response)
    return response


@lru_cache(maxsize=1)
def release() -> str:
    """A fingerprint of all that a body is made of besides its rows, so that a new release never serves an old one."""
    digest = hashlib.blake2b(f"{settings.STEK_BASE_URL} {settings.STEK_UID_DOMAIN}".encode(), digest_size=6)
    base = Path(settings.BASE_DIR)
    rooms = [base / room for room in ("stek", "sites", "partners", "activities", "signals")]
    code = [path for room in rooms for path in room.rglob("*.py")]
    texts = [path for folder in ("templates", "static") for path in (base / folder).rglob("*") if path.is_file()]
    for path in sorted([*code, *texts, *(base / "locale").rglob("*.mo")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
