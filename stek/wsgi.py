"""The web process: `gunicorn stek.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from stek.patience import be_patient

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")

LONGEST = 15  # seconds for one statement: nobody waits that long for a page, and half of gunicorn's own patience
be_patient(LONGEST)
application = get_wsgi_application()
