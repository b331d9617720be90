"""Named values of `cohorts`."""

from __future__ import annotations

from enum import IntEnum


class Step(IntEnum):
    """What became of somebody's place in a cohort, as a notice tells it."""

    ENDED = 1
    FACILITATES = 2
    FACILITATES_NO_MORE = 3
