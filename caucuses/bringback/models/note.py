"""A note on its way from a caucus to a cohort, as it stands inside the room."""

from __future__ import annotations

import uuid
from datetime import UTC, date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.models.sealing import by_nobody, in_the_room, sealed
from core.privacy import Field
from core.text import trusted


class Note(models.Model):
    """A draft “from this caucus to the whole group”. It goes out at `due_at`, unless somebody holds it.

    Every change of the text sets `due_at` anew. `seat` began it, `worded_by` wrote the text as it stands. `cohort` is the id of the cohort it is for, `released` that of what stands on
    the cohort's page; both are sealed, so that no row leads from there to here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="notes")
    seat = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    worded_by = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(
        _("how far it is"), max_length=10, choices=NoteState.choices, default=NoteState.INSIDE
    )
    begun_at = models.DateTimeField(_("when it was begun"), default=timezone.now)
    changed_at = models.DateTimeField(_("when it was last changed"), default=timezone.now)
    due_at = models.DateTimeField(_("when it goes out"))
    revision = models.PositiveIntegerField(default=1)
    cleaner_version = models.PositiveSmallIntegerField(default=0)
    cohort = sealed("bringback.note.cohort")
    released = sealed("bringback.note.released")
    text = sealed("bringback.note.text", _("what you say to the whole group"))
    html = sealed("bringback.note.html")

    class Privacy:
        """The members."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("id", "caucus", "seat", "worded_by", "state"),
            **in_the_room("begun_at", "changed_at", "due_at", "cohort", "released"),
            **by_nobody("revision", why=_("keeps a forgotten tab from overwriting")),
            **by_nobody("cleaner_version", why=_("which cleaner made the HTML")),
            **in_the_room("text", "html", class_s=True),
        }

    class Meta:
        verbose_name = _("bring-back note")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(state="inside"), name="bring_back_note_due")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=NoteState.values), name="bring_back_note_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return "note"

    @property
    def shown(self) -> SafeString:
        """The text as HTML. Raises core.crypto.envelope.CannotOpen where it was damaged."""
        return trusted(str(self.html))

    @property
    def goes_out_on(self) -> date:
        """The day in UTC on which it goes out, as it will stand on the cohort’s page."""
        return self.due_at.astimezone(UTC).date()


class NoteWording(models.Model):
    """What a note said before somebody changed it, whose seat wrote that, and when: by that it goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="wordings")
    seat = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(_("when it was written"), default=timezone.now)
    until = models.DateTimeField(_("until when it stood"), default=timezone.now)
    text = sealed("bringback.wording.text", _("what it said"))

    class Privacy:
        """The members."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("id", "caucus", "note", "seat", "written_at", "until"),
            **in_the_room("text", class_s=True),
        }

    class Meta:
        verbose_name = _("earlier wording of a bring-back note")

    def __str__(self) -> str:
        return "wording"


class NoteStance(models.Model):
    """That a seat agrees with a note or holds it, with words where it holds. It goes with the seat.

    The words go after the time that the room keeps words (`are_words_gone`); the hold stands until it is lifted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="stances")
    seat = models.ForeignKey("caucuses.Seat", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what they say"), max_length=10, choices=NoteStanceKind.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    are_words_gone = models.BooleanField(_("whether its words are past their time"), default=False)
    words = sealed("bringback.stance.words", _("why"))

    class Privacy:
        """The members."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("id", "caucus", "note", "seat", "kind", "at", "are_words_gone"),
            **in_the_room("words", class_s=True),
        }

    class Meta:
        verbose_name = _("word on a bring-back note")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["note", "seat"], name="bring_back_stance_once_per_note_and_seat"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoteStanceKind.values), name="bring_back_stance_is_known"
            ),
        ]

    def __str__(self) -> str:
        return "stance"
