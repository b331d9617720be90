"""The nouns of `accounts`, one file each."""

from accounts.models.departure import Departure
from accounts.models.initiative import Initiative
from accounts.models.member import User
from accounts.models.organization import Body, Organization, Seat
from accounts.models.owncopy import OwnCopy
from accounts.models.reporting import ReportingLine
from accounts.models.role import Role
from accounts.models.second_factor import SecondFactorReset
from accounts.models.suspension import Suspension

__all__ = [
    "Body",
    "Departure",
    "Initiative",
    "Organization",
    "OwnCopy",
    "ReportingLine",
    "Role",
    "Seat",
    "SecondFactorReset",
    "Suspension",
    "User",
]
