"""What people write in a cohort: the text as it was typed beside the cleaned one, and announcements."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cohorts.models.groups import Cohort
from cohorts.querysets import AnnouncementQuerySet
from core.privacy import Audience, Field, seen_by
from core.text import trusted

#: Who reads what is written in a cohort.
THE_COHORT = (Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE)


class Written(models.Model):
    """Markdown that was cleaned when it was written (`cohorts.actions.writing`); each kind adds its author."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.TextField(_("text"), max_length=10_000)
    text_html = models.TextField(_("text as shown"), editable=False)
    cleaner_version = models.PositiveSmallIntegerField(editable=False)
    posted_at = models.DateTimeField(_("posted"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    # Counts the texts it has had, so that an edit in a forgotten tab overwrites nothing (threats H9).
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def html(self) -> SafeString:
        """The text as HTML: cleaned when it was written, by the cleaner of `cleaner_version`."""
        return trusted(self.text_html)


def written_fields(*more: str, why: str | Promise) -> dict[str, Field]:
    """The audience of each field of something written, and of `more`."""
    names = ("id", "text", "text_html", "posted_at", "edited_at", "author", *more)
    return {
        "cleaner_version": seen_by(Audience.NOBODY, why=_("which cleaner made the HTML")),
        "revision": seen_by(Audience.NOBODY, why=_("keeps a forgotten tab from overwriting")),
        **{name: seen_by(*THE_COHORT, why=why) for name in names},
    }


class Announcement(Written):
    """What a facilitator or the backbone tells a cohort."""

    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.CASCADE, related_name="announcements"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="announcements",
    )

    objects = AnnouncementQuerySet.as_manager()

    class Privacy:
        """Read in the cohort."""

        fields: ClassVar[dict[str, Field]] = written_fields("cohort", why=_("told to the cohort"))

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering: ClassVar[list[str]] = ["-posted_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "-posted_at"], name="announcement_newest_first")
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.posted_at:%Y-%m-%d}"
