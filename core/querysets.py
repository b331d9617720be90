"""Named filters of the kernel, and what its tables do not allow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

AUDIT_DAYS = 400


class AuditQuerySet(models.QuerySet):
    """Rows of the audit: to be read and added to. Whatever would change or remove some raises TypeError (threats F7)."""

    def update(self, **_values: Any) -> NoReturn:
        """Always raises TypeError."""
        raise TypeError("Audit rows are written once and never changed.")

    def bulk_update(self, *_args: Any, **_values: Any) -> NoReturn:
        """Always raises TypeError."""
        raise TypeError("Audit rows are written once and never changed.")

    def update_or_create(self, *_args: Any, **_values: Any) -> NoReturn:
        """Always raises TypeError."""
        raise TypeError("Audit rows are written once and never changed.")

    def bulk_create(
        self,
        objs: Iterable[Any],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[Any]:
        """Add rows. Raises TypeError when it is asked to change those that exist."""
        if update_conflicts:
            raise TypeError("Audit rows are written once and never changed.")
        return super().bulk_create(objs, batch_size, ignore_conflicts)

    def delete(self) -> NoReturn:
        """Always raises TypeError: rows go by age only, through the retention job."""
        raise TypeError("Audit rows are pruned by age only.")

    # Django's marks: not offered on managers, and harmless to templates.
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class AuditManager(models.Manager.from_queryset(AuditQuerySet)):  # type: ignore[misc]
    """The only way to the audit, and the only way in which its rows go."""

    def prune(self) -> int:
        """Delete the rows that are older than 400 days, whatever they say; returns how many."""
        old = timezone.now() - timedelta(days=AUDIT_DAYS)
        return int(models.QuerySet(self.model, using=self._db).filter(at__lt=old).delete()[0])
