"""Development: debug pages, plain HTTP, reloading, the demonstration's people allowed."""

from config.settings import environment, keyring
from config.settings.base import *

DEBUG = environment.flag("DEBUG", True)
DEMO_PEOPLE = environment.flag("DEMO", True)
SECRET_KEY = environment.own_secret_key()
FIELD_KEYS_FILE = keyring.own_file()
FIELD_KEYS = keyring.read(FIELD_KEYS_FILE)
ERASURES_FILE = keyring.beside(FIELD_KEYS_FILE)
SIGNUP = environment.one_of("SIGNUP", "open", ("invite", "open"))
STAFF_SECOND_FACTOR = environment.one_of("STAFF_SECOND_FACTOR", "offered", ("required", "offered"))
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
