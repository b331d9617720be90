"""A prompt of a lesson that a cohort talks about, and what its people reply.

The lesson and its block are named by their lasting keys, without a foreign key upward; the words, the title and the address
are copies from the moment of opening, so that the talk stays readable when the lesson changes or goes.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.models.groups import Cohort
from cohorts.models.writing import THE_COHORT, Written, written_fields
from cohorts.querysets import PromptQuerySet, ReplyQuerySet
from core.privacy import Audience, Field, seen_by


class Prompt(models.Model):
    """A question of a lesson, open for talk in one cohort."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.CASCADE, related_name="prompts"
    )
    lesson_key = models.UUIDField(editable=False)
    block = models.UUIDField(editable=False)
    words = models.TextField(_("words of the question"), max_length=10_000)
    title = models.CharField(_("title of the lesson"), max_length=255)
    address = models.CharField(_("address of the lesson"), max_length=600)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opened by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="prompts_opened",
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)

    objects = PromptQuerySet.as_manager()

    class Privacy:
        """Read in the cohort."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(*THE_COHORT, why=_("what the cohort talks about"))
            for name in (
                "id", "cohort", "lesson_key", "block", "words", "title", "address", "opened_by", "opened_at",
            )
        }  # fmt: skip

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        ordering: ClassVar[list[str]] = ["-opened_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "lesson_key", "block"], name="prompt_opens_once_per_cohort"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.opened_at:%Y-%m-%d}"


class Reply(Written):
    """What one person says to a prompt. One that a facilitator removed is seen by its author alone, with the reason."""

    prompt = models.ForeignKey(
        Prompt, verbose_name=_("prompt"), on_delete=models.CASCADE, related_name="replies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="replies",
    )
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)
    removal_reason = models.CharField(_("why it was removed"), max_length=500, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Privacy:
        """Read in the cohort, until it is removed."""

        fields: ClassVar[dict[str, Field]] = {
            **written_fields("prompt", why=_("said to the cohort")),
            **{
                name: seen_by(Audience.AUTHOR, why=_("tells the author what became of their words"))
                for name in ("removed_at", "removal_reason")
            },
        }

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering: ClassVar[list[str]] = ["posted_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removal_reason="")
                | Q(Q(removed_at__isnull=False), ~Q(removal_reason="")),
                name="reply_is_removed_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.prompt}: {self.posted_at:%Y-%m-%d}"
