"""The web process: `gunicorn stek.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")

application = get_wsgi_application()
