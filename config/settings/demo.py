"""The demonstration: production less TLS. Loopback only, no debug pages, a banner, the mailbox at /demo/mail/."""

from config.settings import environment, keyring
from config.settings.base import *

SECRET_KEY = environment.own_secret_key()
FIELD_KEYS_FILE = keyring.own_file()
FIELD_KEYS = keyring.read(FIELD_KEYS_FILE)
ERASURES_FILE = keyring.beside(FIELD_KEYS_FILE)
DEMO = True
DEMO_PEOPLE = environment.flag("DEMO", True)
SIGNUP = environment.one_of("SIGNUP", "open", ("invite", "open"))
STAFF_SECOND_FACTOR = environment.one_of("STAFF_SECOND_FACTOR", "offered", ("required", "offered"))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost has no TLS
