"""What stands on a cohort's page: a text and a day. Nothing here leads to a caucus."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by
from core.text import trusted

_THE_COHORT = (Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE)
_SAID = _("said to the cohort")


class Released(models.Model):
    """A note that a caucus released to a cohort: the text, and on which day. No author, no caucus, no number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.CASCADE, related_name="brought_back"
    )
    released_on = models.DateField(_("on which day"))
    text = models.TextField(_("text"))
    text_html = models.TextField(_("text as shown"), editable=False)
    cleaner_version = models.PositiveSmallIntegerField(editable=False)

    class Privacy:
        """Read in the cohort."""

        fields: ClassVar[dict[str, Field]] = {
            "cleaner_version": seen_by(Audience.NOBODY, why=_("which cleaner made the HTML")),
            **{
                name: seen_by(*_THE_COHORT, why=_SAID)
                for name in ("id", "cohort", "released_on", "text", "text_html")
            },
        }

    class Meta:
        verbose_name = _("note from a caucus")
        verbose_name_plural = _("notes from caucuses")

    def __str__(self) -> str:
        return "note"

    @property
    def html(self) -> SafeString:
        """The text as HTML: cleaned when it was written."""
        return trusted(self.text_html)


class Reply(models.Model):
    """What somebody of the cohort replies, with their name. The caucus reads it, too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    released = models.ForeignKey(Released, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="replies_to_notes",
    )
    posted_at = models.DateTimeField(_("posted"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    text = models.TextField(_("text"), max_length=10_000)
    text_html = models.TextField(_("text as shown"), editable=False)
    cleaner_version = models.PositiveSmallIntegerField(editable=False)

    class Privacy:
        """Read in the cohort, and by who wrote the note."""

        fields: ClassVar[dict[str, Field]] = {
            "cleaner_version": seen_by(Audience.NOBODY, why=_("which cleaner made the HTML")),
            "revision": seen_by(Audience.NOBODY, why=_("keeps a forgotten tab from overwriting")),
            **{
                name: seen_by(*_THE_COHORT, Audience.CAUCUS, why=_SAID)
                for name in (
                    "id",
                    "released",
                    "author",
                    "posted_at",
                    "edited_at",
                    "text",
                    "text_html",
                )
            },
        }

    class Meta:
        verbose_name = _("reply to a note from a caucus")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["released", "posted_at"], name="reply_to_note_in_order")
        ]

    def __str__(self) -> str:
        return "reply"

    @property
    def html(self) -> SafeString:
        """The text as HTML: cleaned when it was written."""
        return trusted(self.text_html)
