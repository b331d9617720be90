"""Named sets of bring-back notes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoteState(models.TextChoices):
    """How far a note is."""

    INSIDE = "inside", _("inside the room")
    RELEASED = "released", _("released")
    DROPPED = "dropped", _("given up, or taken back")


class NoteStanceKind(models.TextChoices):
    """What a member says to a note."""

    AGREE = "agree", _("agrees")
    HOLD = "hold", _("holds it")
