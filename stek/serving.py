"""Gunicorn's settings: `gunicorn stek.wsgi --config python:stek.serving --bind …`."""

from django.conf import settings

workers = 2
threads = 4
preload_app = True
# No access log at all, and errors in the same form and place as everything else.
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {"gunicorn.error": {"level": "WARNING", "filters": ["without_address"], "propagate": True}},
}
