"""Verbs of buddies."""

from accountability.buddies.actions.agreements import (
    Conflict,
    NotWaiting,
    PairEnded,
    Terms,
    confirm_agreement,
    propose_agreement,
    take_back_agreement,
)
from accountability.buddies.actions.asking import (
    Refused,
    accept_request,
    ask_by_address,
    ask_listed,
    decline_request,
    set_openness,
    withdraw_request,
)
from accountability.buddies.actions.pairs import NotPossible, form_pair, leave_pair
from accountability.buddies.actions.places import rest, resume, set_contact

__all__ = [
    "Conflict",
    "NotPossible",
    "NotWaiting",
    "PairEnded",
    "Refused",
    "Terms",
    "accept_request",
    "ask_by_address",
    "ask_listed",
    "confirm_agreement",
    "decline_request",
    "form_pair",
    "leave_pair",
    "propose_agreement",
    "rest",
    "resume",
    "set_contact",
    "set_openness",
    "take_back_agreement",
    "withdraw_request",
]
