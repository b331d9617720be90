"""The demonstration: production less TLS. Loopback only, no debug pages, a banner, the mailbox at /demo/mail/."""

from config.settings import environment
from config.settings.base import *

SECRET_KEY = environment.text("SECRET_KEY")
if not SECRET_KEY:
    raise environment.WrongSetting(
        "SECRET_KEY is not set. Start the demonstration with `make run`, which makes one under var/keys/."
    )
DEMO = True
SIGNUP = environment.one_of("SIGNUP", "open", ("invite", "open"))
STAFF_SECOND_FACTOR = environment.one_of("STAFF_SECOND_FACTOR", "offered", ("required", "offered"))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost has no TLS
