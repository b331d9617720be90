"""Verbs of the glossary, one file a noun."""

from curriculum.glossary.actions.comments import post_comment, settle_comment
from curriculum.glossary.actions.decisions import (
    DecisionRefused,
    adopt_proposal,
    confirm_decision,
    decide_together,
    decline_proposal,
    discard_record,
    record_meeting,
)
from curriculum.glossary.actions.proposals import (
    StaleProposal,
    change_proposal,
    open_proposal,
    propose_retirement,
    propose_wording,
    withdraw_proposal,
)
from curriculum.glossary.actions.reading import mark_read

__all__ = [
    "DecisionRefused",
    "StaleProposal",
    "adopt_proposal",
    "change_proposal",
    "confirm_decision",
    "decide_together",
    "decline_proposal",
    "discard_record",
    "mark_read",
    "open_proposal",
    "post_comment",
    "propose_retirement",
    "propose_wording",
    "record_meeting",
    "settle_comment",
    "withdraw_proposal",
]
