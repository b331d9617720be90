"""Named filters of care."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from care.choices import CLOSED_KEPT_FOR, WITHDRAWN_KEPT_FOR, State


class ContactQuerySet(models.QuerySet):
    """Filters for contacts."""

    def standing(self) -> ContactQuerySet:
        """Those whom the backbone team has asked, and who have not stepped back, whether or not they have answered."""
        return self.filter(ended_at__isnull=True, member__is_active=True)

    def in_force(self) -> ContactQuerySet:
        """Those who have accepted."""
        return self.standing().filter(accepted_at__isnull=False)

    def offered(self) -> ContactQuerySet:
        """Those who take new reports now."""
        return self.in_force().filter(is_available=True)

    def for_page(self) -> ContactQuerySet:
        """With the members, in the order of names: one query."""
        return self.select_related("member__organization").order_by("member__chosen_name", "pk")


class ReportQuerySet(models.QuerySet):
    """Filters for reports."""

    def not_withdrawn(self) -> ReportQuerySet:
        """Those that still have words."""
        return self.exclude(state=State.WITHDRAWN)

    def for_page(self) -> ReportQuerySet:
        """The last in which something was new first."""
        return self.order_by("-changed_at", "-pk")

    def past_keeping(self, now: datetime) -> ReportQuerySet:
        """Closed ones after a year, withdrawn ones after 30 days."""
        closed = Q(state=State.CLOSED, closed_at__lte=now - CLOSED_KEPT_FOR)
        withdrawn = Q(state=State.WITHDRAWN, closed_at__lte=now - WITHDRAWN_KEPT_FOR)
        return self.filter(closed | withdrawn)
