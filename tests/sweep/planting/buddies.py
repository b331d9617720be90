"""Plants of buddies."""

from __future__ import annotations

from typing import Any

from accountability.buddies.actions import (
    Terms,
    ask_by_address,
    propose_agreement,
    set_contact,
)
from accountability.buddies.models import Agreement, Pair, Place, Request
from accountability.buddies.models.agreement import WORDS
from accounts.models import User
from home.demo.initiative import email_of
from scripts.traces import Words
from tests.accountability.buddies.story import terms
from tests.sweep.planting.kinds import Page, Plant, pair_of

REQUEST, PAIR = "buddies.Request", "buddies.Pair"
PLACE, AGREEMENT = "buddies.Place", "buddies.Agreement"


def _request(member: Any, words: Words) -> Request:
    """A request to an address that is nobody's, made before there is a pair: it lapses when one comes about."""
    address = f"{words.word(f'{REQUEST}.whom')}@nowhere.example"
    said = f"Shall we, {words.word(f'{REQUEST}.words')}?"
    return ask_by_address(address=address, words=said, by=member)


def _pair(member: Any, _words: Words) -> Pair:
    """No words of its own: the pages below are about it."""
    return pair_of(member, User.objects.get(email=email_of("elu")))


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


PLANTS: dict[str, Plant] = {REQUEST: _request, PAIR: _pair, PLACE: _place, AGREEMENT: _agreement}
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
READERS: dict[str, frozenset[str]] = {PLACE: frozenset({"elu"}), AGREEMENT: frozenset({"elu"})}
