"""STEK on a telephone: its worker, what it is called on the home screen, and pages for when there is no internet."""

from __future__ import annotations

import json
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sites.inside import KeyRequest, inside, opened_by
from sites.phone import is_own_device, pushes_of
from sites.rights import Right
from stek.pages import current_language, not_for_visitors, page, public_page, release
from stek.push.actions import check_in, subscribe, unsubscribe
from stek.push.models import Subscription
from stek.push.rules import address_of
from stek.push.vapid import is_offered

CODE = Path(settings.BASE_DIR) / "static/stek/worker.js"
# All that a page which is kept asks for.
FILES = [
    "stek.css",
    "inside.css",
    "icons.svg",
    "mark.svg",
    "icon-192.png",
    "icon-apple.png",
    "phone.js",
    "push.js",
    "guard.js",
]
LANGUAGES = [code for code, _name in settings.STEK_DESK_LANGUAGES]


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
        "icon": static("stek/icon-192.png"),
        "badge": static("stek/badge.png"),
        "shell": [*[static(f"stek/{name}") for name in FILES], *offline.values(), *leaving.values()],
    }
    return f"const STEK = {json.dumps(words)};\n{CODE.read_text(encoding='utf-8')}"


def _in_each_language(view: str) -> dict[str, str]:
    found = {}
    for code in LANGUAGES:
        with override(code):
            found[code] = reverse(view)
    return found


@not_for_visitors
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


@not_for_visitors
@public_page
def offline(request: HttpRequest) -> HttpResponse:
    """`/offline/`: what the worker shows for a page that it did not keep."""
    return page(request, "sites/offline.html", {})


@not_for_visitors
@public_page
def leaving(request: HttpRequest) -> HttpResponse:
    """`/offline/afmelden/`: what the worker shows for signing out without the internet."""
    return page(request, "sites/leaving.html", {})


@opened_by(Right.OWN_DATA)
def telephone(request: KeyRequest) -> HttpResponse:
    """`/mijn/telefoon/`: on the home screen, without the internet, and pushes, if somebody wants them."""
    devices = Subscription.objects.of(request.user.pk).in_order()
    context = {"devices": [_device(request, row) for row in devices], **pushes_of(request)}
    return inside(request, "sites/telephone.html", context)


def _device(request: KeyRequest, row: Subscription) -> dict[str, Any]:
    return {"key": row.pk, "since": row.since, "is_here": row.session_id == request.session.session_key}


@opened_by(Right.OWN_DATA)
def pushes_on(request: KeyRequest) -> HttpResponse:
    """This device, with the address that its browser gave."""
    if request.method == "POST" and is_own_device(request) and is_offered():
        try:
            address = address_of(**{name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")})
        except ValueError:
            messages.error(request, _("Dat lukte niet: deze browser geeft geen adres dat we kunnen gebruiken."))
        else:
            subscribe(request.user, session_key=request.session.session_key, address=address)
            messages.success(request, _("Meldingen staan aan op dit toestel. De mails blijven ook komen."))
    return HttpResponseRedirect(reverse("sites:telephone"))


@opened_by(Right.OWN_DATA)
def pushes_off(request: KeyRequest, device: int) -> HttpResponse:
    """One of one's own devices, from any of them."""
    if request.method == "POST" and unsubscribe(request.user, device):
        messages.success(request, _("Dat toestel krijgt geen meldingen meer."))
    return HttpResponseRedirect(reverse("sites:telephone"))


@opened_by(Right.OWN_DATA)
def here(request: KeyRequest) -> HttpResponse:
    """A script asks, once for each time somebody signed in: is what this browser has still its reader's? 410 when not: it lets go of it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("sites:telephone"))
    endpoint = request.POST.get("endpoint", "")
    is_theirs = is_own_device(request) and check_in(
        request.user, session_key=request.session.session_key, endpoint=endpoint
    )
    return HttpResponse(status=HTTPStatus.NO_CONTENT if is_theirs else HTTPStatus.GONE)
