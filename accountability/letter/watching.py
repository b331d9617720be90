"""What is published with the letter and changes elsewhere: names of members and of organizations, under which signatures are shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save

from accountability.letter.models import Signature
from accounts.models import Organization, User
from core import content


def watch() -> None:
    """A signature, a name: whatever changes one makes every public page anew."""
    content.watch(Signature, Organization)
    post_save.connect(member_saved, sender=User, dispatch_uid="letter.member_saved")


def member_saved(
    instance: User, created: bool = False, update_fields: Collection[str] | None = None, **_signal: Any
) -> None:  # fmt: skip
    """Only of those whose name stands under the letter; a log-in, which writes its own field alone, asks nothing."""
    if created or (update_fields is not None and "chosen_name" not in update_fields):
        return
    if Signature.objects.filter(member=instance, name_is_public=True).exists():
        content.raise_version()
