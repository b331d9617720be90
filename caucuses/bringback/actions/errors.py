"""Why something was not done with a note. Nothing was changed in any of these cases."""

from __future__ import annotations

from django.http import Http404

from caucuses.bringback.models import Note


class Gone(Http404):
    """The note, or what stands on the cohort’s page, is not there any more."""


class Held(Exception):
    """The member holds the note, and cannot agree with it before they lift that."""


class NotFound(Exception):
    """The note was damaged, and what stands on the cohort’s page cannot be told from others there. It still stands."""


class AboutNote(Exception):
    """`note` is the row as it stands now."""

    def __init__(self, note: Note) -> None:
        super().__init__("The note is another one than was seen.")
        self.note = note


class Settled(AboutNote):
    """The note is not inside any more: it has gone out, or was given up."""


class StaleNote(AboutNote):
    """The text was changed since it was read."""
