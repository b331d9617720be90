"""Settings of a worker whose leases last three seconds."""

from datetime import timedelta

from config.settings.dev import *  # noqa: F403

TASK_LEASE = timedelta(seconds=3)
