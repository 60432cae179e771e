"""The web process: `gunicorn stek.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from stek.patience import be_patient

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")

LONGEST = 15  # seconds for one statement: nobody waits that long for a page, and half of gunicorn's own patience
be_patient(LONGEST)
application = get_wsgi_application()

# All that a page may need is read now and not by its first visitor, and stays: looking through it again for what can be thrown away
# held up a page for 90 ms every now and then.
get_resolver().url_patterns  # noqa: B018  # reading them imports the views
gc.collect()
gc.freeze()
