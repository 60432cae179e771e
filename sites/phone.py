"""What a telephone may keep of a page behind a key, and for whom: two headers, which the worker reads (`static/stek/worker.js`).

Each such page says whose it is by a random tag of the session, or that nobody is signed in. Closed by default: a page is kept only when
its view says so, for some days, on a device of one's own.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from stek.push.models import Subscription
from stek.push.vapid import is_offered, public_key
from stek.time import BRUSSELS, clock_of, now, wall_now

from .sessions import BORROWED, SINCE
from .words import moment_words

READER, KEEP = "Stek-Reader", "Stek-Keep"
NOBODY = "-"
# Who opens a week-old page learns what is not true any more.
KEPT = dt.timedelta(days=7)


def tag_of(request: HttpRequest) -> str:
    """The session, as a device may know it: it opens nothing, and another one begins when somebody signs in."""
    if not request.user.is_authenticated:
        return NOBODY
    return salted_hmac("sites.phone", request.session.session_key or "", algorithm="sha256").hexdigest()[:20]


def is_own_device(request: HttpRequest) -> bool:
    """Whether somebody is signed in, and not on a device of somebody else."""
    return request.user.is_authenticated and not request.session.get(BORROWED)


def kept_until(request: HttpRequest) -> dt.datetime:
    """Real time: some days from now, and never longer than the session lasts."""
    until, since = wall_now() + KEPT, request.session.get(SINCE)
    if not since:
        return until
    began = dt.datetime.combine(dt.date.fromisoformat(since), dt.time(), tzinfo=clock_of(BRUSSELS))
    return min(until, began + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE))


def mark(request: HttpRequest, response: HttpResponse, *, keep: bool) -> None:
    """Say on a page whose it is, and until when it may be kept, if at all."""
    response[READER] = tag_of(request)
    if keep and response.status_code == 200 and is_own_device(request):
        response[KEEP] = str(int(kept_until(request).timestamp()))


def wipe(response: HttpResponse) -> None:
    """On the answer that signs somebody out: the browser forgets all we gave it to keep, the worker and its subscription too.

    Not `"cookies"`: that would reach other services on the same domain. Not `"cache"`: no page behind a key is in it.
    """
    response["Clear-Site-Data"] = '"storage"'


def of_page(request: HttpRequest) -> dict[str, Any]:
    """For the frame of a page: whether this device may have the worker, and the moment the page tells of, in words."""
    return {"has_worker": is_own_device(request), "moment": moment_words(now())}


def pushes_of(request: HttpRequest) -> dict[str, Any]:
    """For pages on which a script looks after pushes: the key that a browser is told, and whether this device has them; empty when not offered."""
    if not (is_offered() and is_own_device(request)):
        return {"push_key": ""}
    own = Subscription.objects.of(request.user.pk or 0)
    return {"push_key": public_key(), "is_here": own.filter(session=request.session.session_key).exists()}
