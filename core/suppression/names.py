"""Whose names may stand beside their progress.

Who is shown by name is never behind a number of the same measure, so a name takes nothing away from what a number hides:
where a measure lasts, whoever was counted in it once is not named in it later (their state today would tell last month's).

The same rule is asked again whenever names are looked at, of those who were named at the last count and still wish it. So until the
next count no name is shown that the last one did not name, and none while one to five are left without. It asks who is here and who
wishes it, and nobody's state.
"""

from __future__ import annotations

from collections.abc import Hashable

from core.suppression.rules import ENOUGH
from core.suppression.shown import Why


def shown_by_name(
    members: frozenset[Hashable], wishing: frozenset[Hashable]
) -> frozenset[Hashable] | Why:
    """Those who wish it; nobody while one to five are left without a name, one of whom may be the reader."""
    named = wishing & members
    if named and 0 < len(members - named) < ENOUGH:
        return Why.NAMES_TELL
    return named
