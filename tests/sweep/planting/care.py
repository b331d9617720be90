"""Plants of care."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from care.models import Stop
from care.tokens import token_of
from scripts.traces import Words
from tests.sweep.planting.kinds import Page, Plant, Use


def _stop(member: Any, words: Words) -> Stop:
    """That Dev wants no contact with somebody. By hand: an action would take a member, and no word."""
    stop = Stop(by=member, token=token_of(member.pk, uuid4()))
    stop.other = words.word("care.Stop.other")
    stop.save()
    return stop


PLANTS: dict[str, Plant] = {"care.Stop": _stop}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = ()
#: What Dev types into the forms of the room.
USES: tuple[Use, ...] = ()
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {}
