"""What the loader of the starter curriculum last wrote, so that an editor's later change is never overwritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from core.privacy import Audience, Field, seen_by


class StarterFile(models.Model):
    """One file of `curriculum/starter/`: the digest of what was read and the revision that was written from it."""

    path = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    loaded_at = models.DateTimeField(auto_now=True)

    class Privacy:
        """Used by the loader alone."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.OPERATOR, why="what the loader wrote")
            for name in ("id", "path", "digest", "page", "revision", "loaded_at")
        }

    def __str__(self) -> str:
        return self.path
