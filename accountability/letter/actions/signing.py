"""A member signs for themselves, shows or hides their name, withdraws."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.letter import notifications
from accountability.letter.models import LetterVersion, Signature
from accountability.letter.permissions import can_withdraw_signature, is_current, owns_signature
from core.access import require


class Superseded(Exception):
    """A newer version was published since this one was read, or none was. Nothing was signed. `current` is what is signed now."""

    def __init__(self, current: LetterVersion) -> None:
        super().__init__("A newer version was published meanwhile.")
        self.current = current


@transaction.atomic
def sign(*, version: LetterVersion, name_is_public: bool, by: Any) -> tuple[Signature, bool]:
    """Sign a version for oneself; returns the signature and whether it is new. Raises Superseded when it is not the current one.

    A second time changes nothing, neither whether the name is public.
    """
    require(by.is_authenticated and by.is_active)
    hold_current(version)
    return Signature.objects.for_oneself().get_or_create(
        version=version, member=by, defaults={"name_is_public": name_is_public}
    )


@transaction.atomic
def show_name(*, signature: Signature, public: bool, by: Any) -> None:
    """Show or hide one's own name. Nobody else can, whatever they are here."""
    require(owns_signature(by, signature))
    row = Signature.objects.select_for_update().filter(pk=signature.pk).first()
    if row is not None and row.name_is_public != public:
        row.name_is_public = public
        row.save(update_fields=["name_is_public"])


@transaction.atomic
def withdraw(*, signature: Signature, by: Any) -> None:
    """Take a signature back, with what was pledged. A second press finds nothing and changes nothing."""
    require(can_withdraw_signature(by, signature))
    held = Signature.objects.select_for_update(of=("self",)).select_related(
        "member", "confirmed_by"
    )
    row = held.filter(pk=signature.pk).first()
    if row is None:
        return
    if row.organization_id is not None:
        notifications.organization_withdrawn(row, by)
    row.delete()


def prune_unconfirmed() -> int:
    """Remove what nobody confirmed while it could be, and for a while after; returns how many."""
    return sum(row.delete()[1].get("letter.Signature", 0) for row in Signature.objects.long_unconfirmed(timezone.now()))  # fmt: skip


def hold_current(version: LetterVersion) -> None:
    """Hold the version until the signature stands, so that none is published in between. Raises Superseded."""
    held = LetterVersion.objects.published().select_for_update().filter(pk=version.pk).first()
    if held is None or not is_current(held):
        current = LetterVersion.objects.published().first()
        raise Superseded(current or version)
