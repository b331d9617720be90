"""Rows of the letter."""

from accountability.letter.models.signing import Pledge, Signature
from accountability.letter.models.tally import UnnamedTally
from accountability.letter.models.version import LetterVersion

__all__ = ["LetterVersion", "Pledge", "Signature", "UnnamedTally"]
