"""Plants of buddies."""

from __future__ import annotations

from typing import Any

from accountability.buddies.models import Place
from accounts.models import User
from scripts.traces import Words
from tests.sweep.planting.kinds import Page, Plant, Use, pair_of


def _place(member: Any, words: Words) -> Place:
    """How Elu reaches Dev."""
    pair = pair_of(member, User.objects.get(email="elu@riverton.example"))
    place = pair.places.get(member=member)
    place.contact = f"Ring {words.word('buddies.Place.contact')}"
    place.save()
    return place


PLANTS: dict[str, Plant] = {"buddies.Place": _place}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = ()
#: What Dev types into the forms of the room.
USES: tuple[Use, ...] = ()
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {"buddies.Place": frozenset({"elu"})}
