"""Named filters of excerpts. None of them looks into what is written: that is sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models


class ExcerptQuerySet(models.QuerySet):
    """Filters for excerpts."""

    def readable_by(self, member: Any, now: datetime) -> ExcerptQuerySet:
        """Those of the pair in which the member has an open place, their own among them, as long as they last.

        What was lent by somebody whose account is closed is hidden, for as long as it is.
        """
        here = {"pair__places__member": member, "pair__places__left_at__isnull": True}
        return self.filter(ends_at__gt=now, author__is_active=True, **here)

    def by(self, author: Any) -> ExcerptQuerySet:
        """This author's."""
        return self.filter(author=author)

    def of_entry(self, entry_id: UUID) -> ExcerptQuerySet:
        """Those that were cut out of this entry."""
        return self.filter(entry_id=entry_id)

    def past(self, now: datetime) -> ExcerptQuerySet:
        """Those whose last day is over."""
        return self.filter(ends_at__lte=now)

    def for_list(self) -> ExcerptQuerySet:
        """With their authors, the newest first: one query."""
        return self.select_related("author").order_by("-shared_at", "pk")
