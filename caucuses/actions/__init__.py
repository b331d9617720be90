"""Verbs of caucuses."""

from caucuses.actions.agreeing import accept_agreement
from caucuses.actions.opening import open_caucus
from caucuses.actions.seating import sit

__all__ = ["accept_agreement", "open_caucus", "sit"]
