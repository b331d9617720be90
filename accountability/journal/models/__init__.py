"""What the journal keeps."""

from accountability.journal.models.choice import Choice

__all__ = ["Choice"]
