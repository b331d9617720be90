"""A conversation of a caucus."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caucuses.models.sealing import by_nobody, in_the_room, sealed
from core.privacy import Field


class Thread(models.Model):
    """A conversation. `seat` is empty once its starter has left; `revision` grows with every change of any of its posts.

    Whoever joined after it was opened does not read its title, which was said before they came. It goes as a post of that
    moment does (`is_title_gone`), also where others go on posting, and is hidden with the post that begins it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="threads")
    seat = models.ForeignKey(
        "caucuses.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(_("when it was opened"), default=timezone.now)
    last_at = models.DateTimeField(_("when somebody last posted"), default=timezone.now)
    closed_at = models.DateTimeField(_("since when it is closed"), null=True, blank=True)
    revision = models.PositiveBigIntegerField(default=1)
    is_title_gone = models.BooleanField(_("whether its title is past its time"), default=False)
    is_title_hidden = models.BooleanField(_("whether a facilitator has hidden its title"), default=False, db_default=False)  # fmt: skip
    title = sealed("threads.thread.title", _("what it is about"))

    class Privacy:
        """The members who were there."""

        fields: ClassVar[dict[str, Field]] = {
            **in_the_room("id", "caucus", "seat", "opened_at", "last_at", "closed_at"),
            **in_the_room("is_title_gone", "is_title_hidden"),
            **by_nobody("revision", why=_("tells an open page that there is something new")),
            **in_the_room("title", class_s=True),
        }

    class Meta:
        verbose_name = _("conversation of a caucus")
        verbose_name_plural = _("conversations of caucuses")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["caucus", "-last_at", "-id"], name="thread_latest_first")
        ]

    def __str__(self) -> str:
        return "thread"
