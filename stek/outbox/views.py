"""`/berichten/stop/<token>/`: no more of one kind of message. The one form without a CSRF token: the link itself is signed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stek.pages import page

from .actions import resume, stop
from .kinds import kind_of
from .links import read_link
from .models import Stop


@login_not_required
@csrf_exempt  # RFC 8058: a mail program sends it, without a cookie and without having seen a page
@require_http_methods(["GET", "HEAD", "POST"])
def stop_page(request: HttpRequest, token: str) -> HttpResponse:
    """Looking shows a button, because scanners of mail follow every link; sending stops it, and again with `do=resume`."""
    found = read_link(token)
    kind = kind_of(found[1]) if found else None
    if found is None or kind is None or not kind.may_stop:
        raise Http404
    user_id = found[0]
    if request.method == "POST":
        (resume if request.POST.get("do") == "resume" else stop)(user_id, kind)
    is_stopped = Stop.objects.of(user_id).filter(kind=kind.name).exists()
    context = {"about": kind.about, "is_stopped": is_stopped, "is_done": request.method == "POST"}
    response = page(request, "outbox/stop.html", context)
    add_never_cache_headers(response)
    return response
