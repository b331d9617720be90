"""A room for a story: who opens it facilitates, the others have accepted what it agrees on."""

from __future__ import annotations

from typing import Any

from caucuses.actions import open_caucus, sit
from caucuses.choices import Joining
from caucuses.models import Seat
from caucuses.permissions import seats_of
from caucuses.terms import Terms

TEXT = "We speak for ourselves. What is said here stays here. We let each other finish."
NAME = "The back porch"
PURPOSE = "A place to say what we do not say in the big meeting."


def terms(**changes: Any) -> Terms:
    """The terms of a room that nobody outside knows of, with these changes."""
    usual: dict[str, Any] = {"name": NAME, "purpose": PURPOSE, "joining": Joining.INVITATION}
    return Terms(**{**usual, **changes})


def a_room(opener: Any, *others: Any, **changes: Any) -> list[Seat]:
    """A new room with a seat for each, in order. Everybody goes by their first name."""
    first = open_caucus(
        by=opener, name_in_room=first_name(opener), text=TEXT, terms=terms(**changes)
    )
    return [first, *(join(first, other) for other in others)]


def join(seat: Seat, member: Any, *, has_accepted: bool = True) -> Seat:
    """A seat for one more, in the caucus of this seat."""
    return sit(
        caucus=seat.caucus, member=member, name=first_name(member), has_accepted=has_accepted
    )


def own_room(member: Any, *others: Any) -> Seat:
    """The member's seat in the room that they opened first for these stories, opened where there is none."""
    known = [seat for seat in seats_of(member) if seat.is_facilitator]
    return known[0] if known else a_room(member, *others)[0]


def first_name(member: Any) -> str:
    """What they are called in the room."""
    return str(member.get_full_name()).split()[0]
