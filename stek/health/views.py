from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from stek.health.rules import checks


@csrf_exempt  # nothing is written; a form gets 405, not a complaint about its age
@require_safe
@never_cache
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when everything is well, 503 when something is not, and either way what was looked at."""
    results = checks()
    ok = all(check.ok for check in results)
    body = {"ok": ok, "checks": [check.as_dict() for check in results]}
    return JsonResponse(body, status=200 if ok else 503)
