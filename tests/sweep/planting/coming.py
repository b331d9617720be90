"""Plants of coming into a caucus."""

from __future__ import annotations

from typing import Any

from caucuses.actions.inviting import invite
from caucuses.actions.joining import decline_request
from caucuses.models import Caucus, Invitation, JoinRequest, Parting
from scripts.traces import Words
from tests.caucuses.comings import a_door, asks, removed
from tests.caucuses.story import a_room, own_room
from tests.sweep.planting.kinds import Page, Plant, Use, person

PLANTS: dict[str, Plant] = {}
PAGES: tuple[Page, ...] = ()
READERS: dict[str, frozenset[str]] = {}
USES: tuple[Use, ...] = ()
NAMES: dict[str, str] = {}


# Coming in: a request of Dev's that Elu declined, somebody whom Dev invites, and what was left when he was removed elsewhere.


def _own(member: Any, _words: Words) -> Caucus:
    """His own room, which addresses name. No words."""
    return own_room(member, person("elu")).caucus


def _request(member: Any, words: Words) -> JoinRequest:
    door = a_door(person("elu"), joining="request", name="The bench")[0]
    request = asks(
        door,
        member,
        name=f"Dev {words.word('caucuses.JoinRequest.name')}",
        words=f"I say {words.word('caucuses.JoinRequest.words')}.",
    )
    said = f"Not now: {words.word('caucuses.JoinRequest.answer')}."
    decline_request(seat=door, request_id=request.pk, words=said)
    return JoinRequest.objects.get(pk=request.pk)


def _asked(member: Any, words: Words) -> JoinRequest:
    """The same words to another room of Elu's, where they wait for an answer."""
    name, said = (words.word(f"caucuses.JoinRequest.{name}") for name in ("name", "words"))
    door = a_door(person("elu"), joining="request", name="The gate")[0]
    return asks(door, member, name=f"Dev {name}", words=f"I say {said}.")


def _door(_member: Any, _words: Words) -> Caucus:
    """A door at which nobody knows him yet. No words."""
    return a_door(person("elu"), joining="request", name="The step")[0].caucus


def _invitation(member: Any, words: Words) -> Invitation:
    return invite(
        seat=own_room(member, person("elu")),
        address=f"{words.word('caucuses.Invitation.address')}@riverton.example",
        words=f"Come, {words.word('caucuses.Invitation.words')}.",
    )


def _to_him(member: Any, words: Words) -> JoinRequest:
    """Somebody asks to come into his room. No words of Dev's."""
    return asks(own_room(member, person("elu")), person("tomas"))  # nobody who looks for words


def _parting(member: Any, words: Words) -> Parting:
    room = a_room(person("fay"), name="The far room")[0]
    room.caucus.name = f"The far {words.word('caucuses.Parting.name')}"  # as it was called that day
    texts = [["A title", f"I was writing {words.word('caucuses.Parting.kept')}."]]
    return removed(room, member, reason=f"For {words.word('caucuses.Parting.reason')}.", texts=texts)  # fmt: skip


_MINE, _STEP, _REQUEST, _INVITATION, _PARTING = (
    "caucuses.Caucus.own",
    "caucuses.Caucus.door",
    "caucuses.JoinRequest",
    "caucuses.Invitation",
    "caucuses.Parting",
)
PLANTS |= {
    _MINE: _own,
    _STEP: _door,
    _REQUEST: _request,
    "caucuses.JoinRequest.asked": _asked,
    _INVITATION: _invitation,
    "caucuses.JoinRequest.to_him": _to_him,
    _PARTING: _parting,
}
NAMES |= {
    "join_request": "caucuses.JoinRequest.to_him",
    "own_join_request": _REQUEST,
    "caucus_door": _STEP,
    "parting": _PARTING,
}
PAGES += (
    Page("caucuses:caucus_list", frozenset(f"{_REQUEST}.{name}" for name in ("name", "words", "answer"))),
    Page("caucuses:parted_show", frozenset(f"{_PARTING}.{name}" for name in ("name", "reason", "kept")), _PARTING),
)  # fmt: skip
#: Elu facilitates the rooms that he asked to join, and reads no request that was declined; beside him his own room.
READERS |= {
    _REQUEST: frozenset({"elu"}),
    f"{_REQUEST}.answer": frozenset(),
}
_OPENED: dict[str, str | list[str]] = {
    **dict.fromkeys(("name", "purpose", "text", "name_in_room"), "{word}"),
    "joining": "invitation",
    "keeping": "keep",
    "wait_days": "7",
}
USES += (
    Use("caucuses:caucus_open", data=_OPENED, into="caucuses.Caucus.opened"),
    Use("caucuses:caucus_open", data={**_OPENED, "text": "{word}" * 900}, expects=200),
    Use("caucuses:door_ask", _STEP, {"name": "{word}", "words": "{word}"}, into=_REQUEST, form_on="caucuses:door_show"),
    Use("caucuses:door_ask", _STEP, {"name": "{word}", "words": "{word}" * 90}, form_on="caucuses:door_show", expects=200),
    Use(
        "caucuses:invitation_make",
        _MINE,
        {"address": "{word}@riverton.example", "words": "{word}"},
        into=_INVITATION,
        form_on="caucuses:coming_show",
    ),
    Use(
        "caucuses:invitation_make",
        _MINE,
        {"address": "{word}", "words": "{word}"},
        form_on="caucuses:coming_show",
        expects=200,
    ),
    Use("caucuses:invitation_take_back", _MINE, {"address": "{word}"}, form_on="caucuses:coming_show", expects=200),
    Use(
        "caucuses:request_decline",
        (_MINE, "caucuses.JoinRequest.to_him"),
        {"words": "{word}" * 90},
        form_on="caucuses:coming_show",
        expects=200,
    ),
)  # fmt: skip
