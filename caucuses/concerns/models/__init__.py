"""Models of reports inside a caucus."""

from caucuses.concerns.models.concern import Concern

__all__ = ["Concern"]
