"""What buddies hold about a member: nothing that an export by others may take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accountability.buddies import notifications
from accountability.buddies.actions.pairs import leave_pair, prune_pairs
from accountability.buddies.models import Place
from accountability.buddies.permissions import pairs_writable_by
from core.register import Holding, NoticeKind, Retention, hold


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    @transaction.atomic
    def places() -> None:
        for pair in pairs_writable_by(member):
            leave_pair(pair=pair, by=member)
        Place.objects.filter(member=member).delete()

    yield places


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="buddies",
            models=("buddies.Pair", "buddies.Place"),
            erase=_erase,
            retention=(
                Retention(
                    _("Your pair, and what you two shared in it"),
                    _("30 days after it ended, to read and to export; then it goes, with its key"),
                    prune_pairs,
                ),
            ),
            notice_kinds=(
                NoticeKind(
                    notifications.CHANGED,
                    _("Your pair"),
                    _("When your pair has ended, or is smaller."),
                    notifications.show_changed,
                ),
            ),
        )
    )
