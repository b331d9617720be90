"""Named sets of bring-back notes, and their measures."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Characters in the words of somebody who holds a note.
LONGEST_WORDS = 2_000
#: At which hour (UTC) notes go out, all together: the moment then says nothing about when one was written.
GOES_OUT_AT = 6


class NoteState(models.TextChoices):
    """How far a note is."""

    INSIDE = "inside", _("inside the room")
    RELEASED = "released", _("released")
    DROPPED = "dropped", _("given up, or taken back")


class NoteStanceKind(models.TextChoices):
    """What a member says to a note."""

    AGREE = "agree", _("agrees")
    HOLD = "hold", _("holds it")
