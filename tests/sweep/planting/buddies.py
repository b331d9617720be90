"""Plants of buddies."""

from __future__ import annotations

from typing import Any

from accountability.buddies.actions import (
    Terms,
    ask_by_address,
    ask_listed,
    propose_agreement,
    set_contact,
    set_openness,
)
from accountability.buddies.models import Agreement, Pair, Place, Request
from accountability.buddies.models.agreement import WORDS
from accounts.models import User
from scripts.traces import Words
from tests.accountability.buddies.story import terms
from tests.sweep.planting.kinds import Page, Plant, Use, pair_of, person

REQUEST, PAIR = "buddies.Request", "buddies.Pair"
PLACE, AGREEMENT = "buddies.Place", "buddies.Agreement"
#: One whom Dev asks, when he has no buddy any more, from the list of those who are open to it.
LISTED, ASKED = "jo", f"{REQUEST}.listed"


def _request(member: Any, words: Words) -> Request:
    """A request to an address that is nobody's, made before there is a pair: it lapses when one comes about."""
    address = f"{words.word(f'{REQUEST}.whom')}@nowhere.example"
    said = f"Shall we, {words.word(f'{REQUEST}.words')}?"
    return ask_by_address(address=address, words=said, by=member)


def _come(member: Any, _words: Words) -> Request:
    """No words of Dev's: somebody asks him, for the addresses that answer."""
    set_openness(is_open=True, by=member)
    return ask_listed(member=member, words="Shall we?", by=person("marisol"))


def _listed(_member: Any, _words: Words) -> User:
    return person(LISTED)


def _pair(member: Any, _words: Words) -> Pair:
    """No words of its own: the pages below are about it."""
    return pair_of(member, person("elu"))


def _place(member: Any, words: Words) -> Place:
    """How the partner reaches the member."""
    pair = _pair(member, words)
    set_contact(pair=pair, contact=f"At {words.word(f'{PLACE}.contact')}", by=member)
    return Place.objects.get(pair=pair, member=member)


def _agreement(member: Any, words: Words) -> Agreement:
    """A text that waits for the partner."""
    pair = _pair(member, words)
    newest = pair.agreements.order_by("-number").first()
    said = {name: f"That {words.word(f'{AGREEMENT}.{name}')}" for name in WORDS}
    whole: Terms = terms(**said)
    return propose_agreement(pair=pair, terms=whole, seen=newest.pk if newest else None, by=member)


PLANTS: dict[str, Plant] = {
    REQUEST: _request,
    f"{REQUEST}.come": _come,
    ASKED: _listed,
    PAIR: _pair,
    PLACE: _place,
    AGREEMENT: _agreement,
}
NAMES = {
    "pair": PAIR,
    "agreement": AGREEMENT,
    "buddy_request": REQUEST,
    "request_to_me": f"{REQUEST}.come",
}
_TEXT = frozenset(f"{AGREEMENT}.{name}" for name in WORDS)
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page(
        "buddies:request_show",
        frozenset(f"{REQUEST}.{name}" for name in ("whom", "words")),
        about=REQUEST,
    ),
    Page("buddies:buddy_show", frozenset({f"{PLACE}.contact"})),
    Page("buddies:agreement_show", _TEXT | {f"{PLACE}.contact"}, about=PAIR),
    Page("buddies:agreement_write", _TEXT, about=PAIR),
    Page("buddies:pair_export", _TEXT, about=PAIR, method="post"),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {
    PLACE: frozenset({"elu"}),
    AGREEMENT: frozenset({"elu"}),
    ASKED: frozenset({LISTED}),
}

_TYPED: dict[str, str | list[str]] = {
    **dict.fromkeys(WORDS, "{word}"),
    "rhythm": "weekly",
    "first_on": "{day}",
    "at": "17:30",
    "time_zone": "UTC",
}
_NO_TEXT = "00000000-0000-0000-0000-000000000000"
#: What he agrees on, how he is reached, whom he asks: refused while he has a buddy, sent when he has none any more.
USES: tuple[Use, ...] = (
    Use("buddies:agreement_write", PAIR, _TYPED, into=AGREEMENT),
    Use("buddies:agreement_write", PAIR, {**_TYPED, "why": "{word}" * 200}, expects=200),
    Use("buddies:agreement_write", PAIR, {**_TYPED, "first_on": "{word}"}, expects=200),
    Use("buddies:agreement_write", PAIR, {**_TYPED, "seen": _NO_TEXT}, expects=409),
    Use(
        "buddies:contact_set",
        PAIR,
        {"contact": "At {word}"},
        into=PLACE,
        form_on="buddies:agreement_show",
    ),
    Use(
        "buddies:contact_set",
        PAIR,
        {"contact": "{word}" * 20},
        form_on="buddies:agreement_show",
        expects=200,
    ),
    Use(
        "buddies:request_ask_by_address",
        data={"address": "{word}@nowhere.example", "words": "{word}"},
        form_on="buddies:buddy_show",
        expects=409,
    ),
    Use(
        "buddies:request_ask_by_address",
        data={"address": "{word}", "words": "{word}" * 40},
        form_on="buddies:buddy_show",
        expects=200,
        turn=2,
    ),
    Use(
        "buddies:request_ask",
        data={"words": "Shall we, {word}?"},
        chosen={"member": ASKED},
        into=ASKED,
        form_on="buddies:buddy_show",
        turn=2,
    ),
)
