"""Gunicorn's settings: `gunicorn stek.wsgi --config python:stek.serving --bind …`."""

from django.conf import settings

workers = 2
threads = 4
preload_app = True
# Gunicorn believes headers of whoever speaks from this machine, and a proxy there passes on what a visitor sent. One that says
# where the application stands would go into pages that are kept for everybody. A proxy is believed in the settings only.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
# No access log at all, and errors in the same form and place as everything else.
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {"gunicorn.error": {"level": "WARNING", "filters": ["without_address"], "propagate": True}},
}
