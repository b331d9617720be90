"""What buddies are told, one function a message, and what a reader may see of each notice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.buddies.models import Pair
from accountability.buddies.permissions import pairs_visible_to
from core.register import Payload, Shown
from notices.actions import notify_all

CHANGED = "buddies.changed"


def pair_changed(pair: Pair, others: Collection[Any]) -> None:
    """The others: somebody has left, and so the pair has ended or is smaller. It does not say who or why."""
    notify_all(members=others, kind=CHANGED, payload={"pair": pair.pk})


def show_changed(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The pairs that the member may still read: one query for all."""
    ids = {str(payload["pair"]) for payload in payloads}
    found = {str(row.pk): row for row in pairs_visible_to(member).filter(pk__in=ids)}
    return [_changed(found.get(str(payload["pair"]))) for payload in payloads]


def _changed(pair: Pair | None) -> Shown | None:
    if pair is None:
        return None
    words = _("Your pair has ended") if pair.ended_at else _("Your pair is smaller now")
    return Shown(words, reverse("buddies:buddy_show"))
