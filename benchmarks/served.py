"""The application with the bare view of a report beside it: `gunicorn benchmarks.served`."""

from stek.wsgi import application

__all__ = ["application"]

import datetime as dt

from django.urls import path

from benchmarks import bare
from stek import urls

DAYS = {"first": dt.date(2019, 1, 1), "last": dt.date(2022, 12, 31)}
urls.urlpatterns[:0] = [path("bare/rollup/<slug:partnership>/", bare.rollup_with_a_key, DAYS)]
