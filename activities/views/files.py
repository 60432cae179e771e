"""A page as a file to keep."""

from __future__ import annotations

from django.http import HttpResponse


def csv_file(text: str, name: str) -> HttpResponse:
    """About people: kept by nobody in between."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
