"""What a buddy is told, and what a reader may see of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.sharing.models import Excerpt
from accountability.sharing.permissions import excerpts_visible_to
from core.register import Payload, Shown
from notices.actions import notify_all

SHARED = "sharing.shared"


def excerpt_shared(excerpt: Excerpt, others: Collection[Any]) -> None:
    """The others of the pair: there is something to read. It does not say whose or what."""
    notify_all(members=others, kind=SHARED, payload={"excerpt": excerpt.pk})


def known_shared(member: Any) -> dict[str, Any]:
    """Those that the member may still read."""
    return {"excerpt": excerpts_visible_to(member)}


def show_shared(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """Those that the member may still read, one query for all: what was taken back is gone here too."""
    ids = {str(payload["excerpt"]) for payload in payloads}
    rows = excerpts_visible_to(member).filter(pk__in=ids).values_list("pk", flat=True)
    found = {str(pk) for pk in rows}
    return [_shared(str(payload["excerpt"]), found) for payload in payloads]


def _shared(pk: str, found: Collection[str]) -> Shown | None:
    if pk not in found:
        return None
    return Shown(_("Something was shared with you"), reverse("sharing:excerpt_show", args=[pk]))
