"""Verbs of check-ins. Each holds the row of its pair first, so that what the two do at the same moment comes one after the other."""

from accountability.checkins.actions.calendar import make_link, rename_link, stop_link
from accountability.checkins.actions.dates import (
    MovedMeanwhile,
    NotThatDate,
    Settled,
    move_check_in,
    skip,
    take_part_again,
)
from accountability.checkins.actions.holding import Gone
from accountability.checkins.actions.notes import save_notes, shown_notes
from accountability.checkins.actions.planning import plan_check_ins
from accountability.checkins.actions.settling import settle_when_due
from accountability.checkins.actions.silence import answer_asking
from accountability.checkins.actions.writing import (
    Conflict,
    Outcome,
    change_part,
    delete_kept,
    hand_in,
    save_draft,
    take_back,
)

__all__ = [
    "Conflict",
    "Gone",
    "MovedMeanwhile",
    "NotThatDate",
    "Outcome",
    "Settled",
    "answer_asking",
    "change_part",
    "delete_kept",
    "hand_in",
    "make_link",
    "move_check_in",
    "plan_check_ins",
    "rename_link",
    "save_draft",
    "save_notes",
    "settle_when_due",
    "shown_notes",
    "skip",
    "stop_link",
    "take_back",
    "take_part_again",
]
