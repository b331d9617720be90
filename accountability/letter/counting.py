"""Numbers of the letter, for those who sum up what an initiative does. No name and no key leaves here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accountability.letter.permissions import current_version


def signatures() -> dict[str, int]:
    """How many signed the current version: people, organizations, and people who show their name. Zeros before the first one."""
    version = current_version()
    if version is None:
        return {"people": 0, "organizations": 0, "with_public_name": 0}
    rows = version.signatures.standing()
    return {
        "people": rows.for_oneself().count(),
        "organizations": rows.for_organizations().count(),
        "with_public_name": rows.for_oneself().filter(name_is_public=True).count(),
    }


def signed_for_oneself() -> Callable[[frozenset[Any]], int]:
    """Who answers how many of some people have signed the current version for themselves."""
    version = current_version()
    rows = version.signatures.standing().for_oneself() if version else None
    return lambda some: rows.filter(member__in=some).count() if rows is not None else 0


def signed_by_name() -> frozenset[Any]:
    """Who stands under the current version with their name, for everybody to read."""
    version = current_version()
    if version is None:
        return frozenset()
    rows = version.signatures.standing().for_oneself().filter(name_is_public=True)
    return frozenset(rows.values_list("member", flat=True))
