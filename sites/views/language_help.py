"""`/taal-hulp/`: what the guard sees, asked while somebody types. The text is looked at and forgotten."""

from __future__ import annotations

import hashlib
import hmac
import re

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sites.allowed import allowed_names
from sites.inside import KeyRequest, opened_by
from sites.rights import Right
from stek.guard.findings import LIMIT
from stek.guard.forms import TICK, Tick, look, proof_of, render_hint
from stek.guard.spoken import hint_for

FIELD = re.compile(r"[\w-]{1,80}")
MOST, WITHIN = 120, 60  # times, seconds: somebody who types without a pause asks once a second


@opened_by(Right.OWN_DATA)
@never_cache
@require_POST
@sensitive_post_parameters("text")
def language_help(request: KeyRequest) -> HttpResponse:
    """Takes `text`, `field` (its name on the page) and `welcome` (kinds, with blanks between).

    Gives `{"findings": [{"kind", "start", "end", "severity"}], "hint": html}`; offsets count code points, `hint` is empty when all is well.
    """
    if _asks_too_often(request):
        return JsonResponse({"findings": [], "hint": ""}, status=429)
    text = request.POST.get("text", "")[:LIMIT]
    found = look(text, allow=allowed_names, welcome=request.POST.get("welcome", "").split())
    shown = [{"kind": one.kind, "start": one.start, "end": one.end, "severity": one.severity} for one in found]
    return JsonResponse({"findings": shown, "hint": _hint(text, found, request.POST.get("field", "")) if found else ""})


def _hint(text: str, found: list, field: str) -> str:
    hint = hint_for(text, found)
    has_tick = not hint.is_block and FIELD.fullmatch(field)
    return render_hint(hint, Tick(f"{field}{TICK}", proof_of(text, found)) if has_tick else None)


def _asks_too_often(request: KeyRequest) -> bool:
    """Counted for a session, under a key that does not give it away. A silent cache counts nothing."""
    session = (request.session.session_key or "").encode()
    key = "taal-hulp:" + hmac.new(settings.SECRET_KEY.encode(), session, hashlib.blake2s).hexdigest()
    cache.add(key, 0, WITHIN)
    try:
        return cache.incr(key) > MOST
    except ValueError:
        return False
