"""What a plant is, and what a room of private words says about itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accountability.buddies.actions import form_pair
from accountability.buddies.choices import CameAbout
from accountability.buddies.models import Pair
from accountability.buddies.permissions import pairs_writable_by
from accounts.models import User
from home.demo.initiative import email_of
from scripts.traces import Words

#: Makes a row of this member through our actions; the word of each field comes from `words.word("app.Model.field")`.
Plant = Callable[[Any, Words], Any]


#: Labels of planted rows whose ids an address takes, in its order: none, one or several.
About = str | tuple[str, ...] | None


@dataclass(frozen=True)
class Page:
    """A page of Dev's own on which planted words stand: the name of its address, the rows it is about, and the fields."""

    name: str
    fields: frozenset[str]
    about: About = None
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Use:
    """Something that Dev sends by a form of his own, as he would by its page.

    In the values `{word}` becomes a fresh word, another for each field, and `{day}` a day soon; with `{planted}` it is sent
    once for each word that was planted. Hidden fields are taken from the page.
    """

    name: str  # of the address that takes it
    about: About = None
    data: dict[str, str | list[str]] = field(default_factory=dict)
    chosen: dict[str, str] = field(
        default_factory=dict
    )  # fields -> label of the row whose id they hold
    #: Label of what keeps it: its READERS may find the words, otherwise nobody. A third part tells rows of a model apart.
    into: str = ""
    form_on: str = ""  # name of the page with the form, when it stands on another; it takes the same ids, the first of them or none
    expects: int = 302  # what a form that was taken is answered with
    #: What ends something that others need comes after them, in all rooms.
    turn: int = 0


def ids_in(about: About, rows: Mapping[str, Any]) -> list[Any]:
    """The ids that the address takes."""
    labels = (about,) if isinstance(about, str) else about or ()
    return [rows[label].pk for label in labels]


def pair_of(member: Any, partner: Any) -> Pair:
    """The open pair of the two, made where there is none."""
    known = pairs_writable_by(member).first()
    return known or form_pair(members=[member, partner], came_about=CameAbout.ASKED)


def person(first: str) -> User:
    """Somebody of the demonstration."""
    return User.objects.get(email=email_of(first))
