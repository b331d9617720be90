"""Models of buddies, one noun a file."""

from accountability.buddies.models.pair import Pair, Place

__all__ = ["Pair", "Place"]
