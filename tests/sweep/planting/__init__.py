"""One file for each room: what is planted in its private fields, and where Dev finds it, types it, and who else may read it."""

from __future__ import annotations

from tests.sweep.planting import (
    bringback,
    buddies,
    care,
    caucuses,
    checkins,
    coming,
    commitments,
    concerns,
    journal,
    letter,
    matching,
    meetings,
    pulse,
    reporting,
    sharing,
    threads,
)
from tests.sweep.planting.kinds import Page, Plant, Use

ROOMS = (
    journal,
    buddies,
    checkins,
    matching,
    sharing,
    commitments,
    letter,
    care,
    reporting,
    pulse,
    caucuses,
    coming,
    threads,
    meetings,
    bringback,
    concerns,
)

PLANTS: dict[str, Plant] = {label: plant for room in ROOMS for label, plant in room.PLANTS.items()}
PAGES: tuple[Page, ...] = tuple(page for room in ROOMS for page in room.PAGES)
USES: tuple[Use, ...] = tuple(
    sorted((use for room in ROOMS for use in room.USES), key=lambda use: use.turn)
)
READERS: dict[str, frozenset[str]] = {
    label: names for room in ROOMS for label, names in room.READERS.items()
}
#: Names that the table of addresses gives to rows (`tests/project/making/`) -> label of the planted row that stands for it.
NAMES: dict[str, str] = (
    buddies.NAMES
    | checkins.NAMES
    | matching.NAMES
    | sharing.NAMES
    | caucuses.NAMES
    | coming.NAMES
    | threads.NAMES
    | meetings.NAMES
    | bringback.NAMES
    | concerns.NAMES
)
#: Private fields whose words stand on no page of anybody's, each with its reason. One that has a page must not be named here.
PAGELESS: dict[str, str] = {
    "backbone.Answered.people": "Ids of who was asked: the page tells each of themselves alone.",
    "backbone.Ballot.answers": "Digits of nobody's: they are counted when the pulse closes, and shown on no page.",
    "backbone.Box.waiting": "The same.",
    "checkins.Asking.answer": "One of four: the page asks again, with that one chosen, and shows no other word.",
    "caucuses.Invitation.address": "Whom he invited is on no page: what happens to an invitation must show nobody's seat.",
    "caucuses.Invitation.words": "Read by who is invited, at the door.",
    "concerns.Concern.excerpt": "Read by the facilitators whom the report is not about.",
    "matching.MatchSeat.reasons": "Kinds and values from lists: Dev reads sentences of ours that are made of them.",
    "matching.PreviewFound.found": "It holds ids, and is read by the backbone team alone, whose key it has.",
}
