"""Coming one after the other, and the ids that make a form sent twice act once."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from accounts.models import User


def hold(member: Any) -> None:
    """Hold the member's own row until the transaction ends, so that two acts of theirs come one after the other."""
    rows = User.objects.select_for_update(of=("self",)).filter(pk=member.pk)
    rows.values("pk").first()


def id_for(member: Any, once: UUID) -> UUID:
    """The id of the row that a form with this one-time key becomes.

    A form that is sent twice names the same row, and nobody can name another member's. So nothing need be noted beside
    it: a mark "this member sent the form for reports" would tell what nobody may know.
    """
    return uuid5(member.pk, str(once))
