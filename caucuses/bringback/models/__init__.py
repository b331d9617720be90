"""Models of bring-back notes."""

from caucuses.bringback.models.note import Note, NoteStance, NoteWording
from caucuses.bringback.models.released import Released, Reply

__all__ = ["Note", "NoteStance", "NoteWording", "Released", "Reply"]
