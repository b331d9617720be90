"""Production: TLS, secure cookies, a keyring outside the project. Refuses DEBUG and the demonstration."""

import logging

from config.settings import environment, keyring, logs
from config.settings.base import *

SECRET_KEY = environment.text("SECRET_KEY")
if (
    len(SECRET_KEY) < environment.SECRET_LENGTH
    or len(set(SECRET_KEY)) < 5
    or SECRET_KEY.startswith("insecure")
):
    raise environment.WrongSetting(
        "SECRET_KEY must be set to at least 50 random characters. Nothing was started."
    )
if environment.flag("DEBUG", False):
    raise environment.WrongSetting(
        "DEBUG must not be on in production: its pages show what members wrote. Nothing was started."
    )
if environment.flag("DEMO", False):
    raise environment.WrongSetting(
        "DEMO cannot be used in production: its people have known passwords. Nothing was started."
    )
if not environment.words("ALLOWED_HOSTS") or "*" in ALLOWED_HOSTS:
    raise environment.WrongSetting(
        "ALLOWED_HOSTS must name this site's hosts, separated by commas and without *. Nothing was started."
    )
if not SITE_URL.startswith("https://"):
    raise environment.WrongSetting(
        f"SITE_URL must begin with https:// in production (it is {SITE_URL!r}). Nothing was started."
    )
if FIELD_KEYS is None:
    raise environment.WrongSetting(
        "FIELD_KEYS_FILE (or FIELD_KEYS) must name the keyring that seals private text. Nothing was started. "
        "`python3 scripts/make_keyring.py FILE` makes one; whoever loses it loses every journal of this site."
    )
keyring.refuse_inside(
    FIELD_KEYS_FILE,
    {
        "the project": ROOT,
        "the folder of uploads": MEDIA_ROOT,
        "the folder of backups": BACKUPS,
    },
)

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-language"
MESSAGE_COOKIE_NAME = "__Host-messages"
PASSWORD_WORDS.append("demo")  # every start of the demonstration prints its password

LOGGING = logs.json_lines()
logs.keep_words_out_of_endings()
logging.raiseExceptions = (
    False  # a log that cannot be written, as on a full disk, is no reason to write more
)
