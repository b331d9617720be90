"""What a plant is, and what a room of private words says about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accountability.buddies.actions import form_pair
from accountability.buddies.choices import CameAbout
from accountability.buddies.models import Pair
from accountability.buddies.permissions import pairs_writable_by
from scripts.traces import Words

#: Makes a row of this member through our actions; the word of each field comes from `words.word("app.Model.field")`.
Plant = Callable[[Any, Words], Any]


@dataclass(frozen=True)
class Page:
    """A page of Dev's own on which planted words stand: the name of its address, the row it is about, and the fields."""

    name: str
    fields: frozenset[str]
    about: str | None = None  # label of the planted model whose id the address takes
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Use:
    """Something that Dev sends by a form of his own, as he would by its page.

    In the values `{word}` becomes a fresh word, another for each field; with `{planted}` it is sent once for each word
    that was planted. Hidden fields are taken from the page.
    """

    name: str  # of the address that takes it
    about: str | None = None  # label of the planted model whose id the address takes
    data: dict[str, str | list[str]] = field(default_factory=dict)
    into: str = (
        ""  # label of the model that keeps it: its READERS may find the words, otherwise nobody
    )
    form_on: str = ""  # name of the page with the form, when it stands on another; it takes the same id or none
    expects: int = 302  # what a form that was taken is answered with


def pair_of(member: Any, partner: Any) -> Pair:
    """The open pair of the two, made where there is none."""
    known = pairs_writable_by(member).first()
    return known or form_pair(members=[member, partner], came_about=CameAbout.ASKED)
