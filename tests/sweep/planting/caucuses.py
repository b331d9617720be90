"""Plants of caucuses."""

from __future__ import annotations

from typing import Any

from caucuses.actions import accept_agreement, rename_seat, take_stance
from caucuses.choices import StanceKind
from caucuses.models import Agreement, Caucus, Proposal, Seat, Stance
from scripts.traces import Words
from tests.caucuses.changing import change, fresh, propose
from tests.caucuses.story import own_room
from tests.sweep.planting.kinds import Page, Plant, Use, person

PLANTS: dict[str, Plant] = {}
PAGES: tuple[Page, ...] = ()
READERS: dict[str, frozenset[str]] = {}
USES: tuple[Use, ...] = ()
NAMES: dict[str, str] = {}


# What Dev's own room agrees on, and who is in it: Dev and Elu.


def _room(member: Any) -> tuple[Seat, Seat]:
    """Both seats."""
    own = own_room(member, person("elu"))
    return own, fresh(own.caucus.seats.exclude(pk=own.pk).get())


def _caucus(member: Any, words: Words) -> Caucus:
    """Name and purpose come with an agreement that both have accepted, whose words are planted along."""
    own, other = _room(member)
    word = words.word
    change(
        own,
        other,
        text=f"We say {word('caucuses.Agreement.text')}. What is said here stays here.",
        name=f"Porch {word('caucuses.Caucus.name')}",
        purpose=f"For {word('caucuses.Caucus.purpose')} and {word('caucuses.Agreement.terms')}.",
    )
    other = fresh(other)
    accept_agreement(seat=other, number=other.caucus.agreement)
    return fresh(own).caucus


def _agreement(member: Any, _words: Words) -> Agreement:
    """In force by what was planted before."""
    caucus = fresh(_room(member)[0]).caucus
    return Agreement.objects.get(caucus=caucus, number=caucus.agreement)


def _seat(member: Any, words: Words) -> Seat:
    own, _other = _room(member)
    rename_seat(seat=fresh(own), typed=f"Dev {words.word('caucuses.Seat.name')}")
    return fresh(own)


def _proposal(member: Any, words: Words) -> Proposal:
    own, _other = _room(member)
    return propose(
        own,
        f"We say {words.word('caucuses.Proposal.text')}. We sing.",
        why=f"Because of {words.word('caucuses.Proposal.why')}.",
        purpose=f"For {words.word('caucuses.Proposal.terms')}.",
    )


def _stance(member: Any, words: Words) -> Stance:
    """He objects to his own proposal, so that it stays open."""
    own = fresh(_room(member)[0])
    proposal = Proposal.objects.get(seat=own, state="open")
    said = f"Not before {words.word('caucuses.Stance.words')}."
    take_stance(seat=own, proposal=proposal, kind=StanceKind.OBJECT, words=said)
    return Stance.objects.get(proposal=proposal, seat=own)


def _other(member: Any, _words: Words) -> Seat:
    """Elu's seat, which addresses name. No words of Dev's."""
    return _room(member)[1]


_CAUCUS, _PROPOSAL = "caucuses.Caucus", "caucuses.Proposal"
_OF_ROOM = (_CAUCUS, _PROPOSAL)
PLANTS |= {
    _CAUCUS: _caucus,
    "caucuses.Agreement": _agreement,
    "caucuses.Seat": _seat,
    _PROPOSAL: _proposal,
    "caucuses.Stance": _stance,
    "caucuses.Seat.other": _other,
}
NAMES |= {
    "caucus": _CAUCUS,
    "proposal_of_room": _PROPOSAL,
    "seat_of_room": "caucuses.Seat.other",
}


def _of(model: str, *names: str) -> frozenset[str]:
    return frozenset(f"caucuses.{model}.{name}" for name in names)


PAGES += (
    Page("caucuses:room_show", _of("Caucus", "name", "purpose"), _CAUCUS),
    Page("caucuses:agreement_show", _of("Agreement", "text", "terms"), _CAUCUS),
    Page("caucuses:people_show", _of("Seat", "name"), _CAUCUS),
    Page(
        "caucuses:proposal_show",
        _of("Proposal", "text", "terms", "why") | _of("Stance", "words"),
        _OF_ROOM,
    ),
    Page("caucuses:own_copy", _of("Proposal", "text", "why"), _CAUCUS, "post", {"as": "json"}),
)
READERS |= {
    label: frozenset({"elu"})
    for label in (_CAUCUS, "caucuses.Agreement", "caucuses.Seat", _PROPOSAL, "caucuses.Stance")
}
_PROPOSED: dict[str, str | list[str]] = {
    **dict.fromkeys(("text", "name", "purpose", "why"), "{word}"),
    "joining": "open",
    "is_listed": "on",
    "keeping": "keep",
    "wait_days": "7",
}
_OTHER = (_CAUCUS, "caucuses.Seat.other")
#: He changes his name, answers his proposal, proposes while one is open, and would remove Elu, who facilitates as he does.
USES += (
    Use("caucuses:name_change", _CAUCUS, {"name": "{word}"}, into="caucuses.Seat", form_on="caucuses:people_show"),
    Use("caucuses:name_change", _CAUCUS, {"name": "{word}" * 9}, form_on="caucuses:people_show", expects=200),
    Use("caucuses:proposal_answer", _OF_ROOM, {"kind": "object", "words": "{word}"}, into="caucuses.Stance", form_on="caucuses:proposal_show"),
    Use("caucuses:proposal_answer", _OF_ROOM, {"kind": "object", "words": "{word}" * 300}, form_on="caucuses:proposal_show", expects=200),
    Use("caucuses:proposal_write", _CAUCUS, {**_PROPOSED, "changes": "2"}, expects=409),
    Use("caucuses:proposal_write", _CAUCUS, {**_PROPOSED, "changes": "2", "joining": "{word}"}, expects=200),
    Use("caucuses:seat_remove", _OTHER, {"reason": "{word}" * 300}, expects=403),
)  # fmt: skip
