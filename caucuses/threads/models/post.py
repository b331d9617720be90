"""A post, and what it said before it was edited."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from caucuses.models.sealing import by_nobody, in_the_room, sealed
from caucuses.threads.models.thread import Thread
from core.privacy import Audience, Field, seen_by
from core.text import trusted


class Post(models.Model):
    """What somebody said. `seat` is empty once they have left: then it is by a former member.

    `html` is the text as the cleaner of `cleaner_version` made it. `quoted` is the passage of `quotes` that this post answers; who
    said it is read from there, and the passage goes when that post does. Of a deleted post nothing is left but its place.
    A hidden one is read by its author, with the reason, and by nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    seat = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    quotes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="quoted_in"
    )
    written_at = models.DateTimeField(_("when it was posted"), default=timezone.now)
    edited_at = models.DateTimeField(_("when it was last edited"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("when it was deleted"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("when it was hidden"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    cleaner_version = models.PositiveSmallIntegerField(default=0)
    text = sealed("threads.post.text", _("what you say"))
    html = sealed("threads.post.html")
    quoted = sealed("threads.post.quoted", _("what it answers"))
    reason = sealed("threads.post.reason", _("why it was hidden"))

    class Privacy:
        """The members who were there."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room(
                *("id", "caucus", "thread", "seat", "quotes", "written_at"),
                *("edited_at", "deleted_at", "hidden_at"),
            ),
            **by_nobody("revision", why=_("keeps a forgotten tab from overwriting")),
            **by_nobody("cleaner_version", why=_("which cleaner made the HTML")),
            **in_the_room("text", "html", "quoted", class_s=True),
            "reason": seen_by(
                Audience.AUTHOR,
                Audience.CHOSEN,
                why=_("told to whose post was hidden"),
                class_s=True,
            ),
        }

    class Meta:
        verbose_name = _("post in a caucus")
        verbose_name_plural = _("posts in caucuses")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["thread", "written_at", "id"], name="post_in_order"),
            models.Index(fields=["caucus", "written_at"], name="post_by_age"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(revision__gte=1), name="post_revisions_begin_at_one")
        ]

    def __str__(self) -> str:
        return "post"

    @property
    def shown(self) -> SafeString:
        """The text as HTML. Raises core.crypto.envelope.CannotOpen where it was damaged."""
        return trusted(str(self.html))

    @property
    def begins(self) -> bool:
        """Whether it begins its conversation: its title was said in the same moment by the same seat, and goes and is hidden with it."""
        thread = self.thread
        return self.written_at == thread.opened_at and self.seat_id == thread.seat_id


class Wording(models.Model):
    """What a post said before an edit; everybody who can read the post can read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="wordings")
    until = models.DateTimeField(_("until when it stood"), default=timezone.now)
    text = sealed("threads.wording.text", _("what it said"))

    class Privacy:
        """Who can read the post."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("id", "caucus", "post", "until"),
            **in_the_room("text", class_s=True),
        }

    class Meta:
        verbose_name = _("earlier wording of a post")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["post", "-until"], name="wording_newest_first")
        ]

    def __str__(self) -> str:
        return "wording"
