"""What all settings modules share. Values from the environment are read in `environment`."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from config.settings import environment, keyring, logs
from config.settings.headers import *

ROOT, VAR = environment.ROOT, environment.VAR

SITE_URL = environment.site_url("http://localhost:8000")
SIGNUP = environment.one_of("SIGNUP", "invite", ("invite", "open"))
STAFF_SECOND_FACTOR = environment.one_of("STAFF_SECOND_FACTOR", "required", ("required", "offered"))
ALERT_EMAIL = environment.address("ALERT_EMAIL")
#: Where to report a security problem, for /.well-known/security.txt; empty: the initiative's public address.
SECURITY_CONTACT = environment.contact("SECURITY_CONTACT")
#: The short name of the body that decides about the shared language; empty: the first one by name.
GLOSSARY_BODY = environment.text("GLOSSARY_BODY")
DEMO = False  # only the settings module `demo` says True
DEMO_PEOPLE = (
    False  # whether a start loads the invented people; `demo` and `dev` ask the environment
)
FIELD_KEYS_FILE = keyring.file_named()
FIELD_KEYS = keyring.read(FIELD_KEYS_FILE)
#: Whose keys were destroyed, so that a restored backup is told again: beside the keyring, never in a backup of the rows.
ERASURES_FILE = keyring.beside(FIELD_KEYS_FILE)

DEBUG = False
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
TRUSTED_PROXY_COUNT = environment.count("TRUSTED_PROXY_COUNT", 0, 5)

INSTALLED_APPS = [
    "home.apps.HomeConfig",
    "backbone.apps.BackboneConfig",
    "accountability.apps.AccountabilityConfig",
    "accountability.commitments.apps.CommitmentsConfig",
    "accountability.sharing.apps.SharingConfig",
    "accountability.matching.apps.MatchingConfig",
    "accountability.checkins.apps.CheckInsConfig",
    "accountability.buddies.apps.BuddiesConfig",
    "accountability.letter.apps.LetterConfig",
    "accountability.journal.apps.JournalConfig",
    "caucuses.concerns.apps.ConcernsConfig",
    "caucuses.bringback.apps.BringBackConfig",
    "caucuses.meetings.apps.MeetingsConfig",
    "caucuses.threads.apps.ThreadsConfig",
    "caucuses.apps.CaucusesConfig",
    "curriculum.apps.CurriculumConfig",
    "curriculum.glossary.apps.GlossaryConfig",
    "care.apps.CareConfig",
    "cohorts.apps.CohortsConfig",
    "operations.apps.OperationsConfig",
    "notices.apps.NoticesConfig",
    "accounts.apps.AccountsConfig",
    "core.apps.CoreConfig",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.HealthMiddleware",
    "core.accesslog.AccessLogMiddleware",
    "core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.replica.ReplicaMiddleware",
    "core.publicpages.PublicPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.SitePolicyMiddleware",
    "core.middleware.ResponseHeadersMiddleware",
    "core.middleware.SaneInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.LanguageMiddleware",
    "accounts.middleware.MemberClockMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.SigningInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "core.middleware.AccessMiddleware",
    "core.room.RoomMiddleware",
    "core.admin_doors.AdminDoorsMiddleware",
]

# Beside the front page: pages that are the same for everybody who is signed out (core.publicpages).
PUBLIC_PAGES = (
    "/learn/", "/es/learn/", "/glossary/", "/privacy/", "/help/", "/accessibility/", "/commitments/public/",
    "/commitments/letter/",
)  # fmt: skip

# Of these, what a person may take back is never read from a replica, which may lag.
TAKEN_BACK = ("/commitments/",)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.initiative",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES: dict[str, Any] = environment.databases()
DATABASE_ROUTERS = ["core.replica.ReplicaRouter", "core.routers.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, Any] = {
    "default": environment.cache(),
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
    },
}

# Signing in. One door: allauth at /account/. One backend, so that a log-in hashes once whoever asks.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.MemberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
#: Words that everybody here would think of: a password made of nothing else is refused (accounts.passwords).
PASSWORD_WORDS = [
    "lodestar", "racial", "equity", "justice", "collective", "impact", "backbone", "caucus", "cohort", "buddy", "journal",
    "commitment", "glossary", "curriculum", "initiative", "healthy", "starts", "riverton", "welcome", "password", "member", "admin",
]  # fmt: skip
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "chosen_name")},
    },
    {"NAME": "accounts.passwords.WordsOfOursValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:today_show"
LOGOUT_REDIRECT_URL = "home:front_show"
SESSION_ENGINE = (
    "accounts.cachedsessions"
    if "redis" in CACHES["default"]["BACKEND"]
    else "accounts.sessionstore"
)
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "core.messages.NamedMessages"
MESSAGE_COOKIE_NAME = "messages"
CSRF_FAILURE_VIEW = "core.keptform.csrf_failure"

ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
ALLAUTH_USER_CODE_FORMAT = {"numeric": False, "dashed": True, "length": 8}
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.signing_in.AddEmailForm",
    "change_password": "accounts.forms.signing_in.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.forms.signing_in.ConfirmEmailForm",
    "confirm_login_code": "accounts.forms.signing_in.ConfirmLoginCodeForm",
    "login": "accounts.forms.signing_in.LoginForm",
    "reauthenticate": "accounts.forms.signing_in.ReauthenticateForm",
    "request_login_code": "accounts.forms.signing_in.RequestLoginCodeForm",
    "reset_password": "accounts.forms.signing_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.signing_in.ResetPasswordKeyForm",
    "set_password": "accounts.forms.signing_in.SetPasswordForm",
    "signup": "accounts.forms.signing_in.SignupForm",
}
# How often, per network address (ip), member (user) or e-mail address (key). Counted in the shared cache, exact over
# all workers; without a cache these pages answer 503 (accounts.middleware).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "confirm_email": "1/10s/key,10/h/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user,20/h/user",
    "manage_email": "10/m/user",
    "prove_by_code": "3/m/user,10/h/user",
    "lost_second_factor": "20/m/ip,5/h/key",
    "ask_buddy": "5/d/user",
}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail may take a while
# Django's own: it needs no query, so asking for a link costs the same with and without an account.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 2 * 3600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split(":", 1)[0]
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.forms.second_factor.ActivateAppForm",
    "add_webauthn": "accounts.forms.second_factor.AddPasskeyForm",
    "authenticate": "accounts.forms.second_factor.AuthenticateForm",
    "authenticate_webauthn": "accounts.forms.second_factor.AuthenticatePasskeyForm",
    "edit_webauthn": "accounts.forms.second_factor.RenamePasskeyForm",
    "login_webauthn": "accounts.forms.second_factor.LoginPasskeyForm",
    "reauthenticate": "accounts.forms.second_factor.ReauthenticateForm",
    "reauthenticate_webauthn": "accounts.forms.second_factor.ReauthenticatePasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Lodestar"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
USERSESSIONS_ADAPTER = "accounts.adapter.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = (
    False  # it would write a row at every request, and nobody needs to know
)

# Who may open the addresses of installed packages, by route; the first match counts, no match is refused.
PACKAGE_ACCESS = [
    ("account/login/", "anyone"),
    ("account/logout/", "anyone"),
    ("account/signup/", "anyone"),
    ("account/inactive/", "anyone"),
    ("account/confirm-email/", "anyone"),
    ("account/password/reset/", "anyone"),
    ("account/^password/reset/", "anyone"),
    ("account/2fa/authenticate/", "anyone"),
    ("account/2fa/webauthn/login/", "anyone"),
    ("account/", "member"),
    ("admin/", "staff"),
    ("documents/", "anyone"),  # each file is checked by its collection's privacy
    ("images/", "anyone"),
    ("i18n/", "anyone"),
]

# Mail goes into the outbox; the worker delivers it through MAIL_DELIVERY.
EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"
MAIL_DELIVERY = environment.email()
DEFAULT_FROM_EMAIL = environment.sender("FROM_EMAIL", "Lodestar <lodestar@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ADMINS: list[tuple[str, str]] = []

# Languages.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT, _UPLOADS = environment.media()
COPIES = (
    VAR / "copies"
)  # members’ own copies of their data, sealed, a day at most; served by their view alone
PAPERS = VAR / "papers"  # PDFs that were asked for, a day at most; served by their views alone
BACKUPS = (
    VAR / "backups"
)  # whole sets, seven days at most (operations.backups); the keyring is in none
BACKUPS_NOTE = VAR / "run" / "backups.json"
#: Whether this machine's clock went on as time did (core/steady.py).
CLOCK_NOTE: Path | None = VAR / "run" / "clock.json"
STORAGES = {
    "default": _UPLOADS,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# The last megabytes of a disk are for sessions, alarms and the addresses named here (core.room).
LEAST_ROOM = 64_000_000
ROOM_KEPT_FOR = ("/account/", "/i18n/", "/care/")

# Wagtail: published content only; no call home, no second log-in door, no shared page passwords.
WAGTAIL_SITE_NAME = "Lodestar"
WAGTAILADMIN_BASE_URL = SITE_URL
# Whether the worker asks the web addresses of lessons and facts once a week whether they still answer (curriculum.links).
CHECK_LINKS = environment.flag("CHECK_LINKS", False)
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = (
    False  # whoever writes a page publishes it; no page waits for a moderator
)
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "csv", "txt", "docx", "odt", "xlsx", "ods", "mp4", "webm", "mp3", "m4a", "ogg", "wav", "vtt"
]  # fmt: skip
WAGTAILDOCS_CONTENT_TYPES = {
    "mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "m4a": "audio/mp4",
    "ogg": "audio/ogg", "wav": "audio/wav", "vtt": "text/vtt",
}  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024  # half an hour of film, four hours of speech
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.uploads.forms.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.uploads.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # the server fetches nothing from elsewhere
WAGTAIL_USER_TIME_ZONES = ["UTC", "America/New_York", "America/Chicago", "America/Denver",
                           "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
                           "America/Puerto_Rico"]  # fmt: skip
# “simple”: words of any language as they are, on PostgreSQL as on SQLite; `curriculum.search.words` has folded them.
MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "simple"}
}
# Wagtail’s own tasks (index of the search, references) run at once, in the transaction of what they follow: nothing is out of step.
# Ours wait in the database for the worker (core.tasks). One whose worker has not been heard of for TASK_LEASE is taken up by another.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "core.tasks.declaring.LeasedBackend"},
}
TASK_LEASE = timedelta(seconds=60)

# Who were buddies, or said no to it, are not matched with each other for so many rounds of their cohort.
MATCHING_EARLIER_ROUNDS = 3

# Logs: request id, route pattern, status, time; never a path, a query string or a body. Production writes them as JSON.
LOGGING = logs.plain()
DEFAULT_EXCEPTION_REPORTER_FILTER = "core.logs.NoValuesFilter"
DEFAULT_EXCEPTION_REPORTER = "core.logs.ReporterWithoutRequest"
