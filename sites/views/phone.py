"""STEK on a telephone: its worker, what it is called on the home screen, and pages for when there is no internet."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sites.inside import KeyRequest, inside, opened_by
from sites.phone import is_own_device
from sites.rights import Right
from stek.pages import current_language, page, public_page, release

CODE = Path(settings.BASE_DIR) / "static/stek/worker.js"
# All that a page which is kept asks for.
FILES = ["stek.css", "inside.css", "icons.svg", "mark.svg", "icon-192.png", "icon-apple.png", "phone.js", "guard.js"]
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@public_page
def worker(request: HttpRequest) -> HttpResponse:
    """`/sw.js`, at the root: a worker answers for addresses below its own. Asked anew each time, so that no release gets stuck."""
    response = HttpResponse(_code(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=1)
def _code() -> str:
    offline, leaving = _in_each_language("sites:offline"), _in_each_language("sites:leaving")
    words = {
        "release": release(),
        "languages": LANGUAGES,
        "offline": offline,
        "leaving": leaving,
        "signOut": reverse("account_logout"),
        "shell": [*[static(f"stek/{name}") for name in FILES], *offline.values(), *leaving.values()],
    }
    return f"const STEK = {json.dumps(words)};\n{CODE.read_text(encoding='utf-8')}"


def _in_each_language(view: str) -> dict[str, str]:
    found = {}
    for code in LANGUAGES:
        with override(code):
            found[code] = reverse(view)
    return found


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """`/manifest.webmanifest`: what STEK is on a home screen, in the language of the page it was put there from."""
    words: dict[str, Any] = {
        "id": "/mijn/",
        "name": _("Mijn STEK"),
        "short_name": "STEK",
        "description": _("Je beurten, ook zonder internet."),
        "lang": current_language(),
        "dir": "ltr",
        "start_url": reverse("sites:mine"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f2",
        "theme_color": "#faf8f2",
        "icons": [
            _icon("icon-192.png", 192),
            _icon("icon-512.png", 512),
            _icon("icon-maskable.png", 512) | {"purpose": "maskable"},
        ],
    }
    return JsonResponse(words, content_type="application/manifest+json")


def _icon(name: str, side: int) -> dict[str, str]:
    return {"src": static(f"stek/{name}"), "sizes": f"{side}x{side}", "type": "image/png"}


@public_page
def offline(request: HttpRequest) -> HttpResponse:
    """`/offline/`: what the worker shows for a page that it did not keep."""
    return page(request, "sites/offline.html", {})


@public_page
def leaving(request: HttpRequest) -> HttpResponse:
    """`/offline/afmelden/`: what the worker shows for signing out without the internet."""
    return page(request, "sites/leaving.html", {})


@opened_by(Right.OWN_DATA)
def telephone(request: KeyRequest) -> HttpResponse:
    """`/mijn/telefoon/`: on the home screen, without the internet."""
    return inside(request, "sites/telephone.html", {"is_own": is_own_device(request)})
