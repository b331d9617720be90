"""The WSGI application that the app server loads. Production settings unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application

from core.patience import PATIENCE, be_impatient

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
be_impatient(PATIENCE)
application = get_wsgi_application()
