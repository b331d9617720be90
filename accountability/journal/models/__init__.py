"""Models of the journal."""

from accountability.journal.models.choice import Choice
from accountability.journal.models.prompt import Prompt
from accountability.journal.models.writing import Draft, Entry

__all__ = ["Choice", "Draft", "Entry", "Prompt"]
