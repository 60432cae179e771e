"""Middleware for what Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# No page of ours asks a browser for any of these.
POLICY = ", ".join(
    f"{feature}=()" for feature in ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
)


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return middleware
