"""What stands beside published copies and changes elsewhere: the names of members and of organizations."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save

from accountability.commitments.actions import refresh_names
from accountability.commitments.models import PublishedCopy
from accounts.models import Organization, User


def watch() -> None:
    """A name that somebody goes by no longer is shown nowhere from the moment in which it was changed."""
    post_save.connect(member_saved, sender=User, dispatch_uid="commitments.member_saved")
    post_save.connect(
        organization_saved, sender=Organization, dispatch_uid="commitments.organization_saved"
    )


def member_saved(
    instance: User,
    created: bool = False,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **_signal: Any,
) -> None:
    """The copies of the member; a log-in, which writes its own field alone, asks nothing."""
    if created or raw or (update_fields is not None and "chosen_name" not in update_fields):
        return
    mine = PublishedCopy.objects.filter(commitment__owner=instance)
    refresh_names(mine.exclude(name=instance.get_full_name()))


def organization_saved(
    instance: Organization, created: bool = False, raw: bool = False, **_signal: Any
) -> None:
    """The copies of what its roles promised."""
    if not created and not raw:
        refresh_names(PublishedCopy.objects.filter(commitment__role__organization=instance))
