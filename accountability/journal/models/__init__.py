"""Models of the journal."""

from accountability.journal.models.prompt import Prompt
from accountability.journal.models.writing import Draft, Entry

__all__ = ["Draft", "Entry", "Prompt"]
