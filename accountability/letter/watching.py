"""What is published with the letter and changes elsewhere: names of members and of organizations, under which signatures are shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save

from accountability.letter.models import Signature, UnnamedTally
from accounts.models import Organization, User
from core import content


def watch() -> None:
    """A name under the letter, the weekly count, a name anywhere: whatever changes one makes every public page anew."""
    content.watch(UnnamedTally, Organization)
    post_save.connect(signature_saved, sender=Signature, dispatch_uid="letter.signature_saved")
    post_delete.connect(
        signature_deleted, sender=Signature, dispatch_uid="letter.signature_deleted"
    )
    post_save.connect(member_saved, sender=User, dispatch_uid="letter.member_saved")


def signature_saved(
    instance: Signature, created: bool = False, update_fields: Collection[str] | None = None, raw: bool = False, **_signal: Any
) -> None:  # fmt: skip
    """Of one without a name nothing public changes, not even the mark by which browsers ask again: it would tell when somebody signs."""
    if raw or (created and not _is_named(instance)):
        return
    if _is_named(instance) or update_fields is None or "name_is_public" in update_fields:
        content.raise_version()


def signature_deleted(instance: Signature, **_signal: Any) -> None:
    """The same, of one that goes."""
    if _is_named(instance):
        content.raise_version()


def _is_named(row: Signature) -> bool:
    return row.name_is_public or row.confirmed_at is not None


def member_saved(
    instance: User, created: bool = False, update_fields: Collection[str] | None = None, **_signal: Any
) -> None:  # fmt: skip
    """Only of those whose name stands under the letter; a log-in, which writes its own field alone, asks nothing."""
    if created or (update_fields is not None and "chosen_name" not in update_fields):
        return
    if Signature.objects.filter(member=instance, name_is_public=True).exists():
        content.raise_version()
