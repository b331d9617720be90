"""Verbs of caucuses."""

from caucuses.actions.agreeing import NotThatOne, accept_agreement
from caucuses.actions.facilitating import (
    NotAsked,
    SomebodyDoes,
    answer_asked,
    ask_to_facilitate,
    begin_to_facilitate,
    name_at_door,
    rename_seat,
    step_back,
)
from caucuses.actions.leaving import leave_caucus
from caucuses.actions.opening import open_caucus
from caucuses.actions.proposing import (
    Decided,
    NothingChanges,
    NotYourCohort,
    OneIsOpen,
    propose_change,
    take_stance,
    withdraw_proposal,
)
from caucuses.actions.removing import GoneAlready, remove_seat
from caucuses.actions.seating import sit

__all__ = [
    "Decided",
    "GoneAlready",
    "NotAsked",
    "NotThatOne",
    "NotYourCohort",
    "NothingChanges",
    "OneIsOpen",
    "SomebodyDoes",
    "accept_agreement",
    "answer_asked",
    "ask_to_facilitate",
    "begin_to_facilitate",
    "leave_caucus",
    "name_at_door",
    "open_caucus",
    "propose_change",
    "remove_seat",
    "rename_seat",
    "sit",
    "step_back",
    "take_stance",
    "withdraw_proposal",
]
