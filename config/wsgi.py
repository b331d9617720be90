"""The WSGI application that the app server loads. Production settings unless told otherwise."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup(set_prefix=False)

from core.patience import PATIENCE, be_impatient  # noqa: E402
from core.requests import Handler  # noqa: E402 (what it imports asks for settings)

be_impatient(PATIENCE)
application = Handler()
