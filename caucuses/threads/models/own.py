"""What one seat keeps for itself: drafts, marks for later, and “I recognize this”."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caucuses.models.sealing import by_nobody, by_the_author, in_the_room, sealed
from caucuses.threads.models.post import Post
from caucuses.threads.models.thread import Thread
from core.privacy import Field


class Draft(models.Model):
    """What a seat is writing and has not posted: one for each conversation, one for a new conversation.

    `tab` is the random key of the page that saved it last. `turn` grows with each saving of that page, so that an older one that
    comes late changes nothing; `version` with every saving, so that another page does not overwrite what it has not seen.
    It goes with the seat.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey("caucuses.Seat", on_delete=models.CASCADE, related_name="drafts")
    thread = models.ForeignKey(
        Thread, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    quotes = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_at = models.DateTimeField(_("when it was saved"), default=timezone.now)
    tab = models.UUIDField(null=True, blank=True)
    turn = models.PositiveBigIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=1)
    title = sealed("threads.draft.title", _("what it is about"))
    text = sealed("threads.draft.text", _("what you say"))

    class Privacy:
        """Whose draft it is."""

        fields: ClassVar[dict[str, Field]] = {
            **by_the_author("id", "caucus", "seat", "thread", "quotes", "saved_at"),
            **by_nobody(
                "tab", "turn", "version", why=_("keeps two tabs from overwriting each other")
            ),
            **by_the_author("title", "text", class_s=True),
        }

    class Meta:
        verbose_name = _("draft in a caucus")
        verbose_name_plural = _("drafts in caucuses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["seat", "thread"], name="draft_once_per_thread"),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(thread__isnull=True),
                name="one_draft_of_a_new_thread_per_seat",
            ),
        ]

    def __str__(self) -> str:
        return "draft"


class LaterMark(models.Model):
    """A seat wants to come back to a post."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey("caucuses.Seat", on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="later_marks")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Privacy:
        """Whose mark it is."""

        fields: ClassVar[dict[str, Field]] = by_the_author("id", "seat", "post", "at")

    class Meta:
        verbose_name = _("mark for later")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["seat", "post"], name="later_mark_once")
        ]

    def __str__(self) -> str:
        return "mark"


class Recognition(models.Model):
    """A seat recognizes what a post says. The room learns that somebody does: never who, never how many."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey("caucuses.Seat", on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="recognitions")

    class Privacy:
        """That there is one, the room; whose it is, its author alone."""

        fields: ClassVar[dict[str, Field]] = {
            **by_the_author("id", "seat"),
            **in_the_room("post"),
        }

    class Meta:
        verbose_name = _("recognition of a post")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["seat", "post"], name="recognition_once")
        ]

    def __str__(self) -> str:
        return "recognition"
