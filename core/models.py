"""The kernel's tables: the audit and its key, results of forms that must not run twice, leases of the worker's tasks."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by
from core.querysets import AuditManager


class AuditEvent(models.Model):
    """One act, under pseudonyms. Written once; pruned by age only, through `AuditEvent.objects.prune()`.

    A trigger in the database refuses changes by any other way (core/migrations/0001_initial.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    verb = models.CharField(max_length=60)
    actor = models.CharField(max_length=32, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=32, db_index=True)

    objects = AuditManager()

    class Privacy:
        """Operators read pseudonyms, never names. A member reads what others did to something of theirs (`accounts.acts`)."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("key of the row")),
            "at": seen_by(Audience.AUTHOR, Audience.OPERATOR, why=_("order of events")),
            "verb": seen_by(Audience.AUTHOR, Audience.OPERATOR, why=_("what was done")),
            "actor": seen_by(Audience.AUTHOR, Audience.OPERATOR, why=_("pseudonym of who did it")),
            "subject_kind": seen_by(Audience.OPERATOR, why=_("kind of row")),
            "subject": seen_by(Audience.OPERATOR, why=_("pseudonym of the row")),
        }

    class Meta:
        verbose_name = _("line of the audit")
        ordering: ClassVar[list[str]] = ["-at"]
        base_manager_name = "objects"

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


class AuditKey(models.Model):
    """One row, in the database of keys: what the audit's pseudonyms are made with. Made on first use, never replaced.

    Not derived from SECRET_KEY, so that a new one of those leaves the past as readable as it was (threats C7).
    """

    THE_ROW: ClassVar[int] = 1

    key = models.BinaryField(max_length=32)

    class Privacy:
        """Whoever has it could tell members by their pseudonyms."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.NOBODY, why=_("makes the pseudonyms of the log of acts"))
            for name in ("id", "key")
        }

    def __str__(self) -> str:
        return "audit key"


class OwnerKind(models.TextChoices):
    """Who or what a data key can belong to. Stored in what the key seals: never renamed."""

    MEMBER = "member", _("a member")
    PAIR = "pair", _("a pair of buddies")
    CAUCUS = "caucus", _("a caucus")
    ORGANIZATION = "organization", _("an organization")
    REPORT = "report", _("a report of harm")
    PULSE = "pulse", _("a pulse of a cohort")


class KeyOwner(models.Model):
    """In the database of keys: one owner of data keys, and whether their keys were destroyed. Names nobody.

    A row whose keys were destroyed stays, so that no late write makes a new key for someone who has left.
    """

    kind = models.CharField(max_length=20, choices=OwnerKind.choices)
    ref = models.UUIDField()
    generation = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    renewed_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        """Whoever has it learns that an owner exists."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.NOBODY, why=_("whose key opens which private text"))
            for name in (
                "id",
                "kind",
                "ref",
                "generation",
                "made_at",
                "renewed_at",
                "destroyed_at",
            )
        }

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "ref"], name="key_owner_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=OwnerKind.values), name="key_owner_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(generation__gte=1, generation__lte=65535),
                name="key_owner_has_a_generation_that_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class DataKey(models.Model):
    """In the database of keys: one owner's key of one generation, wrapped by the key `kek` of the keyring."""

    owner = models.BigIntegerField()  # of a KeyOwner; the kernel's tables hold no foreign keys
    generation = models.PositiveIntegerField()
    kek = models.CharField(max_length=40, db_index=True)
    wrapped = models.BinaryField(max_length=60)

    class Privacy:
        """Useless without the keyring."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.NOBODY, why=_("opens private text, together with the keyring"))
            for name in ("id", "owner", "generation", "kek", "wrapped")
        }

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "generation"], name="data_key_once_per_generation"
            )
        ]

    def __str__(self) -> str:
        return f"generation {self.generation}"


class FormResult(models.Model):
    """Where a form's first post led, kept 24 hours, so that a second post of the same form repeats nothing.

    `body` tells a second text under the same key from the same one sent twice. It is made with the audit's own key, anew
    for each form: nothing that was typed follows from it, nor that two people typed the same.
    """

    member = models.UUIDField()
    form = models.CharField(max_length=120)
    key = models.UUIDField()
    body = models.CharField(max_length=32)
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Privacy:
        """Used by the system alone."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.NOBODY, why=_("keeps a double click from acting twice; gone after a day")
            )
            for name in ("id", "member", "form", "key", "body", "location", "at")
        }

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "form", "key", "body"],
                name="form_result_once_per_member_and_form",
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
            name: seen_by(Audience.NOBODY, why=_("tells old pages from new ones"))
            for name in ("id", "token")
        }

    def __str__(self) -> str:
        return self.token


class TaskLease(models.Model):
    """How one task of the worker goes that runs or has failed: under which key, how often its worker said that it is still
    at it, how often it failed. The task itself is a row of django-tasks-db (core.tasks)."""

    task = models.UUIDField(primary_key=True, editable=False)
    key = models.UUIDField(null=True)
    beats = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        """About no person: what the worker does, and how often that failed."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.NOBODY, why=_("keeps two workers apart"))
            for name in ("task", "key", "beats", "failures")
        }

    class Meta:
        verbose_name = _("lease of a task")

    def __str__(self) -> str:
        return str(self.task)
