"""What the loader of the starter curriculum last wrote, so that an editor's later decision is never overwritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by


class StarterFile(models.Model):
    """One file of `curriculum/starter/`, or one row of its facts: what was read from it, and what became of it.

    The page is named by its lasting key and not by a foreign key: that it is gone is an editor's decision, and a lesson
    that is restored gets the same key, by which progress and editions find it.
    """

    path = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)  # of the file's bytes, or of the row
    written = models.CharField(max_length=64, blank=True)  # of the page's fields and blocks
    page_key = models.UUIDField(null=True, blank=True)
    loaded_at = models.DateTimeField(auto_now=True)

    class Privacy:
        """Used by the loader alone."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.OPERATOR, why=_("what the loader wrote"))
            for name in ("id", "path", "digest", "written", "page_key", "loaded_at")
        }

    class Meta:
        verbose_name = _("file of the starter curriculum")

    def __str__(self) -> str:
        return self.path
