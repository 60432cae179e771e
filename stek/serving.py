"""Gunicorn's settings: `gunicorn stek.wsgi --config python:stek.serving --bind …`."""

from pathlib import Path

from django.conf import settings

workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
# Gunicorn believes headers of whoever speaks from this machine, and a proxy there passes on what a visitor sent. One that says
# where the application stands would go into pages that are kept for everybody. A proxy is believed in the settings only.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}

timeout = 30  # seconds for which a worker may give no sign; its threads have patience of their own (stek/patience.py)
graceful_timeout = 20  # seconds for what is being answered when it is asked to stop
keepalive = 75  # seconds: a proxy keeps a connection for a minute, and must be the one who ends it
# A leak, ours or somebody else's, ends here; not both workers at once.
max_requests = 20_000
max_requests_jitter = 2_000
# Bytes, number and bytes. A passkey, a session and a form together take some 500 bytes.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# Memory, where there is: workers show there that they live, and a container has no other place to write.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (no name of ours in it)

# No access log at all, and errors in the same form and place as everything else.
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {"gunicorn.error": {"level": "WARNING", "filters": ["without_sender"], "propagate": True}},
}
