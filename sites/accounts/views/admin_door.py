"""The door of Django's admin is the one of everybody else."""

from __future__ import annotations

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse


@login_not_required
def admin_door(request: HttpRequest) -> HttpResponse:
    """Strangers are led to our own door; who is in and comes here is no administrator today."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME, "/admin/"), reverse("account_login"))


def no_such_page(request: HttpRequest) -> HttpResponse:
    raise Http404
