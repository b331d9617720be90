"""Tests: production's behavior on files and a real PostgreSQL, with a cheap hash and no redirect to TLS."""

import atexit
import os
import shutil

from config.settings import scratch
from config.settings.base import *
from config.settings.keyring import Keyring

SECRET_KEY = "test-key-for-nothing-but-tests"
FIELD_KEYS = Keyring("k1", {"k1": b"a key for nothing but tests!!!!!"})
FIELD_KEYS_FILE = None
SIGNUP = "invite"
STAFF_SECOND_FACTOR = "offered"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
for left in scratch.left_behind(VAR / "test", "files-"):
    shutil.rmtree(left, ignore_errors=True)
_FILES = scratch.own_folder(VAR / "test", "files-")
atexit.register(shutil.rmtree, _FILES, ignore_errors=True)
MEDIA_ROOT = _FILES / "media"
COPIES = _FILES / "copies"
PAPERS = _FILES / "papers"
BACKUPS = _FILES / "backups"
BACKUPS_NOTE = _FILES / "run" / "backups.json"
CLOCK_NOTE = (
    None  # stories travel through time as if it passed; those about a clock that leaps have a file
)
ERASURES_FILE = _FILES / "keys" / "erasures.jsonl"
MAIL_DELIVERY = {"kind": "file", "folder": str(_FILES / "mail")}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# Playwright's synchronous API runs an event loop in the test's thread; the ORM is still used synchronously.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
