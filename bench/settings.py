"""Production's settings, with two bare views, a way to ask for a page that nothing has kept, and no limits on how often."""

from config.settings.production import *

ROOT_URLCONF = "bench.urls"
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # the rows about signing in measure the work, not the limit
MIDDLEWARE = ["bench.cold.ColdMiddleware", *MIDDLEWARE]
