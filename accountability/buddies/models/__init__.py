"""Models of buddies, one noun a file."""

from accountability.buddies.models.agreement import Agreement, Confirmation
from accountability.buddies.models.asking import Openness, Request
from accountability.buddies.models.pair import Pair, Place

__all__ = ["Agreement", "Confirmation", "Openness", "Pair", "Place", "Request"]
