"""Rows of matching."""

from accountability.matching.models.answers import Answers, Limit
from accountability.matching.models.previews import Preview, PreviewFound
from accountability.matching.models.rounds import Earlier, Match, MatchSeat, Round, Unmatched

__all__ = [
    "Answers",
    "Earlier",
    "Limit",
    "Match",
    "MatchSeat",
    "Preview",
    "PreviewFound",
    "Round",
    "Unmatched",
]
