"""Named filters of meetings. None of them looks into what is written: that is sealed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import Cast
from django.utils import timezone

_TAKES = ExpressionWrapper(
    Cast("minutes", models.IntegerField()) * timedelta(minutes=1), output_field=DurationField()
)
_ENDS = ExpressionWrapper(F("starts_at") + _TAKES, output_field=models.DateTimeField())


class MeetingQuerySet(models.QuerySet):
    """Filters for meetings."""

    def with_end(self) -> MeetingQuerySet:
        """Each with `ends`, when it is over."""
        return self.annotate(ends=_ENDS)

    def known_since(self, since: datetime | None) -> MeetingQuerySet:
        """Those that began after this moment, whenever they were called; none for who has not accepted the agreement yet."""
        return self.filter(starts_at__gte=since) if since else self.none()

    def to_come(self) -> MeetingQuerySet:
        """Those that are not over, the next one first; also those that were called off."""
        return self.with_end().filter(ends__gt=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> MeetingQuerySet:
        """Those that are over, the last one first."""
        return self.with_end().filter(ends__lte=timezone.now()).order_by("-starts_at", "-pk")

    def behind(self, last: models.Model) -> MeetingQuerySet:
        """What comes after this one in the order of `to_come`."""
        starts_at = last.starts_at  # type: ignore[attr-defined]
        return self.filter(Q(starts_at__gt=starts_at) | Q(starts_at=starts_at, pk__gt=last.pk))

    def before(self, last: models.Model) -> MeetingQuerySet:
        """What comes after this one in the order of `past`."""
        starts_at = last.starts_at  # type: ignore[attr-defined]
        return self.filter(Q(starts_at__lt=starts_at) | Q(starts_at=starts_at, pk__lt=last.pk))

    def stale(self) -> MeetingQuerySet:
        """Those that were called off, whose time has passed, and of which no notes are left."""
        off = self.filter(cancelled_at__isnull=False, notes__isnull=True)
        return off.with_end().filter(ends__lte=timezone.now())
