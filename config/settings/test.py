"""Tests: production's behavior on files and a real PostgreSQL, with a cheap hash and no redirect to TLS."""

import os
import tempfile
from pathlib import Path

from config.settings import environment
from config.settings.base import *

SECRET_KEY = "test-key-for-nothing-but-tests"
SIGNUP = "invite"
STAFF_SECOND_FACTOR = "offered"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="lodestar-media-"))
MAIL_DELIVERY = {"kind": "file", "folder": tempfile.mkdtemp(prefix="lodestar-mail-")}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
(environment.VAR / "test").mkdir(parents=True, exist_ok=True)
# Playwright's synchronous API runs an event loop in the test's thread; the ORM is still used synchronously.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
