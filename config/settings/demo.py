"""The demonstration: production less TLS. Loopback only, no debug pages, a banner, the mailbox at /demo/mail/."""

from config.settings import environment
from config.settings.base import *

SECRET_KEY = environment.own_secret_key()
DEMO = True
DEMO_PEOPLE = environment.flag("DEMO", True)
SIGNUP = environment.one_of("SIGNUP", "open", ("invite", "open"))
STAFF_SECOND_FACTOR = environment.one_of("STAFF_SECOND_FACTOR", "offered", ("required", "offered"))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost has no TLS
