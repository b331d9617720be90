"""What the desk holds about a member: that they could be counted."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backbone.models import Snapshot
from backbone.telling import TELLINGS
from core.register import Holding, Retention, hold


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Their id gives way to a random one, so that the next week still knows that somebody left. Numbers stay."""
    gone = str(member.pk)

    @transaction.atomic
    def counted() -> None:
        for row in Snapshot.objects.select_for_update().order_by("pk").only("people"):
            if gone in row.people:
                row.people = [str(uuid.uuid4()) if one == gone else one for one in row.people]
                row.save(update_fields=["people"])

    return (counted,)


def register() -> None:
    """Register the holding of the desk."""
    hold(
        Holding(
            name="backbone",
            models=("backbone.Snapshot",),
            erase=_erase,
            told=TELLINGS,
            retention=(
                Retention(
                    _("The numbers about a cohort, counted once a week"),
                    _(
                        "the last ones, as long as the cohort; 30 days after its last day nobody reads them"
                    ),
                ),
            ),
        )
    )
