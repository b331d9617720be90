"""The demonstration's settings with the bare view added, and a way to ask for a page that nothing has kept."""

from config.settings.demo import *

ROOT_URLCONF = "bench.urls"
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # the sign-in row measures the work, not the limit
MIDDLEWARE = ["bench.cold.ColdMiddleware", *MIDDLEWARE]
