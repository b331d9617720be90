"""Verbs of matching. Private acts leave no row in the central audit."""

from accountability.matching.actions.answers import (
    StaleAnswers,
    add_limit,
    add_names,
    remove_limit,
    save_answers,
    want_round,
)
from accountability.matching.actions.matches import (
    NoLongerPossible,
    accept_match,
    decline_match,
)
from accountability.matching.actions.previews import NoPreviewsLeft, TooFewWait, ask_for_preview
from accountability.matching.actions.rounds import (
    AlreadyRunning,
    NobodyWaits,
    TooSoon,
    start_round,
)

__all__ = [
    "AlreadyRunning",
    "NoLongerPossible",
    "NoPreviewsLeft",
    "NobodyWaits",
    "StaleAnswers",
    "TooFewWait",
    "TooSoon",
    "accept_match",
    "add_limit",
    "add_names",
    "ask_for_preview",
    "decline_match",
    "remove_limit",
    "save_answers",
    "start_round",
    "want_round",
]
