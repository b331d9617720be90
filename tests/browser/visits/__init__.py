"""One file for each room: its pages, and the ways there."""

from __future__ import annotations

from tests.browser.visits import (
    belonging,
    bringback,
    buddies,
    care,
    caucuses,
    checkins,
    cohort_desk,
    coming,
    commitments,
    concerns,
    gatherings,
    inviting,
    leaving,
    letter,
    matching,
    meetings,
    operations,
    owncopy,
    people,
    progress,
    pulse,
    reporting,
    sharing,
    threads,
)

ROOMS = (
    buddies,
    checkins,
    matching,
    sharing,
    commitments,
    cohort_desk,
    letter,
    care,
    reporting,
    belonging,
    people,
    inviting,
    gatherings,
    pulse,
    owncopy,
    leaving,
    progress,
    caucuses,
    coming,
    threads,
    meetings,
    bringback,
    concerns,
    operations,
)
WALKS = {name: walk for room in ROOMS for name, walk in room.WALKS.items()}
NO_PAGES = frozenset().union(*(room.NO_PAGES for room in ROOMS))
