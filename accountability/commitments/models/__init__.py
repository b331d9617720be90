"""Models of commitments."""

from accountability.commitments.models.commitment import Commitment
from accountability.commitments.models.copy import PublishedCopy, PublishedProgress
from accountability.commitments.models.history import Progress, Wording
from accountability.commitments.models.role import OrganizationRole
from accountability.commitments.models.witness import Witness

__all__ = [
    "Commitment",
    "OrganizationRole",
    "Progress",
    "PublishedCopy",
    "PublishedProgress",
    "Witness",
    "Wording",
]
