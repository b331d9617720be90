"""Ways in, for stories: a room with a door, a request, an invitation, a removal."""

from __future__ import annotations

import json
import re
from typing import Any

from caucuses.actions.inviting import invite
from caucuses.actions.joining import write_request
from caucuses.choices import Joining
from caucuses.models import Invitation, JoinRequest, Parting, Seat
from caucuses.tokens import token_for
from tests.caucuses.story import a_room

PATH = "/caucuses/{}/{}"
UNUSED = "7c0f9f2e-5b1d-4f66-9a3e-0f5f3d1f7a11"
TYPED = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]+"')
REQUEST_ID = re.compile(r"\b[0-9a-f]{12}\b")


def a_door(opener: Any, *others: Any, joining: str = Joining.OPEN, **changes: Any) -> list[Seat]:
    """A room whose door is listed."""
    return a_room(opener, *others, joining=joining, is_listed=True, **changes)


def path(seat: Seat, way: str = "door/") -> str:
    """An address of this seat's room."""
    return PATH.format(seat.caucus_id, way)


def asks(
    seat: Seat, member: Any, *, name: str = "Robin", words: str = "May I come?"
) -> JoinRequest:
    """A request to this room."""
    return write_request(caucus=seat.caucus, by=member, name=name, words=words)


def invites(seat: Seat, member: Any, **given: Any) -> Invitation:
    """An invitation to this room for the address of a member."""
    return invite(seat=seat, address=member.email, **given)


def removed(
    seat: Seat, member: Any, *, reason: str = "It hurt us.", texts: Any = (), posts: Any = ()
) -> Parting:
    """What is left for a member who was removed from this room."""
    parting = Parting(caucus=seat.caucus, token=token_for(seat.caucus, member.pk))
    parting.name = str(seat.caucus.name)
    parting.reason, parting.kept = reason, json.dumps(list(texts))
    parting.posts = json.dumps([str(pk) for pk in posts])
    parting.save(force_insert=True)
    return parting


def page_of(answer: Any) -> str:
    """The page apart from tokens, the request's id and the address of the page itself."""
    text = TYPED.sub("", answer.text.replace(answer.request["PATH_INFO"], ""))
    return REQUEST_ID.sub("", text)
