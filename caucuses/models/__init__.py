"""Models of caucuses, one noun a file."""

from caucuses.models.agreement import Agreement, Proposal, Stance
from caucuses.models.caucus import Caucus, Ended, Event
from caucuses.models.coming import Invitation, JoinRequest
from caucuses.models.seat import Fold, Parting, Seat

__all__ = [
    "Agreement",
    "Caucus",
    "Ended",
    "Event",
    "Fold",
    "Invitation",
    "JoinRequest",
    "Parting",
    "Proposal",
    "Seat",
    "Stance",
]
