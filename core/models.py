"""The kernel's tables: the audit and the results of forms that must not run twice."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models

from core.privacy import Audience, Field, seen_by


class AuditEvent(models.Model):
    """One act, under pseudonyms. Written once; pruned by age only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    verb = models.CharField(max_length=60)
    actor = models.CharField(max_length=32, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=32, db_index=True)

    class Privacy:
        """Operators read pseudonyms, never names."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why="key of the row"),
            "at": seen_by(Audience.OPERATOR, why="order of events"),
            "verb": seen_by(Audience.OPERATOR, why="what was done"),
            "actor": seen_by(Audience.OPERATOR, why="pseudonym of who did it"),
            "subject_kind": seen_by(Audience.OPERATOR, why="kind of row"),
            "subject": seen_by(Audience.OPERATOR, why="pseudonym of the row"),
        }

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: an audit row is never changed. Raises TypeError on a second save."""
        if not self._state.adding:
            raise TypeError("Audit rows are written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always raises TypeError: rows go by age only, through the retention job."""
        raise TypeError("Audit rows are pruned by age only.")


class FormResult(models.Model):
    """Where a form's first post led, kept 24 hours, so that a second post of the same form repeats nothing."""

    member = models.UUIDField()
    form = models.CharField(max_length=120)
    key = models.UUIDField()
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Privacy:
        """Used by the system alone."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.NOBODY, why="keeps a double click from acting twice; gone after a day"
            )
            for name in ("id", "member", "form", "key", "location", "at")
        }

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "form", "key"], name="form_result_once_per_member_and_form"
            )
        ]

    def __str__(self) -> str:
        return self.form


class ContentVersion(models.Model):
    """One row: a token that every change of published content replaces. What was made under another token is old.

    A random token and not a counter, so that a change that was rolled back can never be mistaken for a later one.
    """

    token = models.CharField(max_length=32)

    class Privacy:
        """Says nothing."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.NOBODY, why="tells old pages from new ones")
            for name in ("id", "token")
        }

    def __str__(self) -> str:
        return self.token
