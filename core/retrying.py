"""How long to wait before something that failed is tried again."""

from __future__ import annotations

import secrets
from datetime import timedelta

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


def wait_after(tries: int) -> timedelta:
    """How long to wait after the so-manieth try: one minute, doubling to one hour, shortened at random by up to a fifth."""
    wait = min(FIRST_WAIT * 2 ** min(tries - 1, 10), LONGEST_WAIT)
    return wait - wait * secrets.randbelow(200) / 1000
